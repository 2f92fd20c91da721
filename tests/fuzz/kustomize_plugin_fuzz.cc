// Whatever the objects say that configure transformers, generators and validators, and the files of
// `configurations`, a render ends in a value or an error. One input holds all: the object, a line
// "%%", a configuration, a line "%%", a file of resources.
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
    tree.add("plugin.yaml", next_part(input));
    tree.add("config.yaml", next_part(input));
    tree.add("r.yaml", input);
    kustomize::Options options;
    options.files = 50;
    options.objects = 500;
    for (const std::string_view field : {"transformers", "generators", "validators"}) {
        std::string text =
            "resources: [r.yaml]\nconfigurations: [config.yaml]\n"
            "namePrefix: p-\ncommonLabels: {a: b}\n";
        text.append(field).append(": [plugin.yaml]\n");
        tree.add("kustomization.yaml", text);
        const auto rendering = kustomize::render(tree, "", options);
        if (rendering.has_value()) (void)kustomize::print(*rendering);
    }
    return 0;
}
