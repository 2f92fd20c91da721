// Each scalar of any YAML, replaced: the bytes outside of it stay, and what is read then is the new
// text, or nothing was edited.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "edit/scalar_edit.h"
#include "yaml/parse.h"

namespace {

using namespace lockstep;

void add_scalars(const yaml::Node& node, std::vector<const yaml::Node*>& found) {
    if (found.size() >= 50) return;
    if (node.is_scalar()) found.push_back(&node);
    for (const yaml::Pair& pair : node.pairs) add_scalars(*pair.value, found);
    for (const yaml::Node* const item : node.items) add_scalars(*item, found);
}

std::vector<const yaml::Node*> scalars_of(const yaml::Document& document) {
    std::vector<const yaml::Node*> found;
    for (const yaml::Node* const root : document.roots()) add_scalars(*root, found);
    return found;
}

void check_scalar(const std::string& text, const yaml::Node& node, std::size_t index,
                  std::string_view wanted) {
    const std::string_view written =
        std::string_view(text).substr(node.mark.offset, node.mark.length);
    // What stands over several lines, or is written otherwise than it reads, is for the caller.
    if (written.empty() || written.find('\n') != std::string_view::npos) return;
    unsigned length = 0;
    for (const char c : written) length += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    const auto scalar = edit::find_scalar(text, node.mark.location(), length, edit::Syntax::yaml);
    if (!scalar || scalar->offset != node.mark.offset || scalar->length != node.mark.length) return;
    if (scalar->content(text) != node.text) return;
    const auto replaced = edit::replace_part(text, *scalar, 0, node.text.size(), wanted);
    if (!replaced) return;
    CHECK(replaced->offset >= scalar->offset && replaced->end() <= scalar->offset + scalar->length);
    const std::string after = edit::applied(text, {*replaced});
    CHECK(after.starts_with(text.substr(0, replaced->offset)));
    CHECK(after.ends_with(text.substr(replaced->end())));
    const auto document = yaml::Document::parse("f", std::make_shared<const std::string>(after),
                                                yaml::Dialect::resource);
    if (!document) return;  // refused by the reader: the planner says so
    const auto scalars = scalars_of(**document);
    if (scalars.size() <= index || scalars[index]->mark.offset != node.mark.offset) return;
    CHECK(scalars[index]->text == wanted && scalars[index]->is_string());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text =
        std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
    const auto document = yaml::Document::parse("f", text, yaml::Dialect::resource);
    if (!document) return 0;
    const auto scalars = scalars_of(**document);
    for (std::size_t at = 0; at < scalars.size(); ++at)
        for (const std::string_view wanted : {"v1.2.0", "1.20", "1e3", "on", "a/b:1.20@sha256:0"})
            check_scalar(*text, *scalars[at], at, wanted);
    return 0;
}
