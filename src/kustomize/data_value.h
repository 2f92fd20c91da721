#pragma once

#include <string>
#include <string_view>

namespace lockstep::kustomize {

/// Whether a value can stand in `data` as it is: UTF-8 by Go's rules (no surrogates, nothing
/// overlong).
bool is_utf8(std::string_view text);

/// Base64 as kustomize writes it into `binaryData` and Secrets: where it is longer than one line of
/// 70 characters, in such lines, each with a newline behind it.
std::string base64_lines(std::string_view bytes);

}  // namespace lockstep::kustomize
