#include "release_lab/expectations.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string_view>

#include "support/peer.h"

namespace lockstep::release_lab {

namespace {

std::string_view to_string(End end) {
    if (end == End::released) return "released";
    return end == End::traceless ? "traceless" : "burned";
}

void expect(const Lab& lab, End end, const std::string& tag) {
    for (const std::string& problem : problems_of(lab, end, tag))
        ADD_FAILURE() << tag << " is not " << to_string(end) << ": " << problem;
}

}  // namespace

std::vector<std::string> problems_of(const Lab& lab, End end, const std::string& tag) {
    const std::string script = LOCKSTEP_TEST_DIR "/release_lab/final_state.py";
    std::vector<std::string> argv = {
        "env",  "PYTHONDONTWRITEBYTECODE=1", "python3",
        script, lab.description(),           std::string(to_string(end)),
        tag};
    if (end != End::released) argv.push_back(lab.branch_before());
    std::istringstream said(testing::run_tool(argv));
    std::vector<std::string> problems;
    for (std::string line; std::getline(said, line);) problems.push_back(line);
    return problems;
}

void expect_released(const Lab& lab, const std::string& tag) {
    expect(lab, End::released, tag);
}
void expect_traceless(const Lab& lab, const std::string& tag) {
    expect(lab, End::traceless, tag);
}
void expect_burned(const Lab& lab, const std::string& tag) {
    expect(lab, End::burned, tag);
}

}  // namespace lockstep::release_lab
