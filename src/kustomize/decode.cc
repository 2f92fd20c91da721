#include "kustomize/decode.h"

#include <algorithm>
#include <charconv>

#include "base/nearest.h"

namespace lockstep::kustomize {

namespace {

char folded(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string described(const yaml::Node& node) {
    if (node.is_mapping()) return "a mapping";
    if (node.is_sequence()) return "a list";
    const std::string text = "`" + std::string(node.text) + "`";
    switch (node.type) {
        case yaml::Type::null:
            return "null";
        case yaml::Type::boolean:
            return "the boolean " + text;
        case yaml::Type::integer:
        case yaml::Type::real:
            return "the number " + text;
        default:
            return "the text " + text;
    }
}

/// What the Go program calls it that kustomize is.
std::string go_kind(const yaml::Node& node) {
    if (node.is_mapping()) return "object";
    if (node.is_sequence()) return "array";
    if (node.type == yaml::Type::boolean) return "bool";
    return node.type == yaml::Type::integer || node.type == yaml::Type::real ? "number" : "string";
}

/// A key of a map of texts, as YAML 1.1 → JSON makes it: booleans and integers become their text.
Result<Text> key_text(const yaml::Node& key) {
    switch (key.type) {
        case yaml::Type::string:
        case yaml::Type::binary:
        case yaml::Type::timestamp:
            return Text{key.text, key.mark};
        case yaml::Type::boolean: {
            const char first = folded(key.text.empty() ? ' ' : key.text.front());
            const bool yes = first == 'y' || first == 't' || (first == 'o' && key.text.size() == 2);
            return Text{yes ? "true" : "false", key.mark};
        }
        default:
            return fail(Error::Kind::unsupported, "unsupported: a key that is " + described(key),
                        "quote it", key.mark.location());
    }
}

/// Whether the text has characters that kustomize cannot pass to its own transformers: DEL, the C1
/// controls, byte order marks and what is no character.
bool has_control_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view two = text.substr(i, 2);
        const std::string_view three = text.substr(i, 3);
        if (text[i] == '\x7F') return true;
        if (two.size() == 2 && two[0] == '\xC2' && static_cast<unsigned char>(two[1]) < 0xA0)
            return true;
        if (three == "\xEF\xBB\xBF" || three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF")
            return true;
    }
    return false;
}

Result<void> check_characters(const yaml::Node& text) {
    if (!has_control_character(text.text)) return {};
    return fail(Error::Kind::unsupported, "unsupported: control characters in a kustomization", {},
                text.mark.location());
}

}  // namespace

std::unexpected<Error> wrong_type(const yaml::Node& found, std::string_view expected) {
    return fail(Error::Kind::invalid,
                "cannot unmarshal " + go_kind(found) + " into Go struct field: expected " +
                    std::string(expected) + ", found " + described(found),
                expected == "a text" && found.is_scalar() ? "quote it" : "", found.mark.location());
}

std::unexpected<Error> unknown_field(const yaml::Node& key,
                                     std::span<const std::string_view> known) {
    const std::string_view meant = nearest(key.text, known);
    return fail(Error::Kind::invalid, "unknown field `" + std::string(key.text) + "`",
                meant.empty() ? "" : "did you mean `" + std::string(meant) + "`?",
                key.mark.location());
}

std::unexpected<Error> repeated_field(const yaml::Node& key) {
    return fail(Error::Kind::unsupported,
                "unsupported: the field `" + std::string(key.text) + "` in two spellings",
                "keep one of them", key.mark.location());
}

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return folded(x) == folded(y); });
}

Result<void> decode(const yaml::Node& value, Text& into) {
    if (value.is_null()) return {};
    const bool text = value.is_scalar() && value.type != yaml::Type::boolean &&
                      value.type != yaml::Type::integer && value.type != yaml::Type::real;
    if (!text) return wrong_type(value, "a text");
    TRY(check_characters(value));
    into = {value.text, value.mark};
    return {};
}

Result<void> decode(const yaml::Node& value, bool& into) {
    if (value.is_null()) return {};
    if (!value.is_scalar() || value.type != yaml::Type::boolean)
        return wrong_type(value, "true or false");
    into = TRY(key_text(value)).value == "true";
    return {};
}

Result<void> decode(const yaml::Node& value, std::int64_t& into) {
    if (value.is_null()) return {};
    if (!value.is_scalar() || value.type != yaml::Type::integer)
        return wrong_type(value, "a whole number");
    const std::string_view text = value.text;
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    const bool simple =
        digits == "0" || (!digits.empty() && digits.front() >= '1' && digits.front() <= '9');
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    if (!simple || error != std::errc{} || end != text.data() + text.size())
        return fail(Error::Kind::unsupported,
                    "unsupported: the number `" + std::string(text) + "` in this form",
                    "write it in plain decimal", value.mark.location());
    return {};
}

Result<void> decode(const yaml::Node& value, Pairs& into) {
    if (value.is_null()) return {};
    if (!value.is_mapping()) return wrong_type(value, "a mapping");
    for (const yaml::Pair& pair : value.pairs) {
        auto& [key, text] = into.emplace_back();
        TRY(check_characters(*pair.key));
        key = TRY(key_text(*pair.key));
        text.mark = pair.value->mark;
        TRY(decode(*pair.value, text));
    }
    std::stable_sort(into.begin(), into.end(),
                     [](const auto& a, const auto& b) { return a.first.value < b.first.value; });
    return {};
}

}  // namespace lockstep::kustomize
