#pragma once

#include <string>
#include <string_view>

namespace lockstep::yaml {

/// What is left of the value of a folded scalar (`>`) once kustomize has written and read it again:
/// where a more indented line follows a normal one, a newline more; kept blank lines at the end,
/// one more.
std::string folded_again(std::string_view text);

}  // namespace lockstep::yaml
