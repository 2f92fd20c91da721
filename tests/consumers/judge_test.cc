#include "consumers/judge.h"

#include <gtest/gtest.h>

namespace lockstep::consumers {
namespace {

Pin pin(std::string revision, Form form = Form::named) {
    return {.source = Source::flux_git,
            .place = {.at = {"a.yaml", 1, 2}, .excerpt = {}},
            .object = {},
            .url = "https://github.com/acme/kite",
            .repository = "github.com/acme/kite",
            .chart = {},
            .revision = std::move(revision),
            .form = form,
            .overrides = {}};
}

Override over(std::string image, std::string tag) {
    return {.image = std::move(image),
            .tag = std::move(tag),
            .digest = {},
            .place = {.at = {"a.yaml", 3, 4}, .excerpt = {}}};
}

SeenRelease release(verify::Verdict verdict, std::string tag = "v1.2.0") {
    return {.state = SeenRelease::State::found,
            .reason = {},
            .tag = std::move(tag),
            .version = {},
            .verdict = verdict,
            .finding = "a finding",
            .own_images = {"registry.example.com/acme/kite"}};
}

/// The verdict of one pin, its overrides, and the exit status.
std::string judged(const Pin& one, const std::optional<SeenRelease>& seen) {
    const Found found{.pins = {one}, .gaps = {}};
    SeenReleases releases;
    if (seen) releases.emplace(key_of(one), *seen);
    const Scan scan = judge(found, releases);
    std::string text = to_string(scan.pins[0].verdict);
    for (const JudgedOverride& each : scan.pins[0].overrides)
        text += std::string(", ") + to_string(each.verdict);
    return text + " " + std::to_string(exit_status(scan));
}

TEST(Consumers, PinsAreWhatTheAuditOfTheirReleaseSays) {
    EXPECT_EQ(judged(pin("v1.2.0"), release(verify::Verdict::consistent)), "fine 0");
    EXPECT_EQ(judged(pin("v1.2.0"), release(verify::Verdict::drifted)), "drifted 1");
    EXPECT_EQ(judged(pin("v1.2.0"), release(verify::Verdict::unchecked)), "unchecked 3");
    EXPECT_EQ(judged(pin("v1.2.0"), release(verify::Verdict::absent)), "unchecked 3");
}

TEST(Consumers, WhatIsNotKnownIsNeverFine) {
    EXPECT_EQ(judged(pin("v1.2.0"), std::nullopt), "unchecked 3");
    EXPECT_EQ(judged(pin("v1.2.0"), SeenRelease{}), "unchecked 3");
    EXPECT_EQ(judged(pin("v1.2.0"), SeenRelease{.state = SeenRelease::State::withdrawn}),
              "withdrawn 1");
    EXPECT_EQ(exit_status(judge({.pins = {}, .gaps = {{}}}, {})), 3);
}

TEST(Consumers, WhatMovesIsSaidToFloat) {
    for (const Form form : {Form::range, Form::branch, Form::none, Form::templated})
        EXPECT_EQ(judged(pin("x", form), std::nullopt), "floating 0");
    Pin branch = pin("main");
    branch.overrides = {over("registry.example.com/acme/kite", "v1.1.0")};
    EXPECT_EQ(judged(branch, SeenRelease{.state = SeenRelease::State::floating}), "floating 0");
}

TEST(Consumers, OwnImagesMustHaveTheVersionThatIsPinned) {
    const auto with = [](Override each) {
        Pin one = pin("v1.2.0");
        one.overrides = {std::move(each)};
        return judged(one, release(verify::Verdict::consistent));
    };
    EXPECT_EQ(with(over("registry.example.com/acme/kite", "v1.2.0")), "fine, fine 0");
    EXPECT_EQ(with(over("mirror.example.com/acme/kite", "1.2.0")), "fine, fine 0");
    EXPECT_EQ(with(over("registry.example.com/acme/kite", "v1.1.0")), "fine, overridden 1");
    EXPECT_EQ(with(over("registry.example.com/acme/kite", "latest")), "fine, overridden 1");
    EXPECT_EQ(with(over("docker.io/library/redis", "7")), "fine 0");
    Override by_digest = over("registry.example.com/acme/kite", "");
    by_digest.digest = "sha256:00";
    EXPECT_EQ(with(by_digest), "fine, unchecked 3");
}

TEST(Consumers, TheVersionOfAChartIsNotThatOfItsImages) {
    Pin chart = pin("0.4.0", Form::tag);
    chart.chart = "kite";
    chart.overrides = {over("", "v1.2.0")};
    SeenRelease seen = release(verify::Verdict::consistent, "kite-chart-0.4.0");
    EXPECT_EQ(judged(chart, seen), "fine, unchecked 3");
    seen.image_version = "1.2.0";
    EXPECT_EQ(judged(chart, seen), "fine, fine 0");
    seen.image_version = "1.1.0";
    EXPECT_EQ(judged(chart, seen), "fine, overridden 1");
}

}  // namespace
}  // namespace lockstep::consumers
