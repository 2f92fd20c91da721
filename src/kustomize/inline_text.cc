#include "kustomize/inline_text.h"

#include <algorithm>

namespace lockstep::kustomize {

namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";

}  // namespace

InlineText::InlineText(const Text& written) : whole_(written.mark) {
    const std::string_view value = written.value;
    const std::size_t from = std::min(value.find_first_not_of(blanks), value.size());
    const std::size_t to = std::max(value.find_last_not_of(blanks) + 1, from);
    text_ = value.substr(from, to - from);
    find_lines(written, value.substr(0, from));
}

/// Only literal blocks whose indentation is that of their first line are followed: in those a line
/// of the file is a line of the text.
void InlineText::find_lines(const Text& written, std::string_view before) {
    if (written.mark.source == nullptr) return;
    const std::string_view file = *written.mark.source->text;
    std::size_t at = written.mark.offset;
    if (at >= file.size() || file[at] != '|') return;
    const std::size_t header_end = file.find('\n', at);
    if (header_end == std::string_view::npos) return;
    const std::string_view header = file.substr(at, header_end - at);
    if (header.substr(0, header.find('#')).find_first_of("123456789") != std::string_view::npos)
        return;

    const auto cut_lines = static_cast<std::size_t>(std::ranges::count(before, '\n'));
    first_column_ = before.size() - (before.rfind('\n') + 1);
    first_line_ = written.mark.line + 1 + static_cast<std::uint32_t>(cut_lines);
    at = header_end + 1;
    const std::size_t content = file.find_first_not_of("\r\n ", at);
    if (content == std::string_view::npos) return;
    const std::size_t first = file.rfind('\n', content) + 1;
    indentation_ = static_cast<std::uint32_t>(content - first - first_column_);

    for (std::size_t skipped = 0; skipped < cut_lines; ++skipped) at = file.find('\n', at) + 1;
    std::size_t start = 0;
    while (start <= text_.size() && at != 0) {
        lines_.push_back(at + indentation_);
        starts_.push_back(start);
        const std::size_t end = text_.find('\n', start);
        if (end == std::string_view::npos) break;
        start = end + 1;
        at = file.find('\n', at) + 1;
    }
}

yaml::Mark InlineText::placed(const yaml::Mark& mark) const {
    const std::size_t line = mark.line - 1;
    if (mark.line == 0 || line >= lines_.size() || mark.offset < starts_[line]) return whole_;
    const std::size_t cut = line == 0 ? first_column_ : 0;
    yaml::Mark placed = whole_;
    placed.line = first_line_ + mark.line - 1;
    placed.column = mark.column + indentation_ + static_cast<std::uint32_t>(cut);
    placed.offset = static_cast<std::uint32_t>(lines_[line] + cut + mark.offset - starts_[line]);
    placed.length = mark.length;
    return placed;
}

void InlineText::place(yaml::Node& node) const {
    node.mark = placed(node.mark);
    for (yaml::Node* const item : node.items) place(*item);
    for (const yaml::Pair& pair : node.pairs) {
        place(*pair.key);
        place(*pair.value);
    }
}

void InlineText::place(Error& error) const {
    if (whole_.source == nullptr) return;
    Location at = whole_.location();
    if (error.at && error.at->line != 0 && error.at->line <= lines_.size()) {
        at.line = first_line_ + error.at->line - 1;
        at.column = error.at->column + indentation_;
    }
    error.at = at;
}

}  // namespace lockstep::kustomize
