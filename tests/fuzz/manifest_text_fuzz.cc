// Whatever a README holds, each thing read from it stands where it is said to stand.
#include <cstdint>
#include <string_view>

#include "manifest/text.h"
#include "manifest_declared_place.h"
#include "manifest_tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::manifest;
    FewFiles tree;
    tree.add("README.md", {reinterpret_cast<const char*>(data), size});
    for (const auto& patterns : {std::vector<std::string>{}, {"ref=v{version}", "{version}-"}}) {
        const Facts facts = read_text(tree, "README.md", patterns);
        CHECK(facts.gaps.empty());
        for (const Declaration& each : facts.declarations) {
            CHECK(!each.declared.empty());
            check_place(each);
        }
    }
    return 0;
}
