#pragma once

#include <iosfwd>

#include "report/report.h"
#include "trace/page.h"

namespace lockstep::report {

/// A page of `lockstep trace`, as text (`color`, `verbose` and `width` count) and as JSON, see
/// schemas/trace.schema.json.
void write_trace_text(const trace::Page& page, const Options& options, std::ostream& out);
void write_trace_json(const trace::Page& page, const Options& options, std::ostream& out);

}  // namespace lockstep::report
