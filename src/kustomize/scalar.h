#pragma once

#include <string_view>

#include "yaml/arena.h"
#include "yaml/node.h"

/// Scalars as kustomize writes them: most of its transformers give a text without a type. In quotes
/// such a text is a string; plain it is what it reads as, so "12" may become a number.
namespace lockstep::kustomize {

/// Puts `text` in the place of a scalar, whose style stays and whose type is forgotten.
void set_untyped(yaml::Node& scalar, std::string_view text, yaml::Mark mark);

/// Changes the text alone: the type stays, if there is one.
void set_text(yaml::Node& scalar, std::string_view text, yaml::Mark mark);

/// The same as `set_untyped` for a field of a mapping. One that is new gets quotes where YAML 1.1
/// would read no string.
void set_untyped_field(yaml::Arena& arena, yaml::Node& mapping, std::string_view key,
                       std::string_view text, yaml::Mark mark);

/// A new scalar without a type, as it is before it becomes a field.
yaml::Node* make_untyped(yaml::Arena& arena, std::string_view text, yaml::Mark mark);

/// Quotes a plain string that YAML 1.1 would read as something else, as kustomize does to whatever
/// it sets a field to.
void quote_if_misread(yaml::Node& scalar);

}  // namespace lockstep::kustomize
