#pragma once

#include <iosfwd>

#include "consumers/judge.h"
#include "report/report.h"

namespace lockstep::report {

/// What a GitOps repository consumes, in one format: text, JSON (schemas/consumers.schema.json),
/// SARIF 2.1.0 or Markdown; any other is text.
void write_consumers(const consumers::Scan& scan, Format format, const Options& options,
                     std::ostream& out);

/// One thing that is wrong or could not be told, as a place of the tree. Borrows the scan.
struct ConsumerFinding {
    const char* rule;   // "consumer-drifted", "consumer-withdrawn", "consumer-override",
                        // "consumer-floating", "consumer-unchecked"
    const char* level;  // "error", "warning", "note"
    std::string message;
    manifest::Place place;
};
std::vector<ConsumerFinding> consumer_findings(const consumers::Scan& scan);

/// "https://host/owner/repo v1.2.0", "chart kite 1.2.0 of https://…"
std::string pinned_name(const consumers::Pin& pin);

void write_consumers_text(const consumers::Scan& scan, const Options& options, std::ostream& out);
void write_consumers_json(const consumers::Scan& scan, const Options& options, std::ostream& out);
void write_consumers_sarif(const consumers::Scan& scan, const Options& options, std::ostream& out);
void write_consumers_markdown(const consumers::Scan& scan, const Options& options,
                              std::ostream& out);

}  // namespace lockstep::report
