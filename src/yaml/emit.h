#pragma once

#include <string>

#include "base/result.h"
#include "yaml/node.h"

namespace lockstep::yaml {

/// Appends `root` to `out`, byte for byte as `kustomize build` 5.8.2 prints an object: keys in its
/// natural order, two spaces, sequences not indented below their key, strings quoted where YAML 1.1
/// would read something else, plain and quoted text folded behind column 80, numbers normalised,
/// `timestamp` as an RFC 3339 string, folded scalars with kustomize's extra newline. Ends with a
/// newline.
///
/// Errors: `unsupported` where kustomize's own order of keys is circular (its output differs from
/// run to run), `invalid` where kustomize fails to print (NaN, infinity, C1 control characters,
/// keys of more than 1,000 bytes), or where `out` has more than `bytes_max` then: what is short to
/// write with aliases and labels may be long to print.
Result<void> emit(const Node& root, std::string& out, std::size_t bytes_max = std::string::npos);

}  // namespace lockstep::yaml
