#include "report/deployed.h"

#include <gtest/gtest.h>

#include <sstream>

#include "report/json_schema.h"

namespace lockstep::report {
namespace {

using verify::DeployedVerdict;
using verify::RunningImage;

std::string digest(char c) {
    return "sha256:" + std::string(64, c);
}

const evidence::Deployed& seen() {
    static const evidence::Deployed deployed = {
        .server = "https://10.0.0.1:6443",
        .context = "prod",
        .unread = {{"jobs in namespace `b`", "the cluster answers 403: no", "ask"}}};
    return deployed;
}

RunningImage running(RunningImage::State state, char c, std::vector<std::string> releases) {
    RunningImage image;
    image.state = state;
    image.image_id = "app@" + digest(c);
    image.id = verify::read_image_id(image.image_id);
    image.releases = std::move(releases);
    if (!image.releases.empty()) image.known_by = "record";
    image.pods = {"app-1", "app-2"};
    image.revisions = {"5d4"};
    return image;
}

verify::DeployedAudit audit() {
    verify::DeployedAudit audit;
    audit.deployed = &seen();
    audit.foreign = 3;
    audit.assumptions = {"own images by name: `app`"};
    const auto add = [&](const std::string& name, DeployedVerdict verdict,
                         std::vector<RunningImage> images, std::string reason) {
        audit.workloads.push_back({.name_space = "a",
                                   .kind = "Deployment",
                                   .name = name,
                                   .pods = 2,
                                   .containers = {{.name = "main",
                                                   .project = "app",
                                                   .declared = "app:v1.1.0",
                                                   .expected = "v1.1.0",
                                                   .expected_by = "declared",
                                                   .verdict = verdict,
                                                   .running = std::move(images),
                                                   .reason = std::move(reason),
                                                   .hint = ""}},
                                   .verdict = verdict});
    };
    using State = RunningImage::State;
    add("fine", DeployedVerdict::in_lockstep, {running(State::right, 'a', {"v1.1.0"})}, "");
    add("late", DeployedVerdict::drifted, {running(State::other_release, 'b', {"v1.0.0"})},
        "runs `v1.0.0`");
    add("odd\x1b[2J", DeployedVerdict::unknown_digest, {running(State::unknown_digest, 'c', {})},
        "runs what is no known release");
    add("slow", DeployedVerdict::unchecked, {RunningImage{.pods = {"app-9"}, .reason = "no image"}},
        "no image");
    return audit;
}

std::string shown(Format format, DeployedOptions options = {}) {
    options.tool_version = "0.1.0";
    std::ostringstream out;
    write_deployed(audit(), format, options, out);
    return out.str();
}

TEST(DeployedReport, FollowsItsSchema) {
    const testing::Validation valid =
        testing::validate("schemas/deployed.schema.json", shown(Format::json));
    if (!valid.is_there) GTEST_SKIP() << "needs python3 with the package jsonschema";
    EXPECT_TRUE(valid.is_valid) << valid.faults;
    const testing::Validation wrong =
        testing::validate("schemas/deployed.schema.json", R"({"schemaVersion": "1.0"})");
    EXPECT_FALSE(wrong.is_valid);
}

TEST(DeployedReport, CountsCasesAndKeepsUncheckedFromPassing) {
    const std::string text = shown(Format::junit);
    EXPECT_TRUE(text.contains("tests=\"5\" failures=\"2\" errors=\"2\" skipped=\"0\"")) << text;
    EXPECT_FALSE(text.contains('\x1b'));
}

TEST(DeployedReport, LetsNothingReachTheTerminalAsACommand) {
    const std::string text = shown(Format::text, {.verbose = true});
    EXPECT_FALSE(text.contains('\x1b')) << text;
    EXPECT_TRUE(
        text.contains("4 workloads: 1 in lockstep, 1 unchecked, 1 unknown digest, "
                      "1 drifted; 3 without one\n"))
        << text;
}

TEST(DeployedReport, SaysWhatChangedBetweenTwoLooks) {
    const verify::DeployedAudit before = audit();
    verify::DeployedAudit after = audit();
    EXPECT_EQ(changes_between(before, after), "");
    after.workloads[1].containers[0].verdict = DeployedVerdict::in_lockstep;
    after.workloads[1].containers[0].reason.clear();
    after.workloads.erase(after.workloads.begin());
    EXPECT_EQ(changes_between(before, after),
              "a Deployment/late, container main: ✓ in lockstep v1.1.0\n"
              "a Deployment/fine, container main: gone\n");
}

}  // namespace
}  // namespace lockstep::report
