#include "manifest/place.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace lockstep::manifest {

namespace {

constexpr std::size_t excerpt_limit = 240;  // characters

bool starts_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

unsigned characters(std::string_view text) {
    return static_cast<unsigned>(std::count_if(text.begin(), text.end(), starts_character));
}

std::string_view without_return(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// The beginning of a line, cut between characters.
std::string excerpt_of(std::string_view line) {
    std::size_t end = 0;
    for (std::size_t count = 0; end < line.size(); ++end) {
        if (starts_character(line[end]) && ++count > excerpt_limit) break;
    }
    return std::string(line.substr(0, end));
}

/// The line of `text` that holds the byte at `offset`, in column `column` of it. Cheap on a text
/// that is one endless line.
std::string excerpt_around(std::string_view text, std::size_t offset, unsigned column) {
    if (column > excerpt_limit) return {};
    const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    text.remove_prefix(before == std::string_view::npos ? 0 : before + 1);
    text = text.substr(0, 4 * (excerpt_limit + 1));
    return excerpt_of(without_return(text.substr(0, text.find('\n'))));
}

}  // namespace

Place place_of(const yaml::Mark& mark) {
    Place place{mark.location(), 0, {}};
    if (mark.source == nullptr || mark.source->text == nullptr) return place;
    const std::string_view text = *mark.source->text;
    if (mark.offset > text.size()) return place;
    // A scalar over several lines is marked to the end of its first one.
    const std::string_view scalar = text.substr(mark.offset, mark.length);
    place.length = characters(without_return(scalar.substr(0, scalar.find('\n'))));
    place.excerpt = excerpt_around(text, mark.offset, mark.column);
    return place;
}

Place place_in_line(std::string_view path, unsigned number, std::string_view line,
                    std::size_t offset, std::size_t length) {
    const unsigned column = characters(line.substr(0, offset)) + 1;
    return {Location{std::string(path), number, column}, characters(line.substr(offset, length)),
            column > excerpt_limit ? std::string() : excerpt_of(line)};
}

Declaration at_place(Place place, Declaration declaration) {
    declaration.at = std::move(place.at);
    declaration.length = place.length;
    declaration.excerpt = std::move(place.excerpt);
    return declaration;
}

void sort_by_place(std::vector<Declaration>& declarations, std::size_t first) {
    const auto place = [](const Declaration& each) {
        return std::tie(each.at.path, each.at.line, each.at.column);
    };
    std::stable_sort(
        declarations.begin() + static_cast<std::ptrdiff_t>(first), declarations.end(),
        [place](const Declaration& a, const Declaration& b) { return place(a) < place(b); });
}

bool Lines::next() {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    line_ = without_return(rest_.substr(0, end));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++number_;
    return true;
}

}  // namespace lockstep::manifest
