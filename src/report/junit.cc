#include <map>

#include "report/formats.h"
#include "report/junit_suite.h"
#include "report/printable.h"
#include "report/releases.h"
#include "verify/finding.h"

// One suite for each release, one case for each judged declaration and for each thing that could
// not be read. A case that was not judged is skipped or an error, never passed.
namespace lockstep::report {

namespace {

using verify::Fault;
using verify::Finding;
using verify::Verdict;

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

JunitCase case_of(const verify::ReleaseVerdict& release, const verify::Judged& judged) {
    const manifest::Declaration& declaration = *judged.declaration;
    JunitCase test{class_name(declaration.surface, declaration.root),
                   name_of(declaration),
                   declaration.at.path,
                   declaration.at.line,
                   JunitCase::Outcome::passed,
                   {},
                   {},
                   {}};
    if (judged.verdict == Verdict::consistent) return test;
    if (judged.rule != nullptr && judged.severity != verify::Severity::note) {
        const Finding finding(release, judged);
        test.outcome = JunitCase::Outcome::failure;
        test.type = finding.rule();
        test.message = finding.message();
        test.text = text_of(finding);
        return test;
    }
    test.outcome = JunitCase::Outcome::skipped;
    test.message = reason_to_skip(judged);
    return test;
}

/// Of something that could not be read.
JunitCase case_of(const Finding& finding) {
    const std::string about = "can be rendered";
    const Location at = finding.at();
    JunitCase test;
    test.class_name = class_name(finding.surface(), finding.root());
    test.name = at.path.empty() ? about : at.path + ": " + about;
    test.path = at.path;
    test.line = at.line;
    test.outcome = JunitCase::Outcome::error;
    test.type = finding.rule();
    test.message = finding.message();
    test.text = text_of(finding);
    return test;
}

/// Of an image that its registry was asked for, or that is at fault without that.
JunitCase case_of(const verify::ReleaseVerdict& release, const verify::JudgedImage& image) {
    const manifest::Declaration& place = *image.places.front();
    JunitCase test{"lockstep.image",
                   image.reference,
                   place.at.path,
                   place.at.line,
                   JunitCase::Outcome::passed,
                   {},
                   {},
                   {}};
    for (const verify::ImageFault& fault : image.faults) {
        if (fault.severity == verify::Severity::note) continue;
        const Finding finding(release, image, fault, place);
        if (test.outcome != JunitCase::Outcome::failure) {
            test.type = finding.rule();
            test.message = finding.message();
        }
        test.outcome = JunitCase::Outcome::failure;
        test.text += text_of(finding);
    }
    if (test.outcome == JunitCase::Outcome::failure || image.state == verify::ImageState::proved)
        return test;
    test.outcome = JunitCase::Outcome::skipped;
    test.message =
        std::string(to_string(image.state)) + (image.reason.empty() ? "" : ": " + image.reason);
    return test;
}

/// Of a release that has a record.
JunitCase case_of(const verify::ReleaseVerdict& release, const verify::JudgedRecord& record) {
    JunitCase test;
    test.class_name = "lockstep.record";
    test.name = "is as it was recorded";
    for (const verify::RecordFault& fault : record.faults) {
        const bool is_unread = fault.fault == verify::Fault::not_rendered;
        if (!is_unread && fault.severity == verify::Severity::note) continue;
        const Finding finding(release, fault);
        const bool is_worst = test.outcome == JunitCase::Outcome::passed ||
                              (test.outcome == JunitCase::Outcome::error && !is_unread);
        if (is_worst) {
            test.outcome = is_unread ? JunitCase::Outcome::error : JunitCase::Outcome::failure;
            test.type = finding.rule();
            test.message = finding.message();
        }
        test.text += text_of(finding);
    }
    if (test.outcome != JunitCase::Outcome::passed || record.unchecked.empty()) return test;
    test.outcome = JunitCase::Outcome::skipped;
    test.message = "not checked: " + record.unchecked.front().reference + ": " +
                   record.unchecked.front().reason;
    return test;
}

/// Names must differ within a suite: the second of one name gets a number.
void make_unique(std::vector<JunitCase>& cases) {
    std::map<std::pair<std::string, std::string>, unsigned> seen;
    for (JunitCase& test : cases) {
        const unsigned count = ++seen[{test.class_name, test.name}];
        if (count > 1) test.name += " (" + std::to_string(count) + ")";
    }
}

std::vector<JunitCase> cases_of(const verify::ReleaseVerdict& release, bool is_asked) {
    std::vector<JunitCase> cases;
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

JunitSuite suite_of(const verify::ReleaseVerdict& verdict, bool is_asked) {
    const evidence::Release& release = *verdict.release;
    JunitSuite suite{"lockstep." + release_name(release), {}, cases_of(verdict, is_asked)};
    suite.properties = {{"release", release_name(release)},
                        {"verdict", to_string(verdict.verdict)}};
    if (!release.commit.empty()) suite.properties.emplace_back("commit", release.commit);
    if (const std::string time = timestamp_of(release.time); !time.empty())
        suite.properties.emplace_back("released", time);
    return suite;
}

}  // namespace

void write_junit(const verify::Audit& audit, const Options& options, std::ostream& out) {
    std::vector<JunitSuite> suites;
    for (const verify::ReleaseVerdict* release : judged_releases(audit))
        suites.push_back(suite_of(*release, audit.asked_registries));
    write_suites(suites, options.now, out);
}

}  // namespace lockstep::report
