#include "record/fields.h"

#include <algorithm>
#include <utility>

namespace lockstep::record {

namespace {

constexpr std::size_t text_max = 4'096;

bool is_hexadecimal(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_object_id(std::string_view text) {
    return (text.size() == 40 || text.size() == 64) && is_hexadecimal(text);
}

bool is_digest(std::string_view text) {
    constexpr std::pair<std::string_view, std::size_t> algorithms[] = {
        {"sha256:", 64}, {"sha384:", 96}, {"sha512:", 128}};
    return std::ranges::any_of(algorithms, [&](const auto& algorithm) {
        return text.starts_with(algorithm.first) &&
               text.size() == algorithm.first.size() + algorithm.second &&
               is_hexadecimal(text.substr(algorithm.first.size()));
    });
}

bool has_control_characters(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_normal_path(std::string_view path) {
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (part.empty() || part == "." || part == "..") return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

}  // namespace

Result<Fields> Fields::of(const json::Value& value, std::string document, std::string place) {
    if (value.as<json::Object>() != nullptr)
        return Fields(value, std::move(document), std::move(place));
    return fail(Error::Kind::invalid,
                (place.empty() ? "the record" : '`' + place + '`') + " is no object", "",
                Location{std::move(document), 0, 0});
}

std::string Fields::place_of(std::string_view key) const {
    return place_.empty() ? std::string(key) : place_ + '.' + std::string(key);
}

std::unexpected<Error> Fields::invalid(std::string_view key, std::string_view what) const {
    return fail(Error::Kind::invalid, '`' + place_of(key) + "` " + std::string(what), "",
                Location{document_, 0, 0});
}

Result<std::int64_t> Fields::integer(std::string_view key) const {
    const json::Value* const value = object_->find(key);
    if (value == nullptr) return invalid(key, "is missing");
    if (const auto* const number = value->as<std::int64_t>()) return *number;
    return invalid(key, "is no whole number");
}

Result<std::string> Fields::text(std::string_view key) const {
    const json::Value* const value = object_->find(key);
    if (value == nullptr) return invalid(key, "is missing");
    const auto* const text = value->as<std::string>();
    if (text == nullptr) return invalid(key, "is no string");
    if (text->empty()) return invalid(key, "is empty");
    if (text->size() > text_max)
        return invalid(key, "is longer than " + std::to_string(text_max) + " bytes");
    if (has_control_characters(*text)) return invalid(key, "has control characters");
    return *text;
}

Result<std::string> Fields::optional_text(std::string_view key) const {
    const json::Value* const value = object_->find(key);
    if (value == nullptr || value->is_null()) return std::string();
    return text(key);
}

Result<std::string> Fields::object_id(std::string_view key) const {
    std::string id = TRY(text(key));
    if (!is_object_id(id)) return invalid(key, "is no Git object: 40 or 64 hexadecimal digits");
    return id;
}

Result<std::string> Fields::optional_object_id(std::string_view key) const {
    const json::Value* const value = object_->find(key);
    if (value == nullptr || value->is_null()) return std::string();
    return object_id(key);
}

Result<std::string> Fields::digest(std::string_view key) const {
    std::string digest = TRY(text(key));
    if (!is_digest(digest)) return invalid(key, "is no digest like `sha256:…`");
    return digest;
}

Result<std::string> Fields::path(std::string_view key) const {
    std::string path = TRY(text(key));
    if (path == ".") return std::string();
    if (!is_normal_path(path))
        return invalid(key, "is no directory below the root, like `deploy/base`");
    return path;
}

Result<std::vector<Fields>> Fields::objects(std::string_view key) const {
    const json::Value* const value = object_->find(key);
    if (value == nullptr) return invalid(key, "is missing");
    const auto* const list = value->as<json::Array>();
    if (list == nullptr) return invalid(key, "is no list");
    if (list->size() > entries_max)
        return invalid(key, "has " + std::to_string(list->size()) + " entries, more than " +
                                std::to_string(entries_max));
    std::vector<Fields> objects;
    objects.reserve(list->size());
    for (const json::Value& element : *list)
        objects.push_back(TRY(
            of(element, document_, place_of(key) + '[' + std::to_string(objects.size()) + ']')));
    return objects;
}

}  // namespace lockstep::record
