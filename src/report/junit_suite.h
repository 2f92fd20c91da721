#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

/// JUnit reports, as GitLab and Jenkins read them.
namespace lockstep::report {

struct JunitCase {
    enum class Outcome { passed, failure, error, skipped };

    std::string class_name, name;
    std::string path;
    unsigned line = 0;  // 0: none
    Outcome outcome = Outcome::passed;
    std::string type, message, text;
};

struct JunitSuite {
    std::string name;
    std::vector<std::pair<std::string, std::string>> properties;
    std::vector<JunitCase> cases;
};

/// The whole report. `now`: seconds since 1970 UTC.
void write_suites(const std::vector<JunitSuite>& suites, std::int64_t now, std::ostream& out);

}  // namespace lockstep::report
