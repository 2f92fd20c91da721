#include "report/junit_suite.h"

#include <ostream>
#include <string_view>

#include "report/printable.h"
#include "report/releases.h"
#include "report/xml.h"

namespace lockstep::report {

namespace {

struct Counts {
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

    void add(const JunitCase& test) {
        ++tests;
        failures += test.outcome == JunitCase::Outcome::failure;
        errors += test.outcome == JunitCase::Outcome::error;
        skipped += test.outcome == JunitCase::Outcome::skipped;
    }
    void add(const Counts& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
    }
};

Counts counts_of(const JunitSuite& suite) {
    Counts counts;
    for (const JunitCase& test : suite.cases) counts.add(test);
    return counts;
}

std::string attribute(std::string_view name, std::string_view value) {
    return std::string(" ").append(name) + "=\"" + xml_escaped(printable(value)) + "\"";
}

std::string attributes(const Counts& counts) {
    return attribute("tests", std::to_string(counts.tests)) +
           attribute("failures", std::to_string(counts.failures)) +
           attribute("errors", std::to_string(counts.errors)) +
           attribute("skipped", std::to_string(counts.skipped)) + attribute("time", "0");
}

void write_case(const JunitCase& test, std::ostream& out) {
    out << "    <testcase" << attribute("classname", test.class_name)
        << attribute("name", test.name);
    if (!test.path.empty()) out << attribute("file", test.path);
    if (test.line != 0) out << attribute("line", std::to_string(test.line));
    out << attribute("time", "0");
    if (test.outcome == JunitCase::Outcome::passed) {
        out << "/>\n";
        return;
    }
    if (test.outcome == JunitCase::Outcome::skipped) {
        out << "><skipped" << attribute("message", test.message) << "/></testcase>\n";
        return;
    }
    const char* const element = test.outcome == JunitCase::Outcome::failure ? "failure" : "error";
    out << ">\n      <" << element << attribute("type", test.type)
        << attribute("message", test.message) << ">" << xml_escaped(test.text) << "</" << element
        << ">\n    </testcase>\n";
}

/// Jenkins reads no time zone.
std::string without_zone(std::string timestamp) {
    if (timestamp.ends_with('Z')) timestamp.pop_back();
    return timestamp;
}

void write_suite(const JunitSuite& suite, const std::string& timestamp, std::ostream& out) {
    out << "  <testsuite" << attribute("name", suite.name) << attributes(counts_of(suite));
    if (!timestamp.empty()) out << attribute("timestamp", timestamp);
    out << ">\n";
    if (!suite.properties.empty()) {
        out << "    <properties>\n";
        for (const auto& [name, value] : suite.properties)
            out << "      <property" << attribute("name", name) << attribute("value", value)
                << "/>\n";
        out << "    </properties>\n";
    }
    for (const JunitCase& test : suite.cases) write_case(test, out);
    out << "  </testsuite>\n";
}

}  // namespace

void write_suites(const std::vector<JunitSuite>& suites, std::int64_t now, std::ostream& out) {
    Counts total;
    for (const JunitSuite& suite : suites) total.add(counts_of(suite));
    const std::string timestamp = without_zone(timestamp_of(now));
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"
        << attribute("name", "lockstep") << attributes(total) << ">\n";
    for (const JunitSuite& suite : suites) write_suite(suite, timestamp, out);
    out << "</testsuites>\n";
}

}  // namespace lockstep::report
