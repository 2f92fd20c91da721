#include "project/reader.h"

#include <algorithm>

#include "base/backticks.h"
#include "base/nearest.h"

namespace lockstep::project {

namespace {

constexpr std::size_t text_limit = 1024;

std::string described(const yaml::Node& node) {
    if (node.is_mapping()) return "a mapping";
    if (node.is_sequence()) return "a list";
    switch (node.type) {
        case yaml::Type::null:
            return "empty";
        case yaml::Type::boolean:
            return "the boolean " + in_backticks(node.text);
        case yaml::Type::integer:
        case yaml::Type::real:
            return "the number " + in_backticks(node.text);
        case yaml::Type::timestamp:
            return "the date " + in_backticks(node.text);
        case yaml::Type::binary:
            return "binary data";
        case yaml::Type::string:
            return "the text " + in_backticks(node.text.substr(0, 80));
    }
    return "a value";
}

/// `tags: [{version}]` is a mapping to YAML; a number or boolean only lacks quotes.
std::string hint_for_text(const yaml::Node& node) {
    if (node.is_mapping() && node.pairs.size() == 1 && node.pairs[0].value->is_null())
        return "YAML reads braces as a mapping; quote the text: \"{" +
               std::string(node.pairs[0].key->text) + "}\"";
    if (node.is_scalar() && !node.is_null() && !node.is_string())
        return "quote it: \"" + std::string(node.text) + "\"";
    return {};
}

std::string list_of(std::span<const std::string_view> keys) {
    std::string text;
    for (const std::string_view key : keys) text.append(text.empty() ? "" : ", ").append(key);
    return text;
}

std::unexpected<Error> unknown_key(const Item& item, const yaml::Node& key,
                                   std::span<const std::string_view> keys) {
    const std::string_view near = nearest(key.text, keys);
    return fail(Error::Kind::usage,
                "unknown key " + in_backticks(key.text.substr(0, 80)) +
                    (item.name.empty() ? "" : " in " + in_backticks(item.name)),
                near.empty() ? "valid keys here are " + list_of(keys)
                             : "did you mean " + in_backticks(near) + "?",
                key.mark.location());
}

}  // namespace

std::unexpected<Error> unexpected_type(const Item& item, std::string_view expected) {
    const std::string subject = item.name.empty() ? "the file" : in_backticks(item.name);
    return fail(
        Error::Kind::usage,
        subject + " is " + described(*item.node) + ", " + std::string(expected) + " was expected",
        expected == "a text" ? hint_for_text(*item.node) : "", item.node->mark.location());
}

std::unexpected<Error> unexpected_value(const Item& item, const std::string& expected,
                                        std::string hint) {
    return fail(Error::Kind::usage,
                in_backticks(item.name) + " is " + in_backticks(item.node->text.substr(0, 80)) +
                    "; expected was " + expected,
                std::move(hint), item.node->mark.location());
}

Result<void> check_mapping(const Item& item, std::span<const std::string_view> keys) {
    if (!item.node->is_mapping()) return unexpected_type(item, "a mapping");
    for (const yaml::Pair& pair : item.node->pairs) {
        if (pair.key->text.starts_with("x-")) continue;
        if (std::find(keys.begin(), keys.end(), pair.key->text) == keys.end())
            return unknown_key(item, *pair.key, keys);
    }
    return {};
}

std::optional<Item> child(const Item& item, std::string_view key) {
    const yaml::Node* const node = item.node->find(key);
    if (node == nullptr) return std::nullopt;
    return Item{node, item.name + (item.name.empty() ? "" : ".") + std::string(key)};
}

Result<Item> required(const Item& item, std::string_view key) {
    std::optional<Item> found = child(item, key);
    if (found) return *std::move(found);
    return fail(Error::Kind::usage, in_backticks(item.name) + " has no " + in_backticks(key), {},
                item.node->mark.location());
}

Result<std::vector<Item>> items(const std::optional<Item>& list) {
    std::vector<Item> result;
    if (!list) return result;
    if (!list->node->is_sequence()) return unexpected_type(*list, "a list");
    for (const yaml::Node* const node : list->node->items)
        result.push_back({node, list->name + "[" + std::to_string(result.size()) + "]"});
    return result;
}

Result<std::string> read_text(const Item& item, Check fault) {
    if (!item.node->is_string()) return unexpected_type(item, "a text");
    const std::string_view text = item.node->text;
    if (text.empty()) return unexpected_value(item, "a text that is not empty");
    if (text.size() > text_limit)
        return unexpected_value(
            item, "a text of at most 1024 characters, this one has " + std::to_string(text.size()));
    if (fault != nullptr) {
        if (const std::string expected = fault(text); !expected.empty())
            return unexpected_value(item, expected);
    }
    return std::string(text);
}

Result<std::vector<std::string>> read_texts(const std::optional<Item>& list, Check fault) {
    std::vector<std::string> texts;
    for (const Item& item : TRY(items(list))) texts.push_back(TRY(read_text(item, fault)));
    return texts;
}

Result<version::TagPattern> read_pattern(const Item& item, Component component) {
    const std::string text = TRY(read_text(item));
    Result<version::TagPattern> pattern = version::TagPattern::parse(text);
    if (!pattern.has_value())
        return fail(Error::Kind::usage, in_backticks(item.name) + ": " + pattern.error().message,
                    pattern.error().hint, item.node->mark.location());
    if (component == Component::refused && pattern->has_component())
        return unexpected_value(item, "a pattern without {component}",
                                "only the release tags of `tags` may name components");
    return *std::move(pattern);
}

Result<std::optional<version::TagPattern>> read_optional_pattern(const std::optional<Item>& item) {
    if (!item) return std::optional<version::TagPattern>();
    return std::optional(TRY(read_pattern(*item, Component::refused)));
}

}  // namespace lockstep::project
