// Whatever replacements say, a render ends in a value or an error, in bounded memory. One input
// holds both: what stands below `replacements:`, a line "%%", a file of resources. The replacements
// are read in the kustomization, and as a file that it names.
#include <cstdint>
#include <string>
#include <string_view>

#include "input_parts.h"
#include "kustomize/render.h"
#include "manifest_tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep;
    std::string_view resources(reinterpret_cast<const char*>(data), size);
    const std::string entries(next_part(resources));
    const kustomize::Options options = {.files = 10, .objects = 500, .bytes = 16u << 20};
    FewFiles tree;
    tree.add("r.yaml", resources);
    tree.add("replacements.yaml", entries);
    const std::string begin = "resources: [r.yaml]\nreplacements:\n";
    for (const std::string& text : {begin + entries, begin + "- path: replacements.yaml\n"}) {
        tree.add("kustomization.yaml", text);
        const auto rendering = kustomize::render(tree, "", options);
        if (rendering.has_value()) (void)kustomize::print(*rendering, options.bytes);
    }
    return 0;
}
