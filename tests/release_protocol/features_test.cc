#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

#include "os/file.h"
#include "release_lab/expectations.h"
#include "release_lab/kill.h"
#include "release_lab/story.h"
#include "release_protocol/project_of.h"
#include "release_protocol/runner.h"
#include "release_protocol/setups.h"

/// What a release can do besides its usual way, each once, through the program.
namespace lockstep::release_protocol {

namespace {

using release_lab::run_lockstep;
using release_lab::RunSetup;

os::Captured start(const Lab& lab, const std::vector<std::string>& more) {
    std::vector<std::string> args = {"release", "start", "--yes"};
    args.insert(args.end(), more.begin(), more.end());
    return run_lockstep(lab, args);
}

void expect_exit(const os::Captured& run, int code) {
    EXPECT_EQ(run.exit.signal, 0);
    EXPECT_EQ(run.exit.code, code) << run.out << run.err;
}

void expect_said(const std::string& text, const std::string& what) {
    EXPECT_TRUE(text.contains(what)) << "not said: " << what << "\nbut: " << text;
}

json::Value parsed(const std::string& text) {
    auto value = json::parse("stdout", text);
    if (!value) throw std::runtime_error(to_string(value.error()) + " in " + text);
    return std::move(*value);
}

const json::Array& list_of(const json::Value& value, std::string_view key) {
    const json::Value* const found = value.find(key);
    const auto* const list = found == nullptr ? nullptr : found->as<json::Array>();
    if (list == nullptr) throw std::runtime_error("no list `" + std::string(key) + '`');
    return *list;
}

/// Asks again until it is so; a test that waits in vain fails.
void wait_until(const std::string& what, const std::function<bool()>& is_so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("in vain: " + what);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

/// Begins the release of v1.1.0 and is killed as soon as the remote knows of it.
void prepare_only(const Lab& lab) {
    constexpr std::size_t after_first_push = 2;
    const release_lab::Ended ended = release_lab::run_and_kill(
        lab, after_first_push,
        [&](release::Observer& observer) { release(lab, "v1.1.0", observer); });
    ASSERT_TRUE(ended.was_killed) << ended.failure;
    ASSERT_EQ(published_json(lab, "v1.1.0", "release.json").text("step"), "prepared")
        << ended.last();
}

class KilledBehindSecondPush final : public release::Observer {
  public:
    void after(const release::Effect& effect) override {
        if (effect.kind == release::Effect::Kind::push && ++pushes_ == 2) ::raise(SIGKILL);
    }

  private:
    int pushes_ = 0;
};

/// The same as soon as the remote knows that it is built.
void build_only(const Lab& lab) {
    release_lab::run_and_kill(lab, release_lab::never, [&](release::Observer&) {
        KilledBehindSecondPush observer;
        release(lab, "v1.1.0", observer);
    });
    ASSERT_EQ(published_json(lab, "v1.1.0", "release.json").text("step"), "built");
}

class Feature : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = release_lab::why_absent({})) GTEST_SKIP() << *why;
    }
};

TEST_F(Feature, AliasesFollowTheNewestRelease) {
    Lab lab({.release_settings = "  aliases: [latest, \"{major}.{minor}\"]\n",
             .moving = {"latest", "1.0", "1.1"}});
    expect_exit(start(lab, {"v1.1.0"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
    const std::string newest = digest_at(lab, "kite/kite", "v1.1.0");
    ASSERT_NE(newest, "");
    EXPECT_EQ(digest_at(lab, "kite/kite", "latest"), newest);
    EXPECT_EQ(digest_at(lab, "kite/kite", "1.1"), newest);
    EXPECT_EQ(digest_at(lab, "kite/kite", "1.0"), "");

    // A backport moves what is its own.
    lab.project().run({"checkout", "--quiet", "-b", "release-1.0", "v1.0.0"});
    write(lab, "app/kite.txt", "The first, mended.\n");
    lab.project().run({"commit", "--quiet", "--all", "--message", "fix: mended"});
    lab.project().run({"push", "--quiet", lab.remote().directory(), "HEAD:refs/heads/release-1.0"});
    expect_exit(start(lab, {"v1.0.1", "--branch", "release-1.0"}), 0);
    const std::string backport = digest_at(lab, "kite/kite", "v1.0.1");
    ASSERT_NE(backport, "");
    EXPECT_NE(backport, newest);
    EXPECT_EQ(digest_at(lab, "kite/kite", "1.0"), backport);
    EXPECT_EQ(digest_at(lab, "kite/kite", "1.1"), newest);
    EXPECT_EQ(digest_at(lab, "kite/kite", "latest"), newest);

    // A pre-release moves none.
    expect_exit(start(lab, {"v1.2.0-rc.1"}), 0);
    EXPECT_NE(digest_at(lab, "kite/kite", "v1.2.0-rc.1"), "");
    EXPECT_EQ(digest_at(lab, "kite/kite", "1.2"), "");
    EXPECT_EQ(digest_at(lab, "kite/kite", "latest"), newest);
}

TEST_F(Feature, CandidateThatSaysItsVersionDoesNotBecomeFinal) {
    const Lab lab;
    expect_exit(start(lab, {"v1.1.0-rc.1"}), 0);
    const std::string before = refs_of(lab);
    const os::Captured refused = start(lab, {"v1.1.0", "--from", "v1.1.0-rc.1"});
    expect_exit(refused, 4);
    expect_said(refused.err, "says itself that it is 1.1.0-rc.1");
    expect_said(refused.err, "org.opencontainers.image.version");
    EXPECT_EQ(refs_of(lab), before);
    EXPECT_EQ(digest_at(lab, "kite/kite", "v1.1.0"), "");
    // As the hint says.
    expect_exit(start(lab, {"v1.1.0"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
}

TEST_F(Feature, CandidateBecomesFinalAsItIs) {
    const Lab lab;
    replace(lab, "build-image.sh",
            "kite/kite\",\n  \"org.opencontainers.image.version\":\"$LOCKSTEP_VERSION\"}}",
            "kite/kite\"}}");
    push_all(lab, "build: no version in images");
    expect_exit(start(lab, {"v1.1.0-rc.1"}), 0);
    const std::string tested = digest_at(lab, "kite/kite", "v1.1.0-rc.1");
    ASSERT_NE(tested, "");
    const os::Captured run = start(lab, {"v1.1.0", "--from", "v1.1.0-rc.1"});
    expect_exit(run, 0);
    EXPECT_FALSE(run.err.contains("running `sh build-image.sh`")) << run.err;
    EXPECT_EQ(digest_at(lab, "kite/kite", "v1.1.0"), tested);
    lab.project().run({"fetch", "--quiet", "--tags", "origin"});
    const os::Captured verified = run_lockstep(lab, {"verify", "v1.1.0"});
    expect_exit(verified, 0);
}

TEST_F(Feature, ChartIsPublished) {
    const Lab lab;
    write(lab, "charts/kite/Chart.yaml",
          "apiVersion: v2\nname: kite\nversion: 1.0.0\nappVersion: \"v1.0.0\"\n");
    write(lab, "charts/kite/values.yaml", "wind: strong\n");
    write(lab, "charts/kite/templates/wind.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: wind\n");
    replace(lab, "lockstep.yaml", "release:\n",
            "charts:\n  - path: charts/kite\n    publish: " + host_of(lab) + "/charts\nrelease:\n");
    push_all(lab, "feat: a chart");
    expect_exit(start(lab, {"v1.1.0"}), 0);
    const std::string chart = lab.remote().run({"show", "v1.1.0:charts/kite/Chart.yaml"});
    expect_said(chart, "version: 1.1.0\n");
    expect_said(chart, "appVersion: \"v1.1.0\"");
    const std::string digest = digest_at(lab, "charts/kite", "1.1.0");
    ASSERT_NE(digest, "");
    const json::Value record = published_json(lab, "v1.1.0", "record.json");
    ASSERT_EQ(list_of(record, "charts").size(), 1U);
    EXPECT_EQ(list_of(record, "charts").front().text("digest"), digest);
    EXPECT_EQ(list_of(record, "charts").front().text("reference"),
              host_of(lab) + "/charts/kite:1.1.0");
    const json::Value manifest = parsed(bytes_at(lab, "charts/kite", "manifests", digest));
    const std::string config(manifest.find("config")->text("digest"));
    EXPECT_EQ(parsed(bytes_at(lab, "charts/kite", "blobs", config)).text("version"), "1.1.0");
}

/// A component of a mono-repository beside the product.
void add_component(const Lab& lab) {
    const std::string name = host_of(lab) + "/kite/api";
    write(lab, "deploy/api/api.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\nspec:\n  containers:\n"
          "  - name: api\n    image: " +
              name + ":v0.1.0\n");
    replace(lab, "lockstep.yaml", "release:\n",
            "  - name: " + name + "\n    component: api\n    staging: " + host_of(lab) +
                "/staging/api\n    build:\n      command: [sh, build-image.sh]\n"
                "tags: [\"v{version}\", \"{component}/v{version}\"]\nrelease:\n");
    push_all(lab, "feat: an api");
}

TEST_F(Feature, ComponentIsReleasedOnItsOwn) {
    const Lab lab({.release_settings = "  aliases: [latest, \"r{version}\"]\n"});
    add_component(lab);
    const os::Captured run = start(lab, {"api/v0.2.0"});
    expect_exit(run, 0);
    expect_said(run.err, "`CHANGELOG.md` is the product's, and is left alone");
    const std::string api = digest_at(lab, "kite/api", "v0.2.0");
    EXPECT_NE(api, "");
    // Of the component it is the newest, whatever the product has.
    EXPECT_EQ(digest_at(lab, "kite/api", "latest"), api);
    EXPECT_EQ(digest_at(lab, "kite/api", "r0.2.0"), api);
    EXPECT_EQ(digest_at(lab, "kite/kite", "latest"), "");
    EXPECT_EQ(digest_at(lab, "kite/kite", "v0.2.0"), "");
    EXPECT_EQ(lab.remote().run({"diff", "--name-only", "api/v0.2.0^", "api/v0.2.0"}),
              "deploy/api/api.yaml");
    expect_said(lab.remote().run({"show", "main:deploy/api/api.yaml"}), "/kite/api:v0.2.0");

    // And the product without it.
    expect_exit(start(lab, {"v1.1.0"}), 0);
    EXPECT_NE(digest_at(lab, "kite/kite", "v1.1.0"), "");
    EXPECT_EQ(digest_at(lab, "kite/kite", "latest"), digest_at(lab, "kite/kite", "v1.1.0"));
    EXPECT_EQ(digest_at(lab, "kite/api", "v1.1.0"), "");
    EXPECT_EQ(digest_at(lab, "kite/api", "latest"), api);
    expect_said(lab.remote().run({"show", "v1.1.0:deploy/api/api.yaml"}), "/kite/api:v0.2.0");
}

TEST_F(Feature, BranchThatMovedOnGetsAMerge) {
    Lab lab({.release_settings = "  behind: merge\n"});
    prepare_only(lab);
    const std::string meanwhile = lab.change("Meanwhile.\n");
    expect_exit(run_lockstep(lab, {"release", "resume", "v1.1.0"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
    EXPECT_EQ(lab.remote().run({"log", "-1", "--format=%P", "main"}),
              meanwhile + ' ' + lab.remote().run({"rev-parse", "v1.1.0^{commit}"}));
}

TEST_F(Feature, BranchThatMovedOnIsLeftAloneWhereTheProjectSaysSo) {
    Lab lab({.release_settings = "  behind: tag-only\n"});
    prepare_only(lab);
    const std::string meanwhile = lab.change("Meanwhile.\n");
    const os::Captured run = run_lockstep(lab, {"release", "resume", "v1.1.0"});
    expect_exit(run, 0);
    expect_said(run.out, "The branch does not have it yet: merge v1.1.0 into main");
    EXPECT_EQ(lab.branch_tip(), meanwhile);
    EXPECT_EQ(lab.remote().run({"cat-file", "-t", "refs/tags/v1.1.0"}), "tag");
    EXPECT_EQ(published_json(lab, "v1.1.0", "release.json").text("step"), "recorded");
}

TEST_F(Feature, BranchThatMovedOnFailsTheReleaseWhereTheProjectSaysSo) {
    Lab lab({.release_settings = "  behind: fail\n"});
    prepare_only(lab);
    lab.change("Meanwhile.\n");
    const os::Captured run = run_lockstep(lab, {"release", "resume", "v1.1.0"});
    expect_exit(run, 4);
    expect_said(run.err, "has moved on since the release began");
    EXPECT_FALSE(lab.remote().try_run({"rev-parse", "--verify", "refs/tags/v1.1.0"}).exit.ok());
    // That was seen before the version was spent.
    EXPECT_EQ(digest_at(lab, "kite/kite", "v1.1.0"), "");
    expect_exit(run_lockstep(lab, {"release", "abort", "v1.1.0"}), 0);
    release_lab::expect_traceless(lab, "v1.1.0");
    expect_exit(start(lab, {"v1.1.0"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
}

TEST_F(Feature, WhatWasGivenUpIsBuiltTheSameAgain) {
    using testing::RegistryKind;
    for (const RegistryKind registry : {RegistryKind::docker_registry, RegistryKind::ggcr}) {
        const LabSetup setup{.mode = Mode::digest, .registry = registry};
        if (release_lab::why_absent(setup)) continue;
        const Lab lab(setup);
        // In digest mode the place in staging is that of the source, and so are these bytes.
        replace(lab, "build-image.sh", "set -eu\n", "set -eu\nSOURCE_DATE_EPOCH=1700000000\n");
        push_all(lab, "build: at no time");
        build_only(lab);
        expect_exit(run_lockstep(lab, {"release", "abort", "v1.1.0"}), 0);
        expect_exit(start(lab, {"v1.1.0"}), 0);
        release_lab::expect_released(lab, "v1.1.0");
    }
}

TEST_F(Feature, ImageTagOfAStrangerIsNotTouched) {
    const Lab lab;
    const release_lab::Layout strange = lab.build(lab.image_name("kite"), "HEAD", "1.1.0");
    lab.push(strange, lab.image_name("kite"), "v1.1.0");
    const os::Captured run = start(lab, {"v1.1.0"});
    expect_exit(run, 4);
    expect_said(run.err, "kite/kite:v1.1.0");
    const os::Captured aborted = run_lockstep(lab, {"release", "abort", "v1.1.0"});
    expect_exit(aborted, 0);
    expect_said(aborted.out, "is spent");
    release_lab::expect_burned(lab, "v1.1.0");
    const os::Captured again = start(lab, {"v1.1.0"});
    expect_exit(again, 4);
    expect_said(again.err, "is spent");
    EXPECT_EQ(digest_at(lab, "kite/kite", "v1.1.0"), strange.digest);
    expect_exit(start(lab, {"v1.1.1"}), 0);
    release_lab::expect_released(lab, "v1.1.1");
}

TEST_F(Feature, RemoteWithoutAtomicPushesIsRefused) {
    const Lab lab;
    lab.remote().run({"config", "receive.advertiseAtomic", "false"});
    const std::string before = refs_of(lab);
    const os::Captured run = start(lab, {"v1.1.0"});
    expect_exit(run, 3);
    expect_said(run.err, "atomic");
    EXPECT_EQ(refs_of(lab), before);
    release_lab::expect_traceless(lab, "v1.1.0");
}

/// What `release status` says is waited for.
std::string staging_of(const Lab& lab, const std::string& tag) {
    std::string staging;
    wait_until("the state of " + tag, [&] {
        const os::Captured status = run_lockstep(lab, {"release", "status", tag, "-o", "json"});
        if (status.exit.code != 0) return false;
        staging = list_of(parsed(status.out), "items").front().text("staging");
        return true;
    });
    return staging;
}

/// As CI does: from the candidate, into staging.
void build_as_ci(const Lab& lab, const std::string& tag) {
    const std::string staging = staging_of(lab, tag);
    lab.project().run(
        {"fetch", "--quiet", lab.remote().directory(), "refs/lockstep/candidates/" + tag});
    const std::string name = lab.image_name("kite");
    lab.push_to_staging(lab.build(name, "FETCH_HEAD", tag.substr(1)), name,
                        staging.substr(staging.rfind(':') + 1));
}

TEST_F(Feature, ExternalBuildIsWaitedFor) {
    const Lab lab;
    set_build(lab, "{external: true}");
    push_all(lab, "build: by CI");
    os::Running running = release_lab::start_lockstep(lab, {"release", "start", "v1.1.0", "--yes"});
    build_as_ci(lab, "v1.1.0");
    expect_exit(running.finish().value(), 0);
    release_lab::expect_released(lab, "v1.1.0");
}

TEST_F(Feature, ExternalBuildHasALimitOfTime) {
    const Lab lab;
    set_build(lab, "{external: true, timeLimit: 1s}");
    push_all(lab, "build: by CI, at once");
    const os::Captured late = start(lab, {"v1.1.0"});
    expect_exit(late, 3);
    expect_said(late.err, "did not come within 1 second");
    expect_said(late.err, "lockstep release resume v1.1.0");
    build_as_ci(lab, "v1.1.0");
    expect_exit(run_lockstep(lab, {"release", "resume", "v1.1.0"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
}

TEST_F(Feature, LayoutThatABuilderWroteIsPublishedAsItIs) {
    const Lab lab({.mode = Mode::digest});
    set_build(lab, "{layout: dist/image}");
    write(lab, ".gitignore", "/dist/\n");
    const std::string source = push_all(lab, "build: into a layout");
    const release_lab::Layout layout = lab.build(lab.image_name("kite"), source, "1.1.0");
    std::filesystem::create_directories(lab.project().directory() + "/dist");
    std::filesystem::copy(layout.folder, lab.project().directory() + "/dist/image",
                          std::filesystem::copy_options::recursive);
    expect_exit(start(lab, {"v1.1.0"}), 0);
    EXPECT_EQ(digest_at(lab, "kite/kite", "v1.1.0"), layout.digest);
    expect_said(lab.remote().run({"show", "v1.1.0:install.yaml"}), "@" + layout.digest);
    EXPECT_EQ(
        list_of(published_json(lab, "v1.1.0", "release.json"), "items").front().text("digest"),
        layout.digest);
}

TEST_F(Feature, InterruptedBuildSaysHowToGoOn) {
    const Lab lab;
    replace(lab, "build-image.sh", "set -eu\n",
            "set -eu\nif [ -e \"$HOME/slow\" ]; then : >\"$HOME/building\"; exec sleep 600; fi\n");
    push_all(lab, "build: slowly");
    std::ofstream(lab.home() + "/slow") << "yes";
    os::Command command =
        release_lab::lockstep_command(lab, {"release", "start", "v1.1.0", "--yes"});
    // Its process id is known, and SIGINT is not ignored, as a shell has it for what runs with `&`.
    command.argv.insert(command.argv.begin(),
                        {"env", "--default-signal=INT", "sh", "-c", "echo $$ >\"$0\"; exec \"$@\"",
                         lab.home() + "/pid"});
    os::Running running = os::Running::start(command, {.timeout = std::chrono::minutes(5)}).value();
    wait_until("the build", [&] { return std::filesystem::exists(lab.home() + "/building"); });
    pid_t pid = 0;
    std::ifstream(lab.home() + "/pid") >> pid;
    ASSERT_GT(pid, 1);
    ASSERT_EQ(::kill(pid, SIGINT), 0);
    const os::Captured ended = running.finish().value();
    EXPECT_EQ(ended.exit.signal, SIGINT) << ended.exit.code << ended.err;
    expect_said(ended.err, "`lockstep release resume v1.1.0`");
    std::filesystem::remove(lab.home() + "/slow");
    expect_exit(run_lockstep(lab, {"release", "resume", "v1.1.0"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
}

TEST_F(Feature, CommitAndTagAreSigned) {
    if (!testing::find_peer("ssh-keygen")) GTEST_SKIP() << testing::absent("ssh-keygen");
    const Lab lab({.release_settings = "  sign: always\n"});
    const std::string key = lab.home() + "/key";
    testing::run_tool({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "kim", "-f", key});
    std::ofstream(lab.home() + "/.gitconfig", std::ios::app)
        << "[user]\n\tsigningKey = " << key << "\n[gpg]\n\tformat = ssh\n";
    const std::string allowed = lab.home() + "/allowed";
    {
        std::ifstream in(key + ".pub");
        std::string line;
        std::getline(in, line);
        std::ofstream(allowed) << "kim@example.com " << line << '\n';
    }
    expect_exit(start(lab, {"v1.1.0"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
    const std::string trusting = "gpg.ssh.allowedSignersFile=" + allowed;
    for (const auto& [verb, what] :
         {std::pair{"verify-tag", "v1.1.0"}, std::pair{"verify-commit", "v1.1.0^{commit}"}}) {
        const os::Captured verified =
            lab.remote().try_run({"-c", "gpg.format=ssh", "-c", trusting, verb, what});
        EXPECT_TRUE(verified.exit.ok()) << verified.err;
        expect_said(verified.err, "Good \"git\" signature for kim@example.com");
    }
    // The tag by hand is not signed: this could fail.
    EXPECT_FALSE(lab.remote()
                     .try_run({"-c", "gpg.format=ssh", "-c", trusting, "verify-tag", "v1.0.0"})
                     .exit.ok());
}

TEST_F(Feature, VersionFollowsFromCommits) {
    const Lab lab;
    const os::Captured none = start(lab, {"--from-commits"});
    expect_exit(none, 2);
    expect_said(none.err, "asks for a release");
    write(lab, "app/kite.txt", "Higher.\n");
    push_all(lab, "feat: it flies higher");
    write(lab, "app/kite.txt", "Higher, and back.\n");
    push_all(lab, "fix: it comes back");
    expect_exit(start(lab, {"--from-commits"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
}

TEST_F(Feature, PlanStatusAndListAreJson) {
    const Lab lab;
    const std::string before = refs_of(lab);
    const os::Captured planned = run_lockstep(lab, {"release", "plan", "v1.1.0", "-o", "json"});
    expect_exit(planned, 0);
    const json::Value plan = parsed(planned.out);
    EXPECT_EQ(plan.text("tag"), "v1.1.0");
    EXPECT_EQ(plan.text("version"), "1.1.0");
    EXPECT_EQ(plan.text("source"), lab.branch_tip());
    ASSERT_EQ(list_of(plan, "items").size(), 1U);
    EXPECT_EQ(list_of(plan, "items").front().text("published"), lab.image_name("kite") + ":v1.1.0");
    std::vector<std::string> paths;
    for (const json::Value& edit : list_of(plan, "edits")) paths.emplace_back(edit.text("path"));
    EXPECT_TRUE(std::ranges::find(paths, "install.yaml") != paths.end());
    EXPECT_TRUE(std::ranges::find(paths, "deploy/base/kustomization.yaml") != paths.end());
    EXPECT_EQ(refs_of(lab), before);
    const auto listed = [&] { return run_lockstep(lab, {"release", "list", "-o", "json"}); };
    EXPECT_TRUE(list_of(parsed(listed().out), "releases").empty());
    expect_exit(run_lockstep(lab, {"release", "status", "v1.1.0", "-o", "json"}), 3);

    const os::Captured started = start(lab, {"v1.1.0", "-o", "json"});
    expect_exit(started, 0);
    std::istringstream lines(started.out);
    std::string line, last;
    for (; std::getline(lines, line); last = line) parsed(line);
    EXPECT_EQ(parsed(last).text("step"), "recorded");
    const json::Value status =
        parsed(run_lockstep(lab, {"release", "status", "v1.1.0", "-o", "json"}).out);
    EXPECT_EQ(status.text("step"), "recorded");
    EXPECT_EQ(status.text("commit"), lab.remote().run({"rev-parse", "v1.1.0^{commit}"}));
    EXPECT_EQ(list_of(status, "items").front().text("digest"),
              digest_at(lab, "kite/kite", "v1.1.0"));
    const json::Value all = parsed(listed().out);
    ASSERT_EQ(list_of(all, "releases").size(), 1U);
    EXPECT_EQ(list_of(all, "releases").front(), status);
}

TEST_F(Feature, NobodyIsAskedWithoutATerminal) {
    const Lab lab;
    const std::string before = refs_of(lab);
    const os::Captured run = run_lockstep(lab, {"release", "start", "v1.1.0"});
    expect_exit(run, 2);
    expect_said(run.err, "--yes");
    EXPECT_EQ(refs_of(lab), before);
}

/// Every file and link of the user's repository, .git with it.
std::string everything_in(const std::string& folder) {
    return testing::run_tool(
        {"sh", "-c",
         "cd \"$0\" && find . -type f -exec sha256sum {} + | sort -k 2 && find . ! -type f "
         "-printf '%p %m %l\\n' | sort",
         folder});
}

TEST_F(Feature, UsersRepositoryStaysAsItIs) {
    const Lab lab;
    // Work that is not done: in the index, in the work tree, beside it.
    write(lab, "app/staged.txt", "staged\n");
    lab.project().run({"add", "app/staged.txt"});
    write(lab, "install.yaml", "half done\n");
    write(lab, "notes", "mine\n");
    const std::string before = everything_in(lab.project().directory());
    expect_exit(start(lab, {"v1.1.0"}), 0);
    release_lab::expect_released(lab, "v1.1.0");
    EXPECT_EQ(everything_in(lab.project().directory()), before);
}

TEST_F(Feature, RemoteIsReachedBySsh) {
    for (const Mode mode : {Mode::tag, Mode::digest}) {
        const LabSetup setup{.mode = mode, .transport = Transport::ssh};
        if (const auto why = release_lab::why_absent(setup)) GTEST_SKIP() << *why;
        const Lab lab(setup);
        WorldObserver world(lab);
        expect_exit(start(lab, {"v1.1.0"}), 0);
        release_lab::expect_released(lab, "v1.1.0");
        expect_exit(run_lockstep(lab, {"release", "abort", "v1.1.0"}), 4);
        expect_silent(world);
        if (!is_full()) return;
    }
}

TEST_F(Feature, ShallowCloneIsEnough) {
    const Lab lab;
    const std::string folder = lab.home() + "/checkout";
    lab.project().run(
        {"clone", "--quiet", "--depth=1", "file://" + lab.remote().directory(), folder});
    ASSERT_EQ(testing::Git(folder).run({"rev-list", "--count", "HEAD"}), "1");
    expect_exit(run_lockstep(lab, {"release", "start", "minor", "--yes"}, {.directory = folder}),
                0);
    release_lab::expect_released(lab, "v1.1.0");
}

}  // namespace

}  // namespace lockstep::release_protocol
