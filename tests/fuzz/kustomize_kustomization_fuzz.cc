// Whatever a kustomization and the files beside it say, a render ends in a value or an error. One
// input holds them all: the kustomization, a line "%%", a file of resources, a line "%%", a patch.
#include <cstdint>
#include <string>
#include <string_view>

#include "input_parts.h"
#include "kustomize/render.h"
#include "manifest_tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep;
    std::string_view input(reinterpret_cast<const char*>(data), size);
    FewFiles tree;
    tree.add("kustomization.yaml", next_part(input));
    tree.add("base/kustomization.yaml", "resources: [r.yaml]\n");
    tree.add("base/r.yaml", next_part(input));
    tree.add("patch.yaml", input);
    kustomize::Options options;
    options.files = 50;
    options.objects = 500;
    const auto rendering = kustomize::render(tree, "", options);
    if (rendering.has_value()) (void)kustomize::print(*rendering);
    (void)kustomize::references(tree, "");
    return 0;
}
