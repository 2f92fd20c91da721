#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "os/file.h"
#include "project/project.h"
#include "support/golden.h"

namespace lockstep::project {
namespace {

Result<Project> parsed(std::string text) {
    return parse("lockstep.yaml", std::make_shared<const std::string>(std::move(text)));
}

/// The error and its hint, as people read them.
std::string fault(std::string text) {
    const Result<Project> project = parsed(std::move(text));
    if (project.has_value()) return "valid";
    EXPECT_EQ(project.error().kind, Error::Kind::usage);
    std::string shown = to_string(project.error());
    if (!project.error().hint.empty()) shown += "\nhint: " + project.error().hint;
    return shown;
}

version::TagPattern pattern(std::string_view text) {
    return *version::TagPattern::parse(text);
}

TEST(Parse, ReadsEverySection) {
    const auto text = os::read_file(testing::test_directory() + "/project/valid/full.yaml");
    ASSERT_TRUE(text.has_value()) << to_string(text.error());
    const Result<Project> project = parsed(*text);
    ASSERT_TRUE(project.has_value()) << to_string(project.error());
    Project expected;
    expected.name = "kite";
    expected.images = {{"ghcr.io/acme/kite",
                        {"quay.io/acme/kite", "localhost:5000/acme/kite"},
                        {"quay.io", "old.example:5000", "quay.io/acme"},
                        pattern("v{version}"),
                        Image::Labels::required,
                        "server",
                        {Build::Driver::command, {"make", "image"}, "", std::chrono::minutes(90)},
                        "ghcr.io/acme/kite-waiting",
                        {"linux/amd64", "linux/arm/v7"},
                        {"sh", "-c", "hack/version --image"}},
                       {"ghcr.io/acme/kite-agent", {}, {}, {}},
                       {"ghcr.io/acme/shell"},
                       {"ghcr.io/acme/layout"},
                       {"ghcr.io/acme/ci"}};
    expected.images[2].build = {Build::Driver::command, {"sh", "-c", "make image"}, ""};
    expected.images[3].build = {Build::Driver::layout, {}, "dist/image", std::chrono::seconds(90)};
    expected.images[4].build.driver = Build::Driver::external;
    expected.release = {.remote = "upstream",
                        .branches = {"main", "release-*"},
                        .mode = Release::Mode::digest,
                        .behind = Release::Behind::tag_only,
                        .sign = Release::Sign::always,
                        .candidate = "refs/heads/candidate/{tag}",
                        .message = "Release {tag} ({version})",
                        .changelog = "docs/CHANGELOG.md",
                        .aliases = {"latest", "{major}.{minor}", "v{major}"},
                        .may_add_entries = true};
    expected.registries = {
        {"ghcr.io/acme", "build/images", {}, ""},
        {"docker.io", "", {"https://mirror.example:5000/docker.io/", "http://localhost:5000"}, ""},
        {"quay.io", "", {}, "moved to ghcr.io"}};
    expected.tags = {pattern("v{version}"), pattern("{component}/v{version}")};
    expected.ignored_tags = {"v0.0.0-*", "v1.0.0"};
    expected.charts = {{"charts/kite",
                        pattern("kite-helm-chart-{version}"),
                        {},
                        {},
                        "server",
                        "ghcr.io/acme/charts"},
                       {"", {}, pattern("{version}"), pattern("v{version}")}};
    expected.paths = {
        {"config/default/**", PathRule::Expect::floating, "install.yaml is a release asset"},
        {"deploy/v*/**", PathRule::Expect::directory, ""},
        {"test", PathRule::Expect::ignored, ""},
        {"**", PathRule::Expect::release, ""}};
    expected.texts = {{"README.md", {"?ref=v{version}", "--version {version}"}}};
    expected.fields = {{"RELATED_IMAGE_*"}, {"--image"}, {"spec.image", "spec.images[].ref"}};
    expected.rules = {{"text-version", "off"},       {"floating-tag", "note"},
                      {"declared-version", "error"}, {"chart-version", "warning"},
                      {"not-rendered", "warning"},   {"image-missing", "error"},
                      {"registry-retired", "note"}};
    expected.source = "lockstep.yaml";
    EXPECT_EQ(*project, expected);
}

TEST(Parse, OfAnEmptyFileNothingIsSaid) {
    Project nothing;
    nothing.source = "lockstep.yaml";
    EXPECT_EQ(*parsed(""), nothing);
    EXPECT_EQ(*parsed("# a comment\n"), nothing);
    EXPECT_EQ(*parsed("{}\n"), nothing);
}

TEST(Parse, NamesTheNearestKey) {
    EXPECT_EQ(fault("name: kite\nimage:\n  - kite\n"),
              "lockstep.yaml:2:1: unknown key `image`\nhint: did you mean `images`?");
    EXPECT_EQ(fault("images:\n  - name: kite\n    alias: [kyte]\n"),
              "lockstep.yaml:3:5: unknown key `alias` in `images[0]`\n"
              "hint: did you mean `aliases`?");
    EXPECT_EQ(fault("charts:\n  - path: charts/kite\n    appversion: '{version}'\n"),
              "lockstep.yaml:3:5: unknown key `appversion` in `charts[0]`\n"
              "hint: did you mean `appVersion`?");
    EXPECT_EQ(fault("rules:\n  declared-versions: off\n"),
              "lockstep.yaml:2:3: unknown key `declared-versions` in `rules`\n"
              "hint: did you mean `declared-version`?");
    EXPECT_EQ(fault("fields: {zzzzzzzz: []}\n"),
              "lockstep.yaml:1:10: unknown key `zzzzzzzz` in `fields`\n"
              "hint: valid keys here are environment, arguments, paths");
}

TEST(Parse, SaysWhatWasFoundAndWhatWasExpected) {
    EXPECT_EQ(fault("- kite\n"), "lockstep.yaml:1:1: the file is a list, a mapping was expected");
    EXPECT_EQ(fault("kite\n"),
              "lockstep.yaml:1:1: the file is the text `kite`, a mapping was expected");
    EXPECT_EQ(fault("images: kite\n"),
              "lockstep.yaml:1:9: `images` is the text `kite`, a list was expected");
    EXPECT_EQ(fault("ignoredTags: [1.20]\n"),
              "lockstep.yaml:1:15: `ignoredTags[0]` is the number `1.20`, a text was expected\n"
              "hint: quote it: \"1.20\"");
    EXPECT_EQ(fault("tags:\n  - {version}\n"),
              "lockstep.yaml:2:5: `tags[0]` is a mapping, a text was expected\n"
              "hint: YAML reads braces as a mapping; quote the text: \"{version}\"");
    EXPECT_EQ(fault("images:\n  - tag: v{version}\n"),
              "lockstep.yaml:2:5: `images[0]` has no `name`");
    EXPECT_EQ(
        fault("rules:\n  declared-version: fatal\n"),
        "lockstep.yaml:2:21: `rules.declared-version` is `fatal`; expected was `off`, `note`, "
        "`warning` or `error`");
    EXPECT_EQ(fault("paths: [{path: deploy, expect: float}]\n"),
              "lockstep.yaml:1:32: `paths[0].expect` is `float`; expected was `release`, "
              "`floating`, `directory` or `ignored`");
}

TEST(Parse, SaysWhatIsWrongWithATextsContent) {
    EXPECT_EQ(fault("images: [kite:v1]\n"),
              "lockstep.yaml:1:10: `images[0]` is `kite:v1`; expected was the name of an image "
              "without tag and digest, such as `registry.example/team/app`");
    EXPECT_EQ(fault("paths: [{path: /deploy, expect: ignored}]\n"),
              "lockstep.yaml:1:16: `paths[0].path` is `/deploy`; expected was a path relative to "
              "the root of the repository, such as `deploy/prod` or `deploy/**`");
    EXPECT_EQ(fault("tags: [v1.2.3]\n"),
              "lockstep.yaml:1:8: `tags[0]`: tag pattern `v1.2.3` has no {version}\n"
              "hint: a pattern has {version} once, may have {component} once, and is literal "
              "otherwise: \"v{version}\", \"{component}/v{version}\"");
    EXPECT_EQ(fault("images: [{name: kite, tag: '{component}-{version}'}]\n"),
              "lockstep.yaml:1:28: `images[0].tag` is `{component}-{version}`; expected was a "
              "pattern without {component}\n"
              "hint: only the release tags of `tags` may name components");
    EXPECT_EQ(fault("name: ''\n"),
              "lockstep.yaml:1:7: `name` is ``; expected was a text that is not empty");
}

TEST(Parse, SaysWhatIsWrongWithARegistry) {
    EXPECT_EQ(fault("registries:\n  - layout: images\n"),
              "lockstep.yaml:2:5: `registries[0]` has no `name`");
    EXPECT_EQ(fault("registries: [{name: quay.io, layout: ../images}]\n"),
              "lockstep.yaml:1:38: `registries[0].layout` is `../images`; expected was a folder "
              "below that of the configuration, such as `build/images`");
    EXPECT_EQ(fault("registries: [{name: quay.io, mirrors: [mirror.example]}]\n"),
              "lockstep.yaml:1:40: `registries[0].mirrors[0]` is `mirror.example`; expected was "
              "the URL of a registry, such as `https://mirror.example/docker.io`");
    EXPECT_EQ(fault("images: [{name: kite, labels: needed}]\n"),
              "lockstep.yaml:1:31: `images[0].labels` is `needed`; expected was `required` or "
              "`optional`");
}

TEST(Parse, SaysWhatIsWrongWithARelease) {
    EXPECT_EQ(fault("release: {mode: digests}"),
              "lockstep.yaml:1:17: `release.mode` is `digests`; expected was `tag` or `digest`");
    EXPECT_EQ(fault("release: {changlog: a.md}"),
              "lockstep.yaml:1:11: unknown key `changlog` in `release`\nhint: did you mean "
              "`changelog`?");
    EXPECT_EQ(fault("release: {addEntries: \"yes\"}"),
              "lockstep.yaml:1:23: `release.addEntries` is the text `yes`, `true` or `false` was "
              "expected");
    EXPECT_EQ(fault("images:\n- {name: a, build: {layout: x, command: y}}"),
              "lockstep.yaml:2:20: `images[0].build` must say one of `command`, `layout` and "
              "`external`\nhint: leave `build` out where a release does not build the image");
    EXPECT_EQ(fault("images:\n- {name: a, build: {layout: x, timeLimit: 200h}}"),
              "lockstep.yaml:2:43: `images[0].build.timeLimit` is `200h`; expected was a duration "
              "of a week at most, such as `90s`, `30m` or `1h30m`");
}

TEST(Parse, ColumnsCountCharacters) {
    EXPECT_EQ(fault("{name: \"caf\xc3\xa9\", image: []}\n"),
              "lockstep.yaml:1:16: unknown key `image`\nhint: did you mean `images`?");
}

TEST(Parse, BrokenYamlIsAFaultOfTheConfiguration) {
    for (const char* text : {"name: [", "name: kite\nname: kyte\n", "a: b: c\n", "name: \xff\n",
                             "name: kite\n---\nname: kyte\n", "name: *nobody\n"}) {
        const Result<Project> project = parsed(text);
        ASSERT_FALSE(project.has_value()) << text;
        EXPECT_EQ(project.error().kind, Error::Kind::usage) << text;
        ASSERT_TRUE(project.error().at.has_value()) << text;
        EXPECT_EQ(project.error().at->path, "lockstep.yaml") << text;
        EXPECT_NE(project.error().at->line, 0u) << text;
    }
}

TEST(Parse, SizeAndDepthAreBounded) {
    EXPECT_FALSE(parsed(std::string((1u << 20) + 1, '#')).has_value());
    EXPECT_FALSE(parsed("x-deep: " + std::string(100, '[') + std::string(100, ']')).has_value());
    std::string bomb = "x-a: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char level = 'b'; level < 'j'; ++level) {
        bomb += std::string("x-") + level + ": &" + level + " [";
        for (int time = 0; time < 10; ++time)
            bomb += std::string(time == 0 ? "*" : ", *") + static_cast<char>(level - 1);
        bomb += "]\n";
    }
    EXPECT_FALSE(parsed(bomb).has_value());
}

}  // namespace
}  // namespace lockstep::project
