#pragma once

#include <iosfwd>

#include "report/paint.h"
#include "report/releases.h"

namespace lockstep::report {

struct TextLayout {
    Paint paint;
    unsigned width;           // columns
    bool is_verbose = false;  // rows that say nothing are shown too
};

/// The releases of one line as rows, newest on top, and what each surface root declares in them.
/// Roots that do not fit the width share one last column. A single release is shown as a list, with
/// its images if registries were asked for them.
void write_matrix(const Line& line, bool is_asked, const TextLayout& layout, std::ostream& out);

/// Every declaration of every release, a line each.
void write_declarations(const Line& line, const TextLayout& layout, std::ostream& out);

}  // namespace lockstep::report
