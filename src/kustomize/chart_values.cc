#include "kustomize/chart_values.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "kustomize/decode.h"
#include "kustomize/json_form.h"
#include "kustomize/merge.h"
#include "yaml/emit.h"
#include "yaml/number.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;
using yaml::Type;

/// As Go writes a float64 in JSON: the shortest digits, with an exponent only below 1e-6 and from
/// 1e21 on. Templates print whole numbers as they are written.
std::string json_number(double value) {
    std::array<char, 64> buffer;
    const double size = value < 0 ? -value : value;
    const bool has_exponent = size != 0 && (size < 1e-6 || size >= 1e21);
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::scientific);
    const std::string_view written(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t e = written.find('e');
    if (error != std::errc{} || has_exponent || e == std::string_view::npos)
        return std::string(written);
    const int exponent = std::atoi(std::string(written.substr(e + 1)).c_str());
    std::string text(written.substr(0, value < 0 ? 1 : 0));
    std::string digits;
    for (const char c : written.substr(text.size(), e - text.size()))
        if (c != '.') digits += c;
    if (exponent < 0) {
        text.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0');
        return text + digits;
    }
    const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return text + digits.append(whole - digits.size(), '0');
    return text + digits.insert(whole, 1, '.');
}

/// What the values are once kustomize has written them as JSON: every number a float64.
Result<void> settle(yaml::Arena& arena, Node& node) {
    for (Node* const item : node.items) TRY(settle(arena, *item));
    for (const yaml::Pair& pair : node.pairs) TRY(settle(arena, *pair.value));
    if (!node.is_scalar()) return {};
    if (node.type == Type::boolean) {
        bool value = false;
        TRY(decode(node, value));
        node.text = value ? "true" : "false";
        return {};
    }
    TRY(through_json(arena, node));
    if (node.type != Type::integer && node.type != Type::real) return {};
    const std::optional<double> value = yaml::parse_real(node.text);
    if (!value) return {};
    node.text = arena.copy(json_number(*value));
    const bool is_whole = node.text.find_first_of(".e") == std::string_view::npos;
    node.type = is_whole ? Type::integer : Type::real;
    return {};
}

Result<Node*> settled_inline(Build& build, const HelmChart& chart) {
    Node* const values = yaml::clone(build.arena(), *chart.values_inline);
    TRY(settle(build.arena(), *values));
    return values;
}

Result<std::string> printed(const Node& values) {
    std::string text;
    TRY(yaml::emit(values, text));
    return text;
}

/// Whether a text is nothing but blanks, comments and marks between documents.
bool says_nothing(std::string_view text) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line[first] == '#') continue;
        if (!line.starts_with("---")) return false;
    }
    return true;
}

/// The values of a chart; an empty mapping where the file says `{}`.
Result<Node*> read_values(Build& build, const File& file) {
    const auto document = TRY(build.parse(file, yaml::Dialect::resource));
    const Location at{file.title, 1, 1};
    if (!document->roots().empty()) {
        const Node& root = *document->roots().front();
        if (root.is_mapping()) return yaml::clone(build.arena(), root);
        return fail(Error::Kind::invalid, "could not merge values: they are no mapping", {}, at);
    }
    if (says_nothing(*file.text))
        return fail(Error::Kind::invalid, "could not parse values file into rnode: EOF",
                    "write `{}` into it", at);
    return yaml::make_mapping(build.arena());
}

}  // namespace

Result<std::string> inline_values(Build& build, const HelmChart& chart) {
    const Node* const values = TRY(settled_inline(build, chart));
    return printed(*values);
}

Result<std::string> merged_values(Build& build, const HelmChart& chart, const File& file) {
    Node* const theirs = TRY(read_values(build, file));
    Node* const ours = TRY(settled_inline(build, chart));
    const bool ours_win = chart.values_merge.value != "merge";
    Node& object = ours_win ? *theirs : *ours;
    Node& patch = ours_win ? *ours : *theirs;
    const Merged merged = TRY(merge(build.arena(), object, patch, build.schemas()));
    if (merged == Merged::removed)
        return fail(Error::Kind::unsupported, "unsupported: values that delete all values", {},
                    chart.mark.location());
    TRY(settle(build.arena(), object));
    return printed(object);
}

}  // namespace lockstep::kustomize
