// A kubeconfig: whatever it is, it is read or refused at a place, and no secret is in the message.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "cluster/kubeconfig.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto read = cluster::parse_kubeconfig("config", "/folder", text);
    if (!read) {
        CHECK(read.error().kind == Error::Kind::invalid && !read.error().message.empty());
        CHECK(!read.error().message.contains("sEcReT"));
        return 0;
    }
    for (const auto& [name, user] : read->users)
        for (const std::string& path : {user.certificate_file, user.key_file, user.token_file})
            CHECK(path.empty() || path.starts_with('/'));
    return 0;
}
