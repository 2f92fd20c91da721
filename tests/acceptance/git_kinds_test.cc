// One history in every shape that git keeps one in: an audit says the same of all of them, and
// leaves them as they were.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "acceptance/story.h"
#include "os/subprocess.h"

namespace lockstep {
namespace {

constexpr const char* manifest = "deploy/app.yaml";

/// Three releases, of which the second names the first one's image.
class Project : public Story {
  public:
    explicit Project(const std::vector<std::string>& init_args = {})
        : Story("https://github.com/acme/app", init_args) {
        release("v1.0.0", {{manifest, deployment("acme/app:v1.0.0")},
                           {"deploy/kustomization.yaml", "resources: [app.yaml]\n"}});
        release("v1.1.0", {{"README.md", "# app\n"}});
        release("v1.2.0", {{manifest, deployment("acme/app:v1.2.0")}});
    }
};

constexpr const char* verdicts =
    "v1.0.0: consistent\n"
    "  deploy/app.yaml:16:16 v1.0.0 consistent\n"
    "v1.1.0: drifted\n"
    "  deploy/app.yaml:16:16 v1.0.0 drifted previous-version\n"
    "v1.2.0: consistent\n"
    "  deploy/app.yaml:16:16 v1.2.0 consistent\n";

std::string audit_at(const std::string& directory) {
    return audit_of({.directory = directory});
}

/// Where a clone's remote is a path, its project is called as the original.
void call_it_app(const std::string& clone) {
    testing::Git(clone).run({"config", "remote.origin.url", "https://github.com/acme/app"});
}

TEST(GitKinds, Plain) {
    Project project;
    EXPECT_EQ(audit_at(project.repository().path()), verdicts);
    EXPECT_EQ(audit_at(project.repository() / "deploy"), verdicts);
    EXPECT_EQ(audit_at(project.repository() / ".git"), verdicts);
}

TEST(GitKinds, Bare) {
    Project project;
    const testing::TempDir dir;
    project.repository().run(
        {"clone", "--quiet", "--bare", project.repository().path(), dir / "b"});
    call_it_app(dir / "b");
    EXPECT_EQ(audit_at(dir / "b"), verdicts);
}

TEST(GitKinds, LinkedWorktree) {
    Project project;
    const testing::TempDir dir;
    project.repository().run({"worktree", "add", "--quiet", "--detach", dir / "w", "v1.0.0"});
    EXPECT_EQ(audit_at(dir / "w"), verdicts);
}

TEST(GitKinds, Packed) {
    Project project;
    project.repository().run({"gc", "--quiet", "--aggressive", "--prune=now"});
    EXPECT_EQ(audit_at(project.repository().path()), verdicts);
}

TEST(GitKinds, WithCommitGraphAndMultiPackIndex) {
    Project project;
    project.repository().run({"repack", "-q", "-d"});
    project.repository().run({"multi-pack-index", "write"});
    project.repository().run({"commit-graph", "write", "--reachable"});
    EXPECT_EQ(audit_at(project.repository().path()), verdicts);
}

TEST(GitKinds, BorrowedObjects) {
    Project project;
    const testing::TempDir dir;
    project.repository().run(
        {"clone", "--quiet", "--shared", project.repository().path(), dir / "s"});
    call_it_app(dir / "s");
    EXPECT_EQ(audit_at(dir / "s"), verdicts);
}

TEST(GitKinds, Sha256) {
    Project project({"--object-format=sha256"});
    EXPECT_EQ(audit_at(project.repository().path()), verdicts);
}

TEST(GitKinds, ShallowClonesHaveTheReleasesTheyHave) {
    Project project;
    const testing::TempDir dir;
    project.repository().run({"clone", "--quiet", "--depth=1", "--branch=v1.2.0",
                              "file://" + project.repository().path(), dir / "s"});
    call_it_app(dir / "s");
    EXPECT_EQ(audit_at(dir / "s"),
              "v1.2.0: consistent\n  deploy/app.yaml:16:16 v1.2.0 consistent\n");
    auto workspace = workspace::Workspace::open({.directory = dir / "s"});
    ASSERT_TRUE(workspace);
    EXPECT_EQ(workspace->history()->notices,
              (std::vector<std::string>{
                  "this clone is shallow: releases that it does not hold are not seen (`git fetch "
                  "--unshallow --tags`)"}));
}

TEST(GitKinds, ShallowClonesOfAllTags) {
    Project project;
    const testing::TempDir dir;
    testing::GitRepo clone;
    clone.run({"fetch", "--quiet", "--depth=1", "file://" + project.repository().path(),
               "refs/tags/*:refs/tags/*"});
    clone.run({"remote", "add", "origin", "https://github.com/acme/app"});
    EXPECT_EQ(audit_at(clone.path()), verdicts);
}

class PartialClone : public ::testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        project_.repository().run({"config", "uploadpack.allowFilter", "true"});
        project_.repository().run({"config", "uploadpack.allowAnySHA1InWant", "true"});
        project_.repository().write("lockstep.yaml", "images: [acme/app]\n");
        project_.repository().run({"clone", "--quiet", "--no-checkout",
                                   std::string("--filter=") + GetParam(),
                                   "file://" + project_.repository().path(), clone_});
        configuration_ = project_.repository() / "lockstep.yaml";
    }
    std::string audit(bool offline) const {
        return audit_of({.directory = clone_, .configuration = configuration_, .offline = offline});
    }

    Project project_;
    testing::TempDir dir_;
    std::string clone_ = dir_ / "partial", configuration_;
};

TEST_P(PartialClone, FetchesWhatItMissesAndKeepsIt) {
    EXPECT_EQ(audit(false), verdicts);
    EXPECT_EQ(audit(true), verdicts);
}

TEST_P(PartialClone, OfflineIsUncheckedAndNeverAbsent) {
    const std::string text = audit(true);
    EXPECT_EQ(text.substr(0, text.find('\n')), "v1.0.0: unchecked");
    EXPECT_EQ(text.find("consistent"), std::string::npos) << text;
    EXPECT_EQ(text.find("absent"), std::string::npos) << text;
}

TEST_P(PartialClone, WhoseRemoteIsGoneIsUnchecked) {
    testing::Git(clone_).run({"config", "remote.origin.url", "file:///nonexistent/repository"});
    const std::string text = audit(false);
    EXPECT_EQ(text.find("consistent"), std::string::npos) << text;
    EXPECT_EQ(text.find("absent"), std::string::npos) << text;
}

INSTANTIATE_TEST_SUITE_P(GitKinds, PartialClone, ::testing::Values("blob:none", "tree:0"),
                         [](const auto& each) {
                             return std::string(each.param) == "tree:0" ? "OfTrees" : "OfBlobs";
                         });

/// Replaces the lightweight tags by what `make_tag` makes of each.
template <typename MakeTag>
std::string audit_retagged(Project& project, MakeTag make_tag) {
    for (const std::string tag : {"v1.0.0", "v1.1.0", "v1.2.0"}) {
        const std::string commit = project.repository().run({"rev-parse", tag});
        project.repository().run({"tag", "--delete", tag});
        make_tag(tag, commit);
    }
    return audit_at(project.repository().path());
}

TEST(GitKinds, AnnotatedTags) {
    Project project;
    EXPECT_EQ(audit_retagged(project,
                             [&](const std::string& tag, const std::string& commit) {
                                 project.repository().annotate(tag, "release", commit);
                             }),
              verdicts);
}

TEST(GitKinds, TagsOfTags) {
    Project project;
    EXPECT_EQ(audit_retagged(project,
                             [&](const std::string& tag, const std::string& commit) {
                                 project.repository().annotate("inner", "inner", commit);
                                 project.repository().annotate("middle", "middle", "inner");
                                 project.repository().annotate(tag, "outer", "middle");
                                 project.repository().run({"tag", "--delete", "inner", "middle"});
                             }),
              verdicts);
}

TEST(GitKinds, SignedTags) {
    const testing::TempDir keys;
    const os::Command keygen{
        .argv = {"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys / "key"}};
    const auto made = os::run(keygen);
    if (!made || !made->exit.ok()) GTEST_SKIP() << "ssh-keygen is not here to make a key";
    Project project;
    EXPECT_EQ(
        audit_retagged(project,
                       [&](const std::string& tag, const std::string& commit) {
                           project.repository().run({"-c", "gpg.format=ssh", "-c",
                                                     "user.signingkey=" + keys / "key", "tag",
                                                     "--sign", "--message", "signed", tag, commit});
                       }),
        verdicts);
}

/// Every file below a folder: its bytes and the time it was written.
std::map<std::string, std::pair<std::string, std::filesystem::file_time_type>> state_of(
    const std::string& folder) {
    std::map<std::string, std::pair<std::string, std::filesystem::file_time_type>> state;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        std::string bytes;
        if (entry.is_regular_file()) {
            std::ifstream file(entry.path(), std::ios::binary);
            bytes.assign(std::istreambuf_iterator<char>(file), {});
        }
        state[entry.path().string()] = {bytes, entry.last_write_time()};
    }
    return state;
}

TEST(GitKinds, NothingIsTouched) {
    Project project;
    // An index that git would like to refresh, and a change of each kind.
    project.repository().write("deploy/new.yaml", deployment("acme/app:v1.3.0"));
    project.repository().write("README.md", "# app, edited\n");
    project.repository().remove("deploy/kustomization.yaml");
    const auto before = state_of(project.repository().path());
    EXPECT_EQ(audit_at(project.repository().path()), verdicts);
    const std::string work_tree =
        verify_work_tree({.directory = project.repository().path()}, "v1.3.0");
    EXPECT_EQ(work_tree,
              ": drifted\n"
              "  deploy/app.yaml:16:16 v1.2.0 drifted previous-version\n"
              "  deploy/new.yaml:16:16 v1.3.0 consistent\n");
    EXPECT_TRUE(state_of(project.repository().path()) == before);
}

TEST(GitKinds, TheWorkTreeIsWhatWouldBeCommitted) {
    Project project;
    project.repository().write(".gitignore", "/build/\n");
    project.repository().write("build/deploy/app.yaml", deployment("acme/app:v0.0.0-dirty"));
    project.repository().write(manifest, deployment("acme/app:v1.3.0"));
    EXPECT_EQ(verify_work_tree({.directory = project.repository().path()}, "v1.3.0"),
              ": consistent\n  deploy/app.yaml:16:16 v1.3.0 consistent\n");
}

}  // namespace
}  // namespace lockstep
