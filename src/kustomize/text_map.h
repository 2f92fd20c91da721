#pragma once

#include <map>
#include <string_view>

#include "base/result.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// A map of texts as kustomize takes one out of an object: keys and values by their text, whatever
/// their type; collections count as "".
using TextMap = std::map<std::string_view, const yaml::Node*>;

/// The map under `key` of `mapping`; empty where there is none.
TextMap read_text_map(const yaml::Node* mapping, std::string_view key);

/// Adds what `from` holds to `into`, over what is there.
void overlay(TextMap& into, const TextMap& from);

/// Puts the map under `key` of `mapping`, every value a string; removes the key where the map is
/// empty. Errors as those of make_key and make_text.
Result<void> write_text_map(yaml::Arena& arena, yaml::Node& mapping, std::string_view key,
                            const TextMap& map);

/// A key as kustomize writes a new one: without quotes, so that `1` and `true` are no texts when it
/// reads its own output. `invalid` for those, as there.
Result<yaml::Node*> make_key(yaml::Arena& arena, std::string_view text, yaml::Mark mark);

/// A string as kustomize writes one it has in its hands: a block where it has several lines.
/// `invalid` where it cannot read such a block again: one that begins with a tab.
Result<yaml::Node*> make_text(yaml::Arena& arena, std::string_view text, yaml::Mark mark);

}  // namespace lockstep::kustomize
