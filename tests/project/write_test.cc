#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "project/project.h"

namespace lockstep::project {
namespace {

version::TagPattern pattern(std::string_view text) {
    return *version::TagPattern::parse(text);
}

Project parsed(const std::string& text) {
    Result<Project> project = parse("lockstep.yaml", std::make_shared<const std::string>(text));
    EXPECT_TRUE(project.has_value()) << to_string(project.error()) << "\n" << text;
    if (!project.has_value()) return {};
    project->source.clear();
    return *std::move(project);
}

Project kite() {
    Project project;
    project.name = "kite";
    project.images = {
        {"ghcr.io/acme/kite", {"quay.io/acme/kite"}, {"quay.io"}, pattern("v{version}")},
        {"ghcr.io/acme/agent", {}, {}, {}, Image::Labels::required}};
    project.registries = {{"ghcr.io", "images", {"https://mirror.example/ghcr.io"}, ""},
                          {"quay.io", "", {}, "moved to ghcr.io"}};
    project.tags = {pattern("v{version}")};
    project.ignored_tags = {"v0.0.0-*"};
    project.charts = {{"charts/kite", pattern("kite-chart-{version}"), {}, pattern("v{version}")},
                      {"", {}, {}, {}}};
    project.paths = {{"config/**", PathRule::Expect::floating, "a release asset"},
                     {"test", PathRule::Expect::ignored, ""}};
    project.texts = {{"README.md", {"?ref=v{version}"}}, {"docs/**", {}}};
    project.fields = {{"RELATED_IMAGE_*"}, {"--image"}, {"spec.images[].ref"}};
    project.rules = {{"declared-version", "error"}, {"text-version", "off"}};
    return project;
}

TEST(Write, PrintsWhatPeopleWouldHaveWritten) {
    EXPECT_EQ(
        write(kite(), {{"name", "from the URL of remote origin"},
                       {"images[0]", "named by kubernetes/base/kustomization.yaml\nin 29 releases"},
                       {"tags", "40 of 41 tags"},
                       {"paths[1]",
                        "bad\x01"
                        "byte"},
                       {"fields.environment[0]", "as operators do"},
                       {"rules.text-version", "too noisy"},
                       {"nowhere", "not shown"}}),
        R"(# yaml-language-server: $schema=)" + std::string(schema_url()) + R"(
# What is released together, and where its version is written down.

# from the URL of remote origin
name: kite

images:
  # named by kubernetes/base/kustomization.yaml
  # in 29 releases
  - name: ghcr.io/acme/kite
    aliases:
      - quay.io/acme/kite
    retired:
      - quay.io
    tag: "v{version}"
  - name: ghcr.io/acme/agent
    labels: required

registries:
  - name: ghcr.io
    layout: images
    mirrors:
      - "https://mirror.example/ghcr.io"
  - name: quay.io
    retired: "moved to ghcr.io"

# 40 of 41 tags
tags:
  - "v{version}"

ignoredTags:
  - "v0.0.0-*"

charts:
  - path: charts/kite
    tags: "kite-chart-{version}"
    appVersion: "v{version}"
  - path: "."

paths:
  - path: "config/**"
    expect: floating
    reason: "a release asset"
  # bad byte
  - path: test
    expect: ignored

texts:
  - path: README.md
    patterns:
      - "?ref=v{version}"
  - path: "docs/**"

fields:
  environment:
    # as operators do
    - "RELATED_IMAGE_*"
  arguments:
    - "--image"
  paths:
    - "spec.images[].ref"

rules:
  declared-version: error
  # too noisy
  text-version: "off"
)");
}

TEST(Write, SaysHowAReleaseIsMade) {
    Project project;
    project.images = {{"ghcr.io/acme/kite"}, {"ghcr.io/acme/agent"}};
    project.images[0].component = "server";
    project.images[0].build = {
        Build::Driver::command, {"make", "image, all"}, "", std::chrono::seconds(5430)};
    project.images[0].staging = "ghcr.io/acme/waiting";
    project.images[0].platforms = {"linux/amd64"};
    project.images[0].probe = {"sh", "-c", "hack/version"};
    project.images[1].build.driver = Build::Driver::external;
    project.charts = {{"charts/kite"}};
    project.charts[0].component = "server";
    project.charts[0].publish = "ghcr.io/acme/charts";
    project.release = {.branches = {"main"},
                       .mode = Release::Mode::digest,
                       .changelog = "CHANGELOG.md",
                       .aliases = {"v{major}"},
                       .may_add_entries = true};
    const std::string text = write(project, {{"release.mode", "as Helm users ask for"}});
    EXPECT_EQ(text.substr(text.find("\nimages:")), R"(
images:
  - name: ghcr.io/acme/kite
    component: server
    build: {command: [make, "image, all"], timeLimit: "1h30m30s"}
    staging: ghcr.io/acme/waiting
    platforms:
      - linux/amd64
    probe:
      - sh
      - "-c"
      - hack/version
  - name: ghcr.io/acme/agent
    build: {external: true}

charts:
  - path: charts/kite
    component: server
    publish: ghcr.io/acme/charts

release:
  branches:
    - main
  # as Helm users ask for
  mode: digest
  changelog: CHANGELOG.md
  aliases:
    - "v{major}"
  addEntries: true
)");
    EXPECT_EQ(parsed(text), project);
}

TEST(Write, IsReadAgainAsTheSameProject) {
    EXPECT_EQ(parsed(write(kite(), {})), kite());
    EXPECT_EQ(parsed(write({}, {})), Project{});
}

/// Texts that YAML could take for something else.
std::string difficult(std::mt19937& random) {
    static const std::vector<std::string> texts = {"kite",
                                                   "off",
                                                   "No",
                                                   "null",
                                                   "~",
                                                   "1.20",
                                                   "0x1f",
                                                   "2024-01-05",
                                                   "a: b",
                                                   "# no",
                                                   "- x",
                                                   "[a]",
                                                   "{a}",
                                                   "\"q\"",
                                                   "it's",
                                                   "back\\slash",
                                                   "*all",
                                                   "&a",
                                                   "!tag",
                                                   "%a",
                                                   "@a",
                                                   "`a`",
                                                   "a\tb",
                                                   "caf\xc3\xa9",
                                                   "a #b",
                                                   " a ",
                                                   "a:",
                                                   "=",
                                                   "<<",
                                                   "\xf0\x9f\xaa\x81",
                                                   "x\x7f",
                                                   "a\x01"
                                                   "b",
                                                   "|",
                                                   ">",
                                                   "?",
                                                   ".inf",
                                                   "a\xc2\x85"
                                                   "b",
                                                   "a\xe2\x80\xa8"
                                                   "b",
                                                   "\xef\xbb\xbf"
                                                   "a",
                                                   "a\nb",
                                                   "1e3",
                                                   "y",
                                                   "---",
                                                   "..."};
    return texts[random() % texts.size()];
}

TEST(Write, AnyTextIsReadAgain) {
    std::mt19937 random(20260712);  // NOLINT: the same texts in every run
    for (int time = 0; time < 300; ++time) {
        Project project;
        project.name = difficult(random);
        const auto one_line = [&] {
            std::string text = difficult(random);
            std::replace(text.begin(), text.end(), '\n', ' ');
            return text;
        };
        for (std::size_t more = random() % 3; more > 0; --more)
            project.ignored_tags.push_back(difficult(random));
        for (std::size_t more = random() % 3; more > 0; --more)
            project.paths.push_back({"a" + one_line(), static_cast<PathRule::Expect>(random() % 4),
                                     random() % 2 == 0 ? "" : difficult(random)});
        for (std::size_t more = random() % 3; more > 0; --more)
            project.fields.environment.push_back(difficult(random));
        for (std::size_t more = random() % 3; more > 0; --more)
            project.images.push_back({"app" + std::to_string(random() % 9), {}, {}, {}});
        const std::string text = write(project, {{"name", difficult(random)}});
        ASSERT_EQ(parsed(text), project) << text;
    }
}

}  // namespace
}  // namespace lockstep::project
