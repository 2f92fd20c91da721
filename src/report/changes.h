#pragma once

#include <iosfwd>
#include <string>

#include "changes/upgrade.h"
#include "report/report.h"

/// What an upgrade does, shown: text, JSON, Markdown and HTML, pure functions of it.
namespace lockstep::report {

/// `format` is one of those four. Options as of audits: quiet text leaves out what is only info,
/// verbose text shows what is folded.
void write(const changes::Upgrade& upgrade, Format format, const Options& options,
           std::ostream& out);

}  // namespace lockstep::report
