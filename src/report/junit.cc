#include <map>
#include <ostream>

#include "report/formats.h"
#include "report/printable.h"
#include "report/releases.h"
#include "report/xml.h"
#include "verify/finding.h"

// One suite for each release, one case for each judged declaration and for each thing that could
// not be read. A case that was not judged is skipped or an error, never passed.
namespace lockstep::report {

namespace {

using verify::Fault;
using verify::Finding;
using verify::Verdict;

enum class Outcome { passed, failure, error, skipped };

struct Case {
    std::string class_name, name;
    std::string path;
    unsigned line = 0;
    Outcome outcome = Outcome::passed;
    std::string type, message, text;
};

struct Counts {
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

    void add(const Case& test) {
        ++tests;
        failures += test.outcome == Outcome::failure;
        errors += test.outcome == Outcome::error;
        skipped += test.outcome == Outcome::skipped;
    }
    void add(const Counts& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
    }
};

std::string class_name(manifest::Surface surface, const std::string& root) {
    std::string name = std::string("lockstep.") + to_string(surface);
    if (!root.empty()) name += "." + root;
    return name;
}

/// Says what is judged and not where: it stays the same when lines move.
std::string name_of(const manifest::Declaration& declaration) {
    std::string name = declaration.at.path + ": ";
    if (!declaration.object.kind.empty())
        name += declaration.object.kind + " " + declaration.object.name + " ";
    if (!declaration.field.empty()) name += declaration.field + " ";
    switch (declaration.subject) {
        case manifest::Subject::image:
            return name + declaration.image;
        case manifest::Subject::chart_version:
            return name + "version of chart " + declaration.image;
        case manifest::Subject::app_version:
            return name + "appVersion of chart " + declaration.image;
        case manifest::Subject::object_version:
            return name + "version of " + declaration.image;
        case manifest::Subject::remote_ref:
            return name + "reference to " + declaration.image;
    }
    return name;
}

const char* reason_to_skip(const verify::Judged& judged) {
    switch (judged.fault) {
        case Fault::independent:
            return "it has versions of its own and is judged at those";
        case Fault::placeholder:
            return "a placeholder: it is the same in every release";
        case Fault::intended:
            return "it floats, and the configuration says that it may";
        case Fault::digest_only:
            return "not checked: pinned by digest alone, which names no version";
        case Fault::same_digest:
            return "not checked: an earlier release declares the same digest";
        default:
            return judged.verdict == Verdict::unchecked
                       ? "not checked"
                       : "it differs, but its rule is off or only notes it";
    }
}

/// No line of it begins with foreign text: printed in a workflow's log, that could be a command.
std::string text_of(const Finding& finding) {
    const std::string place = printable(to_string(finding.at()));
    std::string text = (place.empty() ? "" : place + ": ") + printable(finding.message()) + "\n";
    if (!finding.excerpt().empty()) text += "| " + printable(finding.excerpt()) + "\n";
    if (!finding.expected().empty()) text += "expected: " + printable(finding.expected()) + "\n";
    if (!finding.hint().empty()) text += "hint: " + printable(finding.hint()) + "\n";
    return text;
}

Case case_of(const verify::ReleaseVerdict& release, const verify::Judged& judged) {
    const manifest::Declaration& declaration = *judged.declaration;
    Case test{class_name(declaration.surface, declaration.root),
              name_of(declaration),
              declaration.at.path,
              declaration.at.line,
              Outcome::passed,
              {},
              {},
              {}};
    if (judged.verdict == Verdict::consistent) return test;
    if (judged.rule != nullptr && judged.severity != verify::Severity::note) {
        const Finding finding(release, judged);
        test.outcome = Outcome::failure;
        test.type = finding.rule();
        test.message = finding.message();
        test.text = text_of(finding);
        return test;
    }
    test.outcome = Outcome::skipped;
    test.message = reason_to_skip(judged);
    return test;
}

/// Of something that could not be read.
Case case_of(const Finding& finding) {
    const std::string about = "can be rendered";
    const Location at = finding.at();
    Case test;
    test.class_name = class_name(finding.surface(), finding.root());
    test.name = at.path.empty() ? about : at.path + ": " + about;
    test.path = at.path;
    test.line = at.line;
    test.outcome = Outcome::error;
    test.type = finding.rule();
    test.message = finding.message();
    test.text = text_of(finding);
    return test;
}

/// Of an image that its registry was asked for, or that is at fault without that.
Case case_of(const verify::ReleaseVerdict& release, const verify::JudgedImage& image) {
    const manifest::Declaration& place = *image.places.front();
    Case test{"lockstep.image",
              image.reference,
              place.at.path,
              place.at.line,
              Outcome::passed,
              {},
              {},
              {}};
    for (const verify::ImageFault& fault : image.faults) {
        if (fault.severity == verify::Severity::note) continue;
        const Finding finding(release, image, fault, place);
        if (test.outcome != Outcome::failure) {
            test.type = finding.rule();
            test.message = finding.message();
        }
        test.outcome = Outcome::failure;
        test.text += text_of(finding);
    }
    if (test.outcome == Outcome::failure || image.state == verify::ImageState::proved) return test;
    test.outcome = Outcome::skipped;
    test.message =
        std::string(to_string(image.state)) + (image.reason.empty() ? "" : ": " + image.reason);
    return test;
}

/// Of a release that has a record.
Case case_of(const verify::ReleaseVerdict& release, const verify::JudgedRecord& record) {
    Case test;
    test.class_name = "lockstep.record";
    test.name = "is as it was recorded";
    for (const verify::RecordFault& fault : record.faults) {
        const bool is_unread = fault.fault == verify::Fault::not_rendered;
        if (!is_unread && fault.severity == verify::Severity::note) continue;
        const Finding finding(release, fault);
        const bool is_worst =
            test.outcome == Outcome::passed || (test.outcome == Outcome::error && !is_unread);
        if (is_worst) {
            test.outcome = is_unread ? Outcome::error : Outcome::failure;
            test.type = finding.rule();
            test.message = finding.message();
        }
        test.text += text_of(finding);
    }
    if (test.outcome != Outcome::passed || record.unchecked.empty()) return test;
    test.outcome = Outcome::skipped;
    test.message = "not checked: " + record.unchecked.front().reference + ": " +
                   record.unchecked.front().reason;
    return test;
}

/// Names must differ within a suite: the second of one name gets a number.
void make_unique(std::vector<Case>& cases) {
    std::map<std::pair<std::string, std::string>, unsigned> seen;
    for (Case& test : cases) {
        const unsigned count = ++seen[{test.class_name, test.name}];
        if (count > 1) test.name += " (" + std::to_string(count) + ")";
    }
}

std::vector<Case> cases_of(const verify::ReleaseVerdict& release, bool is_asked) {
    std::vector<Case> cases;
    for (const verify::Judged& judged : release.declarations)
        cases.push_back(case_of(release, judged));
    for (const verify::Unread& unread : release.unread)
        cases.push_back(case_of(Finding(release, unread)));
    for (const verify::JudgedImage& image : release.images)
        if (is_asked || !image.faults.empty()) cases.push_back(case_of(release, image));
    if (release.record) cases.push_back(case_of(release, *release.record));
    make_unique(cases);
    return cases;
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

void write_case(const Case& test, std::ostream& out) {
    out << "    <testcase" << attribute("classname", test.class_name)
        << attribute("name", test.name);
    if (!test.path.empty()) out << attribute("file", test.path);
    if (test.line != 0) out << attribute("line", std::to_string(test.line));
    out << attribute("time", "0");
    if (test.outcome == Outcome::passed) {
        out << "/>\n";
        return;
    }
    if (test.outcome == Outcome::skipped) {
        out << "><skipped" << attribute("message", test.message) << "/></testcase>\n";
        return;
    }
    const char* const element = test.outcome == Outcome::failure ? "failure" : "error";
    out << ">\n      <" << element << attribute("type", test.type)
        << attribute("message", test.message) << ">" << xml_escaped(test.text) << "</" << element
        << ">\n    </testcase>\n";
}

struct Suite {
    std::string name;
    std::vector<std::pair<std::string, std::string>> properties;
    std::vector<Case> cases;

    Counts counts() const {
        Counts counts;
        for (const Case& test : cases) counts.add(test);
        return counts;
    }
};

/// Jenkins reads no time zone.
std::string without_zone(std::string timestamp) {
    if (timestamp.ends_with('Z')) timestamp.pop_back();
    return timestamp;
}

Suite suite_of(const verify::ReleaseVerdict& verdict, bool is_asked) {
    const evidence::Release& release = *verdict.release;
    Suite suite{"lockstep." + release_name(release), {}, cases_of(verdict, is_asked)};
    suite.properties = {{"release", release_name(release)},
                        {"verdict", to_string(verdict.verdict)}};
    if (!release.commit.empty()) suite.properties.emplace_back("commit", release.commit);
    if (const std::string time = timestamp_of(release.time); !time.empty())
        suite.properties.emplace_back("released", time);
    return suite;
}

void write_suite(const Suite& suite, const std::string& timestamp, std::ostream& out) {
    out << "  <testsuite" << attribute("name", suite.name) << attributes(suite.counts());
    if (!timestamp.empty()) out << attribute("timestamp", timestamp);
    out << ">\n";
    if (!suite.properties.empty()) {
        out << "    <properties>\n";
        for (const auto& [name, value] : suite.properties)
            out << "      <property" << attribute("name", name) << attribute("value", value)
                << "/>\n";
        out << "    </properties>\n";
    }
    for (const Case& test : suite.cases) write_case(test, out);
    out << "  </testsuite>\n";
}

}  // namespace

void write_junit(const verify::Audit& audit, const Options& options, std::ostream& out) {
    std::vector<Suite> suites;
    for (const verify::ReleaseVerdict* release : judged_releases(audit))
        suites.push_back(suite_of(*release, audit.asked_registries));
    Counts total;
    for (const Suite& suite : suites) total.add(suite.counts());
    const std::string timestamp = without_zone(timestamp_of(options.now));
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"
        << attribute("name", "lockstep") << attributes(total) << ">\n";
    for (const Suite& suite : suites) write_suite(suite, timestamp, out);
    out << "</testsuites>\n";
}

}  // namespace lockstep::report
