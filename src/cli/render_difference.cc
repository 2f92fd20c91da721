#include "cli/render_difference.h"

#include <algorithm>

namespace lockstep::cli {

namespace {

/// The line that begins at `offset`, with a "\n" that is missing at its end made visible.
std::optional<std::string> line_at(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) return std::nullopt;
    const std::size_t end = text.find('\n', offset);
    if (end == std::string_view::npos)
        return std::string(text.substr(offset)) + " (with no line end)";
    return std::string(text.substr(offset, end - offset));
}

std::string name_of(const yaml::Node& object) {
    const yaml::Node* const name = object.at("metadata", "name");
    const yaml::Node* const space = object.at("metadata", "namespace");
    std::string text(object.text_of("kind"));
    text += ' ';
    if (space != nullptr && !space->text.empty()) text.append(space->text).append("/");
    return name == nullptr ? text : text.append(name->text);
}

}  // namespace

std::optional<RenderDifference> first_difference(const kustomize::Rendering& rendering,
                                                 std::string_view ours, std::string_view theirs) {
    if (ours == theirs) return std::nullopt;
    const auto parted = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
    const std::string_view common =
        ours.substr(0, static_cast<std::size_t>(parted.first - ours.begin()));
    const std::size_t begin = common.rfind('\n') + 1;  // 0 where there is none
    const std::string_view before = common.substr(0, begin);

    RenderDifference difference;
    difference.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
    difference.ours = line_at(ours, begin);
    difference.theirs = line_at(theirs, begin);
    // Within an object no line is "---": texts are indented.
    std::size_t object = before.starts_with("---\n") ? 1 : 0;
    for (std::size_t at = 0; (at = before.find("\n---\n", at)) != std::string_view::npos; ++at)
        ++object;
    if (object < rendering.objects.size()) difference.object = name_of(*rendering.objects[object]);
    return difference;
}

}  // namespace lockstep::cli
