#pragma once

#include "base/result.h"
#include "yaml/event.h"
#include "yaml/node.h"
#include "yaml/parse.h"

namespace lockstep::yaml {

/// What the scalar of `event` means: by its tag, its quotes, or its text.
Result<Type> scalar_type(const Event& event, Dialect dialect);

/// An unquoted `<<`, the key whose value is merged into its mapping.
bool is_merge_key(const Event& event, Dialect dialect);

}  // namespace lockstep::yaml
