#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kustomize/kustomization.h"

/// Decoding of YAML nodes into structs, by Go's rules for JSON: field names without regard to case,
/// unknown fields refused, null leaves a field as it is.
namespace lockstep::kustomize {

/// One field of `T`: its name and how a value is put into it.
template <typename T>
struct Field {
    std::string_view name;
    Result<void> (*decode)(const yaml::Node& value, T& into);
};

/// "cannot unmarshal number into Go struct field: expected a list, found the number `3`", at the
/// value.
std::unexpected<Error> wrong_type(const yaml::Node& found, std::string_view expected);
std::unexpected<Error> unknown_field(const yaml::Node& key,
                                     std::span<const std::string_view> known);
std::unexpected<Error> repeated_field(const yaml::Node& key);
bool same_name(std::string_view a, std::string_view b);  // ASCII case folded

Result<void> decode(const yaml::Node& value, Text& into);
Result<void> decode(const yaml::Node& value, bool& into);
Result<void> decode(const yaml::Node& value, std::int64_t& into);
Result<void> decode(const yaml::Node& value, Pairs& into);

/// The fields of a mapping, given to the decoders of `fields`.
template <typename T>
Result<void> decode_fields(const yaml::Node& value, T& into, std::span<const Field<T>> fields) {
    if (value.is_null()) return {};
    if (!value.is_mapping()) return wrong_type(value, "a mapping");
    std::vector<const Field<T>*> seen;
    for (const yaml::Pair& pair : value.pairs) {
        const Field<T>* found = nullptr;
        for (const Field<T>& field : fields)
            if (same_name(field.name, pair.key->text)) found = &field;
        if (found == nullptr) {
            std::vector<std::string_view> names;
            for (const Field<T>& field : fields) names.push_back(field.name);
            return unknown_field(*pair.key, names);
        }
        for (const Field<T>* const earlier : seen)
            if (earlier == found) return repeated_field(*pair.key);
        seen.push_back(found);
        TRY(found->decode(*pair.value, into));
    }
    return {};
}

template <typename T>
Result<void> decode(const yaml::Node& value, std::optional<T>& into) {
    if (value.is_null()) return {};
    return decode(value, into.emplace());
}

template <typename T>
Result<void> decode(const yaml::Node& value, std::vector<T>& into) {
    if (value.is_null()) return {};
    if (!value.is_sequence()) return wrong_type(value, "a list");
    into.reserve(value.items.size());
    for (const yaml::Node* const item : value.items) TRY(decode(*item, into.emplace_back()));
    return {};
}

/// A field that is a member of `T`.
template <typename T, auto Member>
Result<void> member(const yaml::Node& value, T& into) {
    return decode(value, into.*Member);
}

}  // namespace lockstep::kustomize
