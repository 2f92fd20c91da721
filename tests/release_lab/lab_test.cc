#include "release_lab/lab.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "release_lab/observer.h"
#include "support/image_push.h"
#include "support/peer.h"

namespace lockstep::release_lab {
namespace {

using testing::RegistryKind;

/// Every kind of lab.
class EachLab : public ::testing::TestWithParam<std::tuple<Mode, Transport, RegistryKind, bool>> {
  protected:
    void SetUp() override {
        if (const auto why = why_absent(setup())) GTEST_SKIP() << *why;
    }
    static LabSetup setup() {
        const auto [mode, transport, registry, has_proxies] = GetParam();
        return {.mode = mode,
                .transport = transport,
                .registry = registry,
                .images = {"kite", "agent"},
                .has_proxies = has_proxies};
    }
};
std::string lab_name(const ::testing::TestParamInfo<EachLab::ParamType>& tested) {
    const auto [mode, transport, registry, has_proxies] = tested.param;
    return std::string(to_string(mode)) + "_" + std::string(to_string(transport)) + "_" +
           to_string(registry) + (has_proxies ? "_proxied" : "");
}
using enum RegistryKind;
INSTANTIATE_TEST_SUITE_P(
    Of, EachLab,
    ::testing::Values(EachLab::ParamType(Mode::tag, Transport::file, docker_registry, false),
                      EachLab::ParamType(Mode::digest, Transport::file, distribution, false),
                      EachLab::ParamType(Mode::tag, Transport::http, ggcr, false),
                      EachLab::ParamType(Mode::digest, Transport::http, docker_registry, true),
                      EachLab::ParamType(Mode::tag, Transport::http, distribution, true),
                      EachLab::ParamType(Mode::digest, Transport::file, ggcr, true)),
    lab_name);

TEST_P(EachLab, HasAReleaseAndTakesAnotherThatIsMadeByHandAsItShouldBe) {
    Lab lab(setup());
    WorldObserver observer(lab);
    const std::string commit = lab.release_by_hand("1.1.0");
    observer.look();
    EXPECT_EQ(lab.branch_tip(), commit);
    EXPECT_EQ(lab.remote().run({"rev-parse", "v1.1.0^{commit}"}), commit);
    for (const char* repository : {"kite/kite", "kite/agent"})
        for (const char* tag : {"v1.0.0", "v1.1.0"})
            EXPECT_NE(testing::pull_manifest(lab.registry().url(), repository, tag), "");
    const WorldObserver::Report report = observer.finish();
    EXPECT_EQ(report.violations, std::vector<std::string>());
    EXPECT_TRUE(report.is_complete);
    EXPECT_EQ(report.unread, 0u);
    EXPECT_GE(report.tags, 4u);
    EXPECT_GE(report.images, 8u);
}

TEST_P(EachLab, IsReachedTheWayTheProjectReachesIt) {
    const Lab lab(setup());
    const testing::Git clone = lab.clone("other");
    EXPECT_EQ(clone.run({"rev-parse", "HEAD"}), lab.branch_tip());
    EXPECT_EQ(clone.run({"config", "remote.origin.url"}), lab.remote_url());
    clone.run({"push", "--quiet", "origin", "HEAD:refs/heads/other"});
    EXPECT_EQ(lab.remote().run({"rev-parse", "other"}), lab.branch_tip());
    const std::string name = lab.image_name("agent");
    const std::string url = "http://" + name.substr(0, name.find('/'));
    EXPECT_NE(testing::pull_manifest(url, "kite/agent", "v1.0.0"), "");
    if (!setup().has_proxies) return;
    EXPECT_EQ(lab.registry_proxy().exchanges().back().status, 200);
    if (setup().transport == Transport::http) {
        EXPECT_FALSE(lab.git_proxy().exchanges().empty());
    }
}

class ALab : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = why_absent(LabSetup{})) GTEST_SKIP() << *why;
    }
};

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(ALab, BuildsTheSameImageOfTheSameCommit) {
    const Lab lab;
    const std::string tip = lab.branch_tip(), name = lab.image_name("kite");
    const Layout one = lab.build(name, tip, "1.1.0"), two = lab.build(name, tip, "1.1.0");
    EXPECT_EQ(one.digest, two.digest);
    EXPECT_EQ(read(one.folder + "/index.json"), read(two.folder + "/index.json"));
    EXPECT_NE(one.digest, lab.build(name, tip, "1.2.0").digest);
    EXPECT_NE(one.digest, lab.build(name, "v1.0.0", "1.1.0").digest);
}

TEST_F(ALab, BuildsAnotherWhereItIsNotReproducible) {
    const Lab lab({.is_reproducible = false});
    const std::string tip = lab.branch_tip(), name = lab.image_name("kite");
    EXPECT_NE(lab.build(name, tip, "1.1.0").digest, lab.build(name, tip, "1.1.0").digest);
}

TEST_F(ALab, BuildsWhatOthersRead) {
    if (!testing::find_peer("crane")) GTEST_SKIP() << testing::absent("crane");
    const Lab lab;
    const std::string name = lab.image_name("kite");
    for (const char* platform : {"linux/amd64", "linux/arm64"}) {
        const auto config = testing::run_peer(
            {"crane", "config", "--insecure", "--platform", platform, name + ":v1.0.0"},
            lab.home());
        EXPECT_TRUE(config.exit.ok()) << config.err;
        const std::string commit = lab.remote().run({"rev-parse", "v1.0.0^{commit}"});
        EXPECT_TRUE(config.out.contains("\"org.opencontainers.image.revision\":\"" + commit + "\""))
            << config.out;
        EXPECT_TRUE(config.out.contains("\"org.opencontainers.image.version\":\"1.0.0\""));
    }
    const auto valid = testing::run_peer(
        {"crane", "validate", "--insecure", "--remote", name + ":v1.0.0"}, lab.home());
    EXPECT_TRUE(valid.exit.ok()) << valid.err;
}

TEST_F(ALab, MayPushToStagingAsItIsBuilt) {
    const Lab lab({.pushes_to_staging = true});
    const std::string registry = lab.registry().address();
    const std::string configuration = read(lab.project().directory() + "/lockstep.yaml");
    const std::size_t at = configuration.find("command: [") + 10;
    std::string command = configuration.substr(at, configuration.find(']') - at);
    std::erase(command, ',');
    const auto built = os::run({.argv = {"sh", "-c", command},
                                .set = {{"LOCKSTEP_VERSION", "1.1.0"},
                                        {"LOCKSTEP_TAG", "v1.1.0"},
                                        {"LOCKSTEP_COMMIT", lab.branch_tip()},
                                        {"LOCKSTEP_IMAGE", lab.image_name("kite")},
                                        {"LOCKSTEP_STAGING", registry + "/staging/kite:v1.1.0-x"},
                                        {"SOURCE_DATE_EPOCH", "1767225600"}},
                                .unset = {},
                                .directory = lab.project().directory()});
    ASSERT_TRUE(built);
    EXPECT_TRUE(built->exit.ok()) << built->err;
    const std::string manifest =
        testing::pull_manifest(lab.registry().url(), "staging/kite", "v1.1.0-x");
    EXPECT_TRUE(built->out.contains(testing::sha256_of(manifest)));
}

TEST_F(ALab, SaysWhereTheProjectIs) {
    const Lab lab;
    EXPECT_EQ(lab.project().run({"status", "--porcelain"}), "");
    EXPECT_EQ(lab.project().run({"rev-parse", "HEAD"}), lab.branch_tip());
    EXPECT_EQ(lab.branch_before(), lab.branch_tip());
    EXPECT_EQ(lab.project().run({"describe", "--tags"}).substr(0, 8), "v1.0.0-1");
}

// What kustomize makes of the lab's files is what the observer reads in them.
TEST_P(EachLab, DeclaresWhatKustomizeRenders) {
    if (!testing::find_peer("kustomize")) GTEST_SKIP() << testing::absent("kustomize");
    const Lab lab(setup());
    const auto rendered = testing::run_peer(
        {"kustomize", "build", lab.project().directory() + "/deploy/overlays/production"},
        lab.home());
    ASSERT_TRUE(rendered.exit.ok()) << rendered.err;
    for (const std::string& name : lab.image_names()) {
        const std::string repository = name.substr(name.find('/') + 1);
        const std::string digest =
            testing::sha256_of(testing::pull_manifest(lab.registry().url(), repository, "v1.0.0"));
        const std::string tagged = "image: " + name + ":v1.0.0\n";
        const std::string pinned = "@" + digest + "\n";
        EXPECT_TRUE(rendered.out.contains(setup().mode == Mode::tag ? tagged : pinned))
            << rendered.out;
    }
}

}  // namespace
}  // namespace lockstep::release_lab
