#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "json/parse.h"
#include "release_lab/story.h"

namespace lockstep::release_lab {
namespace {

struct Diagnosis {
    int status = 0;
    std::map<std::string, std::string> outcomes;  // by id; of several the last
    std::string all;
};

Diagnosis doctor(const Lab& lab, const RunSetup& setup = {}) {
    const os::Captured run = run_lockstep(lab, {"doctor", "-o", "json"}, setup);
    Diagnosis found{.status = run.exit.code, .outcomes = {}, .all = run.out + run.err};
    const auto value = json::parse("doctor", run.out);
    EXPECT_TRUE(value.has_value()) << found.all;
    if (!value) return found;
    for (const json::Value& check : *value->find("checks")->as<json::Array>())
        found.outcomes[std::string(check.text("id"))] = check.text("outcome");
    return found;
}

class Doctor : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = why_absent(LabSetup{})) GTEST_SKIP() << *why;
    }
    static void add_workflow(const Lab& lab, const std::string& name, const std::string& text) {
        const std::string folder = lab.project().directory() + "/.github/workflows/";
        std::filesystem::create_directories(folder);
        std::ofstream(folder + name) << text;
    }
};

TEST_F(Doctor, FindsALabInOrderAndLeavesNoTrace) {
    const Lab lab;
    const std::string refs = lab.remote().run({"for-each-ref"});
    const Diagnosis found = doctor(lab);
    EXPECT_EQ(found.status, 0) << found.all;
    for (const char* const id :
         {"git-identity", "remote", "branch", "configuration", "build", "plan", "push-rights",
          "atomic-push", "tag-protection", "registry-rights", "staging-rights", "labels"})
        EXPECT_EQ(found.outcomes.count(id) == 0 ? "absent" : found.outcomes.at(id), "ok")
            << id << found.all;
    EXPECT_EQ(lab.remote().run({"for-each-ref"}), refs);
    EXPECT_GT(lab.registry().count("POST", "/blobs/uploads/"), 0U);
    EXPECT_EQ(lab.registry().count("DELETE", "/blobs/uploads/"), 2U);
}

TEST_F(Doctor, LooksWhereChartsArePublished) {
    const Lab lab;
    const std::string folder = lab.project().directory();
    const std::string name = lab.image_name("kite");
    const std::string charts = name.substr(0, name.find('/')) + "/charts";
    std::filesystem::create_directories(folder + "/charts/kite");
    std::ofstream(folder + "/charts/kite/Chart.yaml")
        << "apiVersion: v2\nname: kite\nversion: 1.0.0\nappVersion: v1.0.0\n";
    std::ofstream(folder + "/lockstep.yaml", std::ios::app)
        << "charts:\n  - path: charts/kite\n    publish: " << charts << '\n';
    lab.project().run({"add", "."});
    lab.project().run({"commit", "--quiet", "-m", "feat: a chart"});
    lab.project().run({"push", "--quiet", "origin", "main"});
    const Diagnosis found = doctor(lab);
    EXPECT_EQ(found.status, 0) << found.all;
    EXPECT_TRUE(found.all.contains(charts + "/kite takes uploads")) << found.all;
    EXPECT_TRUE(found.all.contains(charts + "/kite-staging takes uploads")) << found.all;
    EXPECT_EQ(lab.registry().count("DELETE", "/blobs/uploads/"), 4U);
}

TEST_F(Doctor, SaysThatARemoteHasNoAtomicPush) {
    const Lab lab;
    lab.remote().run({"config", "receive.advertiseAtomic", "false"});
    const Diagnosis found = doctor(lab);
    EXPECT_EQ(found.status, 1);
    EXPECT_EQ(found.outcomes.at("atomic-push"), "problem") << found.all;
    EXPECT_EQ(found.outcomes.at("push-rights"), "unknown");
}

TEST_F(Doctor, SaysThatOneMayNotPush) {
    const Lab lab({.transport = Transport::http});
    lab.remote().run({"config", "http.receivepack", "false"});
    const Diagnosis found = doctor(lab);
    EXPECT_EQ(found.status, 1);
    EXPECT_EQ(found.outcomes.at("push-rights"), "problem") << found.all;
    EXPECT_EQ(found.outcomes.at("atomic-push"), "unknown");
    EXPECT_EQ(found.outcomes.at("tag-protection"), "unknown");
}

TEST_F(Doctor, SaysThatARegistryDenies) {
    const Lab lab({.has_proxies = true});
    lab.registry_proxy().add({.fault = {.kind = testing::Fault::Kind::answer, .status = 403},
                              .method = "POST",
                              .target = "/v2/staging/*",
                              .times = 0});
    const Diagnosis found = doctor(lab);
    EXPECT_EQ(found.status, 1);
    EXPECT_EQ(found.outcomes.at("registry-rights"), "ok") << found.all;
    EXPECT_EQ(found.outcomes.at("staging-rights"), "problem");
}

TEST_F(Doctor, SaysThatARegistryDoesNotAnswerAndCallsThatNotFine) {
    const Lab lab({.has_proxies = true});
    lab.registry_proxy().add({.fault = {.kind = testing::Fault::Kind::answer, .status = 503},
                              .method = "POST",
                              .times = 0});
    const Diagnosis found = doctor(lab);
    EXPECT_EQ(found.status, 3) << found.all;
    EXPECT_EQ(found.outcomes.at("registry-rights"), "unknown");
}

TEST_F(Doctor, SaysThatHooksAreNotSeen) {
    const Lab lab;
    const std::string hook = lab.remote().directory() + "/hooks/pre-receive";
    std::filesystem::create_directories(lab.remote().directory() + "/hooks");
    std::ofstream(hook) << "#!/bin/sh\nexit 1\n";
    std::filesystem::permissions(hook, std::filesystem::perms::owner_all);
    const Diagnosis found = doctor(lab);
    EXPECT_EQ(found.status, 3) << found.all;
    EXPECT_EQ(found.outcomes.at("tag-protection"), "unknown");
}

TEST_F(Doctor, SaysThatNobodyReleases) {
    const Lab lab;
    std::ofstream(lab.home() + "/.gitconfig") << "";
    const RunSetup nobody{.set = {{"GIT_CONFIG_COUNT", "1"},
                                  {"GIT_CONFIG_KEY_0", "user.useConfigOnly"},
                                  {"GIT_CONFIG_VALUE_0", "true"}}};
    lab.project().try_run({"config", "--unset", "user.name"});
    lab.project().try_run({"config", "--unset", "user.email"});
    const Diagnosis found = doctor(lab, nobody);
    EXPECT_EQ(found.status, 1);
    EXPECT_EQ(found.outcomes.at("git-identity"), "problem") << found.all;
    EXPECT_EQ(found.outcomes.at("plan"), "unknown");
}

TEST_F(Doctor, SaysThatAWorkflowWouldPushASecondDigest) {
    Lab lab;
    add_workflow(lab, "release.yaml",
                 "on: {push: {tags: ['v[0-9]+.[0-9]+.[0-9]+']}}\njobs:\n  image:\n    steps:\n"
                 "    - run: |\n        docker build -t kite .\n        docker push kite\n");
    lab.change("With CI.\n");
    const Diagnosis found = doctor(lab);
    EXPECT_EQ(found.status, 1);
    EXPECT_EQ(found.outcomes.at("second-digest"), "problem");
    EXPECT_TRUE(found.all.contains(".github/workflows/release.yaml:7 `docker push kite`"))
        << found.all;
}

}  // namespace
}  // namespace lockstep::release_lab
