#include "changes/shown_field.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "changes/alignment.h"
#include "changes/value.h"

namespace lockstep::changes {

namespace {

constexpr std::size_t bytes_max = 1000;
constexpr std::size_t lines_max = 40;

/// What of a Secret may be seen: not its data, and no annotation, where kubectl keeps the data too.
bool is_secret(const ObjectChange& object, const Path& path) {
    if (!object.id().group.empty() || object.id().kind != "Secret") return false;
    constexpr std::array<std::string_view, 4> open = {"apiVersion", "kind", "type", "immutable"};
    if (path.empty()) return true;
    if (path.front().is_field("metadata"))
        return path.size() < 2 || path[1].is_field("annotations");
    return std::ranges::find(open, path.front().text) == open.end();
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool has_lines(const yaml::Node* value) {
    return value != nullptr && value->is_scalar() &&
           value->text.find('\n') != std::string_view::npos;
}

std::string cut_line(char sign, std::string_view line) {
    std::string text = sign + std::string(line.substr(0, bytes_max));
    return line.size() > bytes_max ? text + "…" : text;
}

std::vector<std::string> different_lines(std::string_view before, std::string_view after) {
    const auto old_lines = lines_of(before), new_lines = lines_of(after);
    std::vector<std::string> shown;
    for (const auto& [from, to, key] : align(old_lines, new_lines).pairings) {
        const bool stays =
            from != Step::none && to != Step::none && old_lines[from] == new_lines[to];
        if (stays) continue;
        if (shown.size() >= lines_max) {
            shown.emplace_back("…");
            break;
        }
        if (from != Step::none) shown.push_back(cut_line('-', old_lines[from]));
        if (to != Step::none) shown.push_back(cut_line('+', new_lines[to]));
    }
    return shown;
}

std::string order_of(const yaml::Node& list) {
    std::string names;
    for (const yaml::Node* const item : list.items) {
        names += names.empty() ? "" : ", ";
        names += item->text_of("name").empty() ? shown(*item, 60) : item->text_of("name");
        if (names.size() > bytes_max) return names + "…";
    }
    return '[' + names + ']';
}

}  // namespace

std::string shown_value(const ObjectChange& object, const Path& path, const yaml::Node* value) {
    if (value == nullptr) return {};
    return is_secret(object, path) ? shown_keys(*value, bytes_max) : shown(*value, bytes_max);
}

Field shown_field(const ObjectChange& object, const FieldChange& field) {
    Field result{.kind = field.kind, .path = to_string(field.path)};
    if (field.kind == FieldChange::Kind::reordered && !is_secret(object, field.path)) {
        result.before = order_of(*field.before);
        result.after = order_of(*field.after);
    } else {
        result.before = shown_value(object, field.path, field.before);
        result.after = shown_value(object, field.path, field.after);
    }
    const bool are_texts = has_lines(field.before) && has_lines(field.after);
    if (are_texts && !is_secret(object, field.path))
        result.lines = different_lines(field.before->text, field.after->text);
    if (field.after != nullptr && field.after->mark.source != nullptr)
        result.at = field.after->mark.location();
    return result;
}

}  // namespace lockstep::changes
