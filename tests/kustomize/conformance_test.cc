#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "kustomize/case_tree.h"
#include "kustomize/render.h"

namespace lockstep::kustomize {
namespace {

// Raise it whenever more cases pass; it never goes down.
constexpr int least_passes = 1153;

enum class Outcome { pass, wrong, refused, error };

struct Judged {
    Outcome outcome;
    std::string detail;
};

Result<std::string> build(const testing::ConformanceCase& one, const Options& options) {
    const Rendering rendering = TRY(render(one.tree, one.directory, options));
    return print(rendering);
}

Judged judge(const testing::ConformanceCase& one) {
    const std::optional<Options> options = testing::case_options(one);
    if (!options) return {Outcome::refused, "a flag that is not known here"};
    const Result<std::string> printed = build(one, *options);
    if (!one.expected)
        return printed.has_value() ? Judged{Outcome::wrong, "accepted what kustomize refuses"}
                                   : Judged{Outcome::pass, to_string(printed.error())};
    if (printed.has_value())
        return *printed == *one.expected ? Judged{Outcome::pass, ""}
                                         : Judged{Outcome::wrong, *printed};
    const bool refused = printed.error().kind == Error::Kind::unsupported;
    return {refused ? Outcome::refused : Outcome::error, to_string(printed.error())};
}

const char* name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::pass:
            return "pass";
        case Outcome::wrong:
            return "wrong";
        case Outcome::refused:
            return "refused";
        case Outcome::error:
            return "error";
    }
    return "";
}

/// Every case of the corpus: the bytes of kustomize 5.8.2, or a refusal, never other bytes.
/// LOCKSTEP_CONFORMANCE_REPORT names a file for the outcome of each case.
TEST(Conformance, PrintsTheBytesOfKustomizeOrRefuses) {
    const std::filesystem::path folder = testing::conformance_folder();
    if (folder.empty()) GTEST_SKIP() << "the conformance corpus does not stand beside the checkout";
    const char* const report_path = std::getenv("LOCKSTEP_CONFORMANCE_REPORT");
    std::ofstream report;
    if (report_path != nullptr) report.open(report_path);
    std::map<Outcome, int> counts;
    for (testing::ConformanceCase& one : testing::conformance_index(folder)) {
        testing::load_case(folder, one);
        const Judged judged = judge(one);
        ++counts[judged.outcome];
        if (judged.outcome == Outcome::wrong)
            ADD_FAILURE() << one.name << ": wrong output\n" << judged.detail;
        std::string line = judged.detail.substr(0, judged.detail.find('\n'));
        report << name_of(judged.outcome) << '\t' << one.name << '\t' << one.features << '\t'
               << line << '\n';
    }
    std::cout << "conformance: " << counts[Outcome::pass] << " pass, " << counts[Outcome::refused]
              << " refused, " << counts[Outcome::error] << " error, " << counts[Outcome::wrong]
              << " wrong\n";
    EXPECT_EQ(counts[Outcome::wrong], 0);
    EXPECT_GE(counts[Outcome::pass], least_passes);
}

}  // namespace
}  // namespace lockstep::kustomize
