#pragma once

#include "report/report.h"

/// The formats, one file each.
namespace lockstep::report {

void write_text(const verify::Audit& audit, const Options& options, std::ostream& out);
void write_json(const verify::Audit& audit, const Options& options, std::ostream& out);
void write_sarif(const verify::Audit& audit, const Options& options, std::ostream& out);
void write_junit(const verify::Audit& audit, const Options& options, std::ostream& out);
void write_github(const verify::Audit& audit, const Options& options, std::ostream& out);
void write_markdown(const verify::Audit& audit, const Options& options, std::ostream& out);
void write_html(const verify::Audit& audit, const Options& options, std::ostream& out);

}  // namespace lockstep::report
