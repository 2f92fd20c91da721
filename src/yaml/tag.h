#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "yaml/event.h"
#include "yaml/node.h"
#include "yaml/parse.h"

namespace lockstep::yaml {

/// What the scalar of `event` means: by its tag, its quotes, or its text.
Result<Type> scalar_type(const Event& event, Dialect dialect);

/// An unquoted `<<`, the key whose value is merged into its mapping.
bool is_merge_key(const Event& event, Dialect dialect);

/// The bytes that the text of a `!!binary` stands for; nothing where it is no base64.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace lockstep::yaml
