#pragma once

#include <iosfwd>

#include "report/folding.h"
#include "report/text_matrix.h"

namespace lockstep::report {

/// A mistake as compilers show one: what, where, the line with a caret, what was expected, how to
/// mend it; then a line for each older release that has it too.
void write_finding(const Chain& chain, const TextLayout& layout, std::ostream& out);

}  // namespace lockstep::report
