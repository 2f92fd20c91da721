#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "verify/verdict.h"

/// An audit, shown. One file for each format; all of them are pure functions of the audit.
namespace lockstep::report {

enum class Format { text, json, sarif, junit, github, markdown, html };

/// `usage` with the list of formats where there is none of that name.
Result<Format> parse_format(std::string_view name);

struct Options {
    bool color = false;        // text only; colour never carries meaning alone
    bool quiet = false;        // text: findings only, no matrix and no summary
    bool verbose = false;      // text: every declaration, consistent ones too
    unsigned width = 100;      // columns of the terminal
    std::string tool_version;  // "0.1.0"
    std::int64_t now = 0;  // seconds since 1970 UTC, for formats that carry a time (JUnit, HTML)
};

void write(const verify::Audit& audit, Format format, const Options& options, std::ostream& out);

}  // namespace lockstep::report
