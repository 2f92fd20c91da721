// A tree object is whatever the bytes of a repository say. What parses must hold together: sorted,
// found by its names, and with no name that could leave its folder.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "git/tree_object.h"

using namespace lockstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const std::size_t id_bytes : {20u, 32u}) {
        const auto tree = git::TreeObject::parse(bytes, id_bytes);
        if (!tree) {
            CHECK(tree.error().kind == Error::Kind::corrupt);
            continue;
        }
        std::size_t total = 0;
        for (std::size_t at = 0; at < tree->size(); ++at) {
            const git::TreeObject::Entry entry = tree->at(at);
            CHECK(entry.id.size() == id_bytes);
            CHECK(entry.kind != FileTree::Kind::absent);
            CHECK(!entry.name.empty() && entry.name != "." && entry.name != "..");
            CHECK(!entry.name.contains('/') && !entry.name.contains('\0'));
            CHECK(at == 0 || tree->at(at - 1).name < entry.name);
            const auto found = tree->find(entry.name);
            CHECK(found && found->id.data() == entry.id.data());
            total += entry.name.size() + entry.id.size();
        }
        CHECK(total <= size);
    }
    return 0;
}
