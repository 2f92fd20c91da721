// A chart of any bytes: Chart.yaml, values.yaml and a template, separated by lines of three percent
// signs. What is declared stands where it is said to stand, and what cannot be read is a gap. The
// same bytes are read as a plain manifest too.
#include <cstdint>
#include <string_view>

#include "manifest/chart.h"
#include "manifest/yaml_file.h"
#include "manifest_declared_place.h"
#include "manifest_tree.h"

namespace {

std::string_view take_part(std::string_view& text) {
    constexpr std::string_view separator = "%%%\n";
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
    return part;
}

void check(const lockstep::manifest::Facts& facts) {
    for (const auto& each : facts.declarations) {
        // A default, or a template filled in, is declared where it is not written.
        if (!each.by_default && each.excerpt.find("{{") == std::string::npos) {
            CHECK(each.at.line > 0 && each.at.column > 0);
            CHECK(!each.image.empty());
        }
    }
    for (const auto& gap : facts.gaps) CHECK(!gap.error.message.empty() && gap.error.at);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::manifest;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    FewFiles tree;
    tree.add("manifest.yaml", text);
    tree.add("chart/Chart.yaml", take_part(text));
    tree.add("chart/values.yaml", take_part(text));
    tree.add("chart/templates/all.yaml", text);
    check(read_chart(tree, "chart"));
    check(read_yaml_file(tree, "manifest.yaml",
                         {.fields = {{"*IMAGE*"}, {"--image"}, {"spec.image", "a[].*"}}}));
    return 0;
}
