#include "git/loose_object.h"

#include <charconv>
#include <string>

namespace lockstep::git {

namespace {

constexpr std::size_t header_max = 32;  // as git has it

struct Header {
    ObjectHeader object;
    std::size_t length = 0;  // with its zero byte
};

std::optional<Header> parse_header(std::string_view text) {
    const std::size_t space = text.find(' ');
    const std::size_t end = text.find('\0');
    if (space == std::string_view::npos || end == std::string_view::npos || end < space)
        return std::nullopt;
    const auto type = object_type(text.substr(0, space));
    const std::string_view digits = text.substr(space + 1, end - space - 1);
    Header header{.object = {}, .length = end + 1};
    const char* const last = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), last, header.object.size);
    const bool is_padded = digits.size() > 1 && digits.starts_with('0');
    if (!type || error != std::errc() || stop != last || is_padded) return std::nullopt;
    header.object.type = *type;
    return header;
}

std::optional<Header> read_header(std::string_view file, Inflater& inflater) {
    const auto beginning = inflater.beginning(file, header_max);
    return beginning ? parse_header(*beginning) : std::nullopt;
}

}  // namespace

std::optional<ObjectHeader> read_loose_header(std::string_view file, Inflater& inflater) {
    const auto header = read_header(file, inflater);
    if (!header) return std::nullopt;
    return header->object;
}

std::optional<StoredObject> read_loose_object(std::string_view file, std::size_t bytes_max,
                                              Inflater& inflater) {
    const auto header = read_header(file, inflater);
    if (!header || header->object.size > bytes_max) return std::nullopt;
    auto whole = inflater.whole(file, header->length + header->object.size);
    if (!whole || whole->consumed != file.size()) return std::nullopt;
    whole->bytes.erase(0, header->length);
    return StoredObject{.type = header->object.type, .bytes = std::move(whole->bytes)};
}

}  // namespace lockstep::git
