#include <map>

#include "report/deployed.h"
#include "report/junit_suite.h"

namespace lockstep::report {

namespace {

using verify::DeployedVerdict;

std::string text_of(const verify::JudgedContainer& container) {
    std::string text = "declared: " + container.declared + "\n";
    if (!container.expected.empty())
        text += "expected: " + container.expected + " (" + container.expected_by + ")\n";
    for (const verify::RunningImage& image : container.running) {
        text += "runs: " + title_of(image) + " " + image.id.digest + "\n";
        for (const std::string& pod : image.pods) text += "  in " + pod + "\n";
    }
    if (!container.hint.empty()) text += "hint: " + container.hint + "\n";
    return text;
}

JunitCase case_of(const verify::JudgedWorkload& workload,
                  const verify::JudgedContainer& container) {
    using enum JunitCase::Outcome;
    JunitCase test;
    test.class_name = "lockstep.deployed." + workload.name_space;
    test.name = title_of(workload, container);
    if (container.verdict <= DeployedVerdict::idle) return test;
    test.outcome = container.verdict == DeployedVerdict::unchecked ? error : failure;
    test.type = verify::to_string(container.verdict);
    test.message = container.reason;
    test.text = text_of(container);
    return test;
}

JunitCase case_of(const evidence::UnreadObjects& unread) {
    JunitCase test;
    test.class_name = "lockstep.deployed";
    test.name = unread.what + " can be read";
    test.outcome = JunitCase::Outcome::error;
    test.type = "unchecked";
    test.message = unread.reason;
    return test;
}

}  // namespace

void write_deployed_junit(const verify::DeployedAudit& audit, const DeployedOptions& options,
                          std::ostream& out) {
    std::map<std::string, JunitSuite> by_namespace;
    for (const verify::JudgedWorkload& workload : audit.workloads) {
        JunitSuite& suite = by_namespace[workload.name_space];
        suite.name = "lockstep.deployed." + workload.name_space;
        for (const verify::JudgedContainer& container : workload.containers)
            suite.cases.push_back(case_of(workload, container));
    }
    std::vector<JunitSuite> suites;
    for (auto& [name, suite] : by_namespace) suites.push_back(std::move(suite));
    if (!audit.deployed->unread.empty()) {
        JunitSuite& suite = suites.emplace_back();
        suite.name = "lockstep.deployed";
        for (const evidence::UnreadObjects& unread : audit.deployed->unread)
            suite.cases.push_back(case_of(unread));
    }
    write_suites(suites, options.now, out);
}

}  // namespace lockstep::report
