#include "git/loose_object.h"

#include <charconv>
#include <string>

#include "crypto/hasher.h"
#include "git/deflate.h"
#include "os/file.h"

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

std::string header_of(const StoredObject& object) {
    return to_string(object.type) + (' ' + std::to_string(object.bytes.size())) + '\0';
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

ObjectId name_of(const StoredObject& object, std::size_t id_bytes) {
    using Algorithm = crypto::Hasher::Algorithm;
    crypto::Hasher hasher(id_bytes == 20 ? Algorithm::sha1 : Algorithm::sha256);
    hasher.update(header_of(object));
    hasher.update(object.bytes);
    return *ObjectId::parse(hasher.finish());
}

Result<ObjectId> write_loose_object(const std::string& folder, const StoredObject& object,
                                    std::size_t id_bytes) {
    const ObjectId id = name_of(object, id_bytes);
    const std::string name = id.hex();
    const std::string place = folder + '/' + name.substr(0, 2);
    TRY(os::make_directories(place));
    const Result<void> written =
        os::write_file(place + '/' + name.substr(2), deflate(header_of(object) + object.bytes));
    if (!written && written.error().kind != Error::Kind::conflict)
        return std::unexpected(written.error());
    return id;
}

}  // namespace lockstep::git
