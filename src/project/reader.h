#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "version/tag_pattern.h"
#include "yaml/node.h"

/// Strict reading of a YAML tree: whatever is not as expected is a `usage` error at its place.
namespace lockstep::project {

/// A node and what people call it: "images[0].name". Borrows the document.
struct Item {
    const yaml::Node* node;
    std::string name;
};

/// "`images[0].name` is the number 1, a text was expected", at the node.
std::unexpected<Error> unexpected_type(const Item& item, std::string_view expected);
/// "`images[0].name` is `App:v1`; expected was …", at the node.
std::unexpected<Error> unexpected_value(const Item& item, const std::string& expected,
                                        std::string hint = {});

/// A mapping whose keys are all among `keys` (those with "x-" are left to the user).
Result<void> check_mapping(const Item& item, std::span<const std::string_view> keys);
/// The value under `key` of a mapping; nothing where there is none.
std::optional<Item> child(const Item& item, std::string_view key);
/// As above; an error where there is none.
Result<Item> required(const Item& item, std::string_view key);
/// The items of a list; none for no list.
Result<std::vector<Item>> items(const std::optional<Item>& list);

/// A text of 1 to 1,024 characters that `fault` (see checks.h; may be null) has nothing against.
using Check = std::string (*)(std::string_view);
Result<std::string> read_text(const Item& item, Check fault = nullptr);
/// A list of such texts; empty for no list.
Result<std::vector<std::string>> read_texts(const std::optional<Item>& list, Check fault = nullptr);

enum class Component { allowed, refused };
Result<version::TagPattern> read_pattern(const Item& item, Component component);
Result<std::optional<version::TagPattern>> read_optional_pattern(const std::optional<Item>& item);

}  // namespace lockstep::project
