// A list of refs is whatever a file in a repository says: what is read has names that refs may
// have.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "git/ref_files.h"

using namespace lockstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    for (const std::size_t id_bytes : {20u, 32u}) {
        const auto refs = git::parse_packed_refs(input, "refs/tags/", id_bytes);
        if (!refs) continue;
        CHECK(refs->size() <= size / (2 * id_bytes));
        for (const git::Ref& ref : *refs) {
            CHECK(ref.name.starts_with("refs/tags/") && git::is_ref_name(ref.name));
            CHECK(ref.object.bytes().size() == id_bytes);
            CHECK(!ref.name.contains('\n') && !ref.name.contains('\0'));
        }
    }
    return 0;
}
