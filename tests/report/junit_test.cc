#include <sstream>

#include "os/subprocess.h"
#include "report/report.h"
#include "report/sample.h"
#include "support/golden.h"

namespace lockstep::report {
namespace {

using lockstep::testing::expect_golden;

std::string junit_of(const verify::Audit& audit) {
    std::ostringstream out;
    write(audit, Format::junit, {.now = 1'700'000'000}, out);
    return out.str();
}

TEST(JunitReport, ShowsEveryVerdictAndFault) {
    expect_golden("report/every_fault.xml", junit_of(testing::every_fault()->audit()));
}

TEST(JunitReport, IsXmlWhoseCountsAgree) {
    constexpr const char* program = R"(
import sys, xml.etree.ElementTree as tree
top = tree.fromstring(sys.stdin.buffer.read())
names = set()
for suite in top:
    cases = suite.findall("testcase")
    for name, found in ("tests", cases), ("failures", suite.findall("testcase/failure")), \
                       ("errors", suite.findall("testcase/error")), ("skipped", suite.findall("testcase/skipped")):
        assert int(suite.get(name)) == len(found), (suite.get("name"), name)
    for case in cases:
        key = suite.get("name"), case.get("classname"), case.get("name")
        assert key not in names, key
        names.add(key)
for name in "tests", "failures", "errors", "skipped":
    assert int(top.get(name)) == sum(int(suite.get(name)) for suite in top), name
print(top.get("tests"), "cases in", len(top), "suites")
)";
    const std::string text = junit_of(testing::every_fault()->audit());
    const auto ran = os::run({.argv = {"python3", "-c", program}}, {.input = text});
    if (!ran) GTEST_SKIP() << "needs python3: " << to_string(ran.error());
    EXPECT_EQ(ran->out + ran->err, "32 cases in 9 suites\n");
}

}  // namespace
}  // namespace lockstep::report
