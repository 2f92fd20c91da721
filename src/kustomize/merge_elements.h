#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "yaml/arena.h"
#include "yaml/node.h"

/// The elements of merged lists, found and put by their merge keys.
namespace lockstep::kustomize {

using Texts = std::vector<std::string_view>;

/// Names elements of a list: those whose fields `keys` have the texts `values`. The key "" stands
/// for the element itself, a scalar.
struct ElementKey {
    std::span<const std::string_view> keys;
    std::span<const std::string_view> values;
};

/// The first mapping that has all the fields with just these texts (for the key "": the first
/// element of that text); null where there is none.
yaml::Node* find_element(const yaml::Node& list, const ElementKey& key);

/// Puts `element` in the place of each element that `key` names, or at the end where it names none;
/// a null `element` removes them. An empty text names any element that has the field. Nulls and
/// empty mappings are dropped from the list on the way; where there are no values at all, so is
/// every element without the first field.
///
/// Errors: `invalid` where an element is no mapping though a key asks for its fields.
Result<void> put_element(yaml::Arena& arena, yaml::Node& list, yaml::Node* element,
                         const ElementKey& key);

/// The text of the field; "" where it is missing, null or empty.
std::string_view key_text(const yaml::Node& element, std::string_view key);

}  // namespace lockstep::kustomize
