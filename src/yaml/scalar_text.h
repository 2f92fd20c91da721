#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "yaml/node.h"

namespace lockstep::yaml {

/// The text that a scalar is printed as, before any quoting: numbers normalised, dates in RFC 3339,
/// folded scalars with kustomize's extra newlines. Lives in `node` or in `scratch`.
///
/// `invalid` for what kustomize fails to print.
Result<std::string_view> printed_text(const Node& node, bool in_flow, std::string& scratch);

/// Whether its printed text is a string: what would read as something else needs quotes. `in_flow`:
/// below a collection in flow style.
bool prints_as_string(const Node& node, bool in_flow);

}  // namespace lockstep::yaml
