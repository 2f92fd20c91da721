#pragma once

#include <span>
#include <string_view>

#include "verify/verdict.h"

namespace lockstep::verify {

/// A rule, as `lockstep rules` and the reports describe it.
struct Rule {
    std::string_view id;     // "declared-version"
    std::string_view title;  // one line: what it finds
    Severity severity;       // unless the finding says otherwise
    std::string_view cost;   // what the mistake costs the user: a short paragraph
    std::string_view fix;    // how to fix it: a short paragraph
};

/// All rules, in order of id.
std::span<const Rule> rules();
const Rule* find_rule(std::string_view id);

}  // namespace lockstep::verify
