#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "git/remote.h"
#include "support/git_repo.h"

namespace lockstep::git {
namespace {

using testing::GitRepo;
using testing::TempDir;

class Fetch : public ::testing::Test {
  protected:
    Fetch() {
        source_.write("deploy/image", "app:v1.0.0\n");
        first_ = source_.commit("first");
        source_.annotate("v1.0.0");
        source_.write("deploy/image", "app:v1.1.0\n");
        second_ = source_.commit("second");
        source_.tag("v1.1.0");
    }

    RemoteUrl url(const std::string& ref) const {
        RemoteUrl url;
        url.repository = "file://" + source_.path();
        url.ref = ref;
        return url;
    }
    FetchOptions options(bool offline = false) const {
        return {.cache_directory = cache_ / "lockstep", .offline = offline};
    }
    Result<Fetched> get(const std::string& ref, bool offline = false) const {
        return fetch(url(ref), options(offline));
    }
    /// What the file says there, or the error.
    std::string image_at(const std::string& ref, bool offline = false) const {
        auto fetched = get(ref, offline);
        if (!fetched) return to_string(fetched.error().kind);
        return *fetched->repository.tree(fetched->commit.tree)->read("deploy/image").value();
    }
    /// The folder goes away: whatever is read now comes from the cache.
    void hide_source() const { std::filesystem::rename(source_ / ".git", source_ / "hidden"); }
    void show_source() const { std::filesystem::rename(source_ / "hidden", source_ / ".git"); }
    std::vector<std::string> cache_folders() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(cache_ / "lockstep/git"))
            if (entry.is_directory()) names.push_back(entry.path().string());
        return names;
    }

    GitRepo source_;
    TempDir cache_;
    std::string first_, second_;
};

TEST_F(Fetch, WhatAStoppedOneLeftBehindGoesAway) {
    ASSERT_EQ(image_at("v1.0.0"), "app:v1.0.0\n");
    const std::filesystem::path objects = cache_folders().at(0) + "/objects";
    for (const char* left : {"pack/tmp_pack_Ab12Cd", "cd/tmp_obj_Ab12Cd"}) {
        std::filesystem::create_directories((objects / left).parent_path());
        std::ofstream(objects / left) << "half";
    }
    hide_source();
    EXPECT_EQ(image_at("v1.1.0"), "not found");
    EXPECT_FALSE(std::filesystem::exists(objects / "pack/tmp_pack_Ab12Cd"));
    EXPECT_FALSE(std::filesystem::exists(objects / "cd/tmp_obj_Ab12Cd"));
    EXPECT_EQ(image_at("v1.0.0"), "app:v1.0.0\n");
}

TEST_F(Fetch, BringsTheCommitOfATag) {
    const auto fetched = get("v1.0.0");
    ASSERT_TRUE(fetched.has_value()) << fetched.error().message;
    EXPECT_EQ(fetched->commit.id.hex(), first_);
    EXPECT_EQ(image_at("v1.0.0"), "app:v1.0.0\n");
    EXPECT_EQ(image_at("v1.1.0"), "app:v1.1.0\n");
    EXPECT_EQ(image_at("refs/tags/v1.0.0"), "app:v1.0.0\n");
    EXPECT_EQ(image_at("tags/v1.0.0"), "app:v1.0.0\n");
}

TEST_F(Fetch, BringsNoMoreThanThat) {
    ASSERT_TRUE(get("v1.1.0").has_value());
    ASSERT_EQ(cache_folders().size(), 1u);
    const testing::Git cached(cache_folders()[0]);
    EXPECT_EQ(cached.run({"rev-list", "--all", "--count"}), "1");
    EXPECT_EQ(cached.run({"tag", "--list"}), "");
    EXPECT_EQ(cached.run({"rev-parse", "--is-bare-repository"}), "true");
    EXPECT_FALSE(std::filesystem::exists(cache_folders()[0] + "/FETCH_HEAD"));
    EXPECT_FALSE(std::filesystem::exists(cache_folders()[0] + "/hooks"));
}

TEST_F(Fetch, AsksForATagOnlyOnce) {
    EXPECT_EQ(image_at("v1.0.0"), "app:v1.0.0\n");
    hide_source();
    EXPECT_EQ(image_at("v1.0.0"), "app:v1.0.0\n");
    EXPECT_EQ(image_at("v1.1.0"), "not found");
    EXPECT_EQ(image_at("v1.1.0", true), "unavailable");
}

TEST_F(Fetch, AsksForABranchAgain) {
    EXPECT_EQ(image_at("main"), "app:v1.1.0\n");
    source_.write("deploy/image", "app:v1.2.0\n");
    source_.commit();
    EXPECT_EQ(image_at("main", true), "app:v1.1.0\n");
    EXPECT_EQ(image_at("main"), "app:v1.2.0\n");
    EXPECT_EQ(image_at("refs/heads/main"), "app:v1.2.0\n");
    hide_source();
    EXPECT_EQ(image_at("main", true), "app:v1.2.0\n");
    EXPECT_EQ(image_at("main"), "not found");
}

TEST_F(Fetch, WithoutARefTakesTheDefaultBranch) {
    source_.run({"checkout", "--quiet", "-b", "trunk"});
    source_.write("deploy/image", "app:trunk\n");
    source_.commit();
    EXPECT_EQ(image_at(""), "app:trunk\n");
    hide_source();
    EXPECT_EQ(image_at("", true), "app:trunk\n");
}

TEST_F(Fetch, BringsACommit) {
    EXPECT_EQ(image_at(second_), "app:v1.1.0\n");
    EXPECT_EQ(image_at(first_), "app:v1.0.0\n");
    hide_source();
    EXPECT_EQ(image_at(second_), "app:v1.1.0\n");
}

TEST_F(Fetch, PrefersATagToABranchAsGitDoes) {
    source_.run({"branch", "v1.0.0", "main"});
    EXPECT_EQ(image_at("v1.0.0"), "app:v1.0.0\n");
}

TEST_F(Fetch, KeepsTagsThatWereMovedSince) {
    EXPECT_EQ(image_at("v1.1.0"), "app:v1.1.0\n");
    source_.run({"tag", "--force", "v1.1.0", first_});
    EXPECT_EQ(image_at("v1.1.0"), "app:v1.1.0\n");
}

TEST_F(Fetch, TellsWhatTheRemoteDoesNotHave) {
    const auto fetched = get("v9.9.9");
    ASSERT_FALSE(fetched.has_value());
    EXPECT_EQ(fetched.error().kind, Error::Kind::not_found);
    EXPECT_EQ(fetched.error().message,
              "fetching from `file://" + source_.path() + "`: couldn't find remote ref v9.9.9");
    EXPECT_EQ(image_at("v1.0.0"), "app:v1.0.0\n") << "the cache is fine";
}

TEST_F(Fetch, TellsThatThereIsNoRepository) {
    RemoteUrl nowhere;
    nowhere.repository = "file://" + cache_ / "nowhere";
    nowhere.ref = "v1.0.0";
    const auto fetched = fetch(nowhere, options());
    ASSERT_FALSE(fetched.has_value());
    EXPECT_EQ(fetched.error().kind, Error::Kind::not_found);
    EXPECT_EQ(fetched.error().message, "fetching from `file://" + cache_ / "nowhere" + "`: '" +
                                           cache_ / "nowhere" +
                                           "' does not appear to be a git repository; Could not "
                                           "read from remote repository.");
}

TEST_F(Fetch, RefusesOtherProtocols) {
    RemoteUrl hostile;
    hostile.repository = "ext::sh -c touch% " + cache_ / "ran";
    hostile.ref = "v1";
    const auto fetched = fetch(hostile, options());
    ASSERT_FALSE(fetched.has_value());
    EXPECT_EQ(fetched.error().kind, Error::Kind::denied);
    EXPECT_FALSE(std::filesystem::exists(cache_ / "ran"));
}

TEST_F(Fetch, OfATagOfABlobIsNotFound) {
    source_.tag("blob", "HEAD:deploy/image");
    const auto fetched = get("blob");
    ASSERT_FALSE(fetched.has_value());
    EXPECT_EQ(fetched.error().kind, Error::Kind::not_found);
    EXPECT_EQ(fetched.error().message, "`blob` of `file://" + source_.path() + "` names no commit");
}

TEST_F(Fetch, ReadsShallowSources) {
    const TempDir dir;
    source_.run(
        {"clone", "--quiet", "--bare", "--depth=1", "file://" + source_.path(), dir / "shallow"});
    RemoteUrl shallow;
    shallow.repository = "file://" + dir / "shallow";
    const auto fetched = fetch(shallow, options());
    ASSERT_TRUE(fetched.has_value()) << fetched.error().message;
    EXPECT_EQ(fetched->commit.id.hex(), second_);
}

TEST_F(Fetch, ServesSeveralAtOnce) {
    std::vector<std::string> found(6);
    {
        std::vector<std::jthread> threads;
        for (std::size_t at = 0; at < found.size(); ++at)
            threads.emplace_back(
                [&, at] { found[at] = image_at(at % 2 == 0 ? "v1.0.0" : "main"); });
    }
    for (std::size_t at = 0; at < found.size(); ++at)
        EXPECT_EQ(found[at], at % 2 == 0 ? "app:v1.0.0\n" : "app:v1.1.0\n");
    EXPECT_EQ(cache_folders().size(), 1u);
}

TEST_F(Fetch, MendsACacheThatWasCutOff) {
    EXPECT_EQ(image_at("v1.0.0"), "app:v1.0.0\n");
    // As if the machine had stopped between the ref and its objects.
    std::filesystem::remove_all(cache_folders()[0] + "/objects");
    std::filesystem::create_directories(cache_folders()[0] + "/objects");
    EXPECT_EQ(image_at("v1.0.0"), "app:v1.0.0\n");
}

TEST_F(Fetch, OfSha256Repositories) {
    GitRepo modern({"--object-format=sha256"});
    modern.write("deploy/image", "app:v3\n");
    modern.commit();
    modern.tag("v3");
    RemoteUrl remote;
    remote.repository = "file://" + modern.path();
    remote.ref = "v3";
    auto fetched = fetch(remote, options());
    ASSERT_TRUE(fetched.has_value()) << fetched.error().message;
    EXPECT_EQ(*fetched->repository.tree(fetched->commit.tree)->read("deploy/image").value(),
              "app:v3\n");
}

TEST_F(Fetch, LeavesSubmodulesAsEntries) {
    source_.run({"update-index", "--add", "--cacheinfo", "160000," + first_ + ",module"});
    std::filesystem::create_directory(source_ / "module");
    source_.commit();
    auto fetched = get("main");
    ASSERT_TRUE(fetched.has_value()) << fetched.error().message;
    const auto tree = fetched->repository.tree(fetched->commit.tree);
    EXPECT_EQ(tree->stat("module").value().kind, FileTree::Kind::submodule);
    EXPECT_EQ(tree->stat("module/file").value().kind, FileTree::Kind::absent);
}

}  // namespace
}  // namespace lockstep::git
