// A remote URL comes from a user, a script or a foreign kustomization, and ends as arguments of
// git.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/file_tree.h"
#include "git/remote.h"

using namespace lockstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string shown = git::without_credentials(text);
    CHECK(shown.size() <= 4 * size + 4);
    const auto parsed = git::parse_remote_url(text);
    if (!parsed) {
        CHECK(parsed.error().kind == Error::Kind::invalid);
        return 0;
    }
    if (!*parsed) return 0;
    const git::RemoteUrl& url = **parsed;
    CHECK(!url.repository.empty() && !url.repository.starts_with('-'));
    CHECK(!url.ref.starts_with('-') && !url.ref.contains(':'));
    CHECK(url.timeout.count() > 0);
    // The path stays in the repository and is in its normal form already.
    const Result<std::string> path = join_path("", url.path);
    CHECK(path && *path == url.path);
    for (const char c : url.repository + url.ref) CHECK(static_cast<unsigned char>(c) >= 0x20);
    return 0;
}
