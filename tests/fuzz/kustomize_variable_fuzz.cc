// Whatever vars say, and the texts that refer to them, a render ends in a value or an error, in
// bounded memory. One input holds all: what stands below `vars:`, a line "%%", a file of
// configurations (`varReference`), a line "%%", a file of resources.
#include <cstdint>
#include <string>
#include <string_view>

#include "input_parts.h"
#include "kustomize/render.h"
#include "manifest_tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep;
    std::string_view resources(reinterpret_cast<const char*>(data), size);
    const std::string variables(next_part(resources));
    const std::string_view configuration = next_part(resources);
    const kustomize::Options options = {.files = 10, .objects = 500, .bytes = 16u << 20};
    FewFiles tree;
    tree.add("base/r.yaml", resources);
    tree.add("base/config.yaml", configuration);
    tree.add("base/kustomization.yaml",
             "resources: [r.yaml]\nconfigurations: [config.yaml]\nvars:\n" + variables);
    tree.add("kustomization.yaml", "resources: [base]\nnamePrefix: p-\n");
    for (const std::string_view directory : {"base", ""}) {
        const auto rendering = kustomize::render(tree, directory, options);
        if (rendering.has_value()) (void)kustomize::print(*rendering, options.bytes);
    }
    return 0;
}
