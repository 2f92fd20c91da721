#pragma once

#include "report/changes.h"

/// The formats, one file each.
namespace lockstep::report {

void write_changes_text(const changes::Upgrade& upgrade, const Options& options, std::ostream& out);
void write_changes_json(const changes::Upgrade& upgrade, const Options& options, std::ostream& out);
void write_changes_markdown(const changes::Upgrade& upgrade, const Options& options,
                            std::ostream& out);
void write_changes_html(const changes::Upgrade& upgrade, const Options& options, std::ostream& out);

}  // namespace lockstep::report
