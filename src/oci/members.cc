#include "oci/members.h"

#include <strings.h>

#include <algorithm>
#include <utility>

namespace lockstep::oci {

namespace {

bool differs_in_case_only(std::string_view left, std::string_view right) {
    return left != right && left.size() == right.size() &&
           ::strncasecmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace

Result<Members> Members::of(const json::Value& value, std::string document, std::string place) {
    if (const auto* const object = value.as<json::Object>())
        return Members(*object, std::move(document), std::move(place));
    return fail(Error::Kind::invalid,
                (place.empty() ? "the document" : '`' + place + '`') + " is no object", "",
                Location{std::move(document), 0, 0});
}

std::string Members::place_of(std::string_view name) const {
    return place_.empty() ? std::string(name) : place_ + '.' + std::string(name);
}

std::unexpected<Error> Members::invalid(std::string_view name, std::string_view what) const {
    return fail(Error::Kind::invalid, '`' + place_of(name) + "` " + std::string(what), "",
                Location{document_, 0, 0});
}

Result<const json::Value*> Members::find(std::string_view name) const {
    const json::Value* found = nullptr;
    for (const json::Member& member : *object_) {
        if (member.key == name && !member.value.is_null()) found = &member.value;
        if (differs_in_case_only(member.key, name))
            return invalid(member.key, "is written with another case than `" + std::string(name) +
                                           "`, so programs disagree about it");
    }
    return found;
}

Result<std::string> Members::text(std::string_view name) const {
    const json::Value* const value = TRY(find(name));
    if (value == nullptr) return std::string();
    if (const auto* const text = value->as<std::string>()) return *text;
    return invalid(name, "is no string");
}

Result<std::optional<std::uint64_t>> Members::count(std::string_view name) const {
    const json::Value* const value = TRY(find(name));
    if (value == nullptr) return std::nullopt;
    const auto* const number = value->as<std::int64_t>();
    if (number == nullptr) return invalid(name, "is no whole number");
    if (*number < 0) return invalid(name, "is below 0");
    return std::optional(static_cast<std::uint64_t>(*number));
}

Result<Annotations> Members::texts_by_name(std::string_view name) const {
    Annotations texts;
    const json::Value* const value = TRY(find(name));
    if (value == nullptr) return texts;
    const auto* const object = value->as<json::Object>();
    if (object == nullptr) return invalid(name, "is no object");
    for (const json::Member& member : *object) {
        const auto* const text = member.value.as<std::string>();
        if (text == nullptr && !member.value.is_null())
            return invalid(name,
                           "has a value that is no string, at `" + member.key.substr(0, 200) + '`');
        texts.emplace(member.key, text == nullptr ? std::string() : *text);
    }
    return texts;
}

Result<std::optional<Members>> Members::object(std::string_view name) const {
    const json::Value* const value = TRY(find(name));
    if (value == nullptr) return std::nullopt;
    return std::optional(TRY(of(*value, document_, place_of(name))));
}

Result<const json::Array*> Members::list(std::string_view name) const {
    const json::Value* const value = TRY(find(name));
    if (value == nullptr) return nullptr;
    const auto* const list = value->as<json::Array>();
    if (list == nullptr) return invalid(name, "is no list");
    if (list->size() > entries_max)
        return invalid(name, "has " + std::to_string(list->size()) + " entries, more than " +
                                 std::to_string(entries_max));
    return list;
}

Result<std::vector<Members>> Members::objects(std::string_view name) const {
    std::vector<Members> objects;
    const json::Array* const values = TRY(list(name));
    if (values == nullptr) return objects;
    objects.reserve(values->size());
    for (const json::Value& value : *values)
        objects.push_back(
            TRY(of(value, document_, place_of(name) + '[' + std::to_string(objects.size()) + ']')));
    return objects;
}

Result<std::vector<std::string>> Members::texts(std::string_view name) const {
    std::vector<std::string> texts;
    const json::Array* const values = TRY(list(name));
    if (values == nullptr) return texts;
    for (const json::Value& value : *values) {
        const auto* const text = value.as<std::string>();
        if (text == nullptr) return invalid(name, "has an entry that is no string");
        texts.push_back(*text);
    }
    return texts;
}

}  // namespace lockstep::oci
