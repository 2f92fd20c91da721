#include "release_lab/expectations.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <stdexcept>

#include "support/image_maker.h"
#include "support/image_push.h"

namespace lockstep::release_lab {
namespace {

using Problems = std::vector<std::string>;

/// A release whose end is made by hand, as lockstep would leave it; then one thing is spoilt.
class Ending : public ::testing::TestWithParam<std::tuple<Mode, Transport>> {
  protected:
    void SetUp() override {
        const auto [mode, transport] = GetParam();
        const LabSetup setup = {.mode = mode, .transport = transport};
        if (const auto why = why_absent(setup)) GTEST_SKIP() << *why;
        lab_ = std::make_unique<Lab>(setup);
        name_ = lab_->image_name("kite");
    }
    const testing::Git& git() const { return lab_->remote(); }
    std::string id(const std::string& revision) const { return git().run({"rev-parse", revision}); }
    Problems problems(End end) const { return problems_of(*lab_, end, "v1.1.0"); }

    /// refs/lockstep/releases/v1.1.0 with these files, which keeps `commit`.
    void put_state(const std::map<std::string, std::string>& files,
                   const std::string& commit = {}) const {
        std::string listing;
        for (const auto& [name, text] : files)
            listing += "100644 blob " + git().run({"hash-object", "-w", "--stdin"}, text) + "\t" +
                       name + "\n";
        std::vector<std::string> args = {"commit-tree", "-m", "state",
                                         git().run({"mktree"}, listing)};
        if (!commit.empty()) args.insert(args.end(), {"-p", commit});
        git().run({"update-ref", "refs/lockstep/releases/v1.1.0", git().run(args)});
    }

    void release() {
        const std::string commit = lab_->release_by_hand("1.1.0");
        const std::string index =
            testing::pull_manifest(lab_->registry().url(), "kite/kite", "v1.1.0");
        const std::size_t amd = index.find("sha256:"), arm = index.rfind("sha256:");
        record_ = {{"tag", "v1.1.0"},
                   {"version", "1.1.0"},
                   {"commit", commit},
                   {"tagObject", id("v1.1.0")},
                   {"tree", id(commit + "^{tree}")},
                   {"source", id(commit + "^")},
                   {"mode", std::string(to_string(lab_->setup().mode))},
                   {"digest", testing::sha256_of(index)},
                   {"amd64", index.substr(amd, 71)},
                   {"arm64", index.substr(arm, 71)}};
        put_record();
    }
    void put_record(const std::string& step = "recorded") {
        const auto& at = record_;
        std::string text = "{";
        for (const char* key : {"tag", "version", "commit", "tagObject", "tree", "source", "mode"})
            text += "\"" + std::string(key) + "\":\"" + at.at(key) + "\",";
        text += R"("images":[{"reference":")" + name_ + R"(:v1.1.0","digest":")" + at.at("digest") +
                R"(","platforms":[{"name":"linux/amd64","digest":")" + at.at("amd64") +
                R"("},{"name":"linux/arm64/v8","digest":")" + at.at("arm64") + "\"}]}]}";
        put_state({{"record.json", text}, {"release.json", R"({"step":")" + step + "\"}"}},
                  at.at("commit"));
    }

    std::unique_ptr<Lab> lab_;
    std::string name_;
    std::map<std::string, std::string> record_;
};
std::string ending_name(const ::testing::TestParamInfo<Ending::ParamType>& tested) {
    const auto [mode, transport] = tested.param;
    return std::string(to_string(mode)) + "_" + std::string(to_string(transport));
}
INSTANTIATE_TEST_SUITE_P(Of, Ending,
                         ::testing::Values(Ending::ParamType(Mode::tag, Transport::file),
                                           Ending::ParamType(Mode::digest, Transport::http)),
                         ending_name);

TEST_P(Ending, ReleasedAsItMustBe) {
    release();
    EXPECT_EQ(problems(End::released), Problems());
    expect_released(*lab_, "v1.1.0");
}

TEST_P(Ending, ReleasedButNotQuite) {
    release();
    const std::string tip = id("main");
    git().run({"update-ref", "refs/heads/main", "v1.0.0^{commit}"});
    EXPECT_EQ(problems(End::released), Problems{"the branch does not contain " + tip});
    git().run({"update-ref", "refs/heads/main", tip});

    git().run({"update-ref", "refs/lockstep/candidates/v1.1.0", tip});
    EXPECT_EQ(problems(End::released), Problems{"the candidate's ref is there"});
    git().run({"update-ref", "-d", "refs/lockstep/candidates/v1.1.0"});

    put_record("published");
    EXPECT_EQ(problems(End::released), Problems{"the state says published, not recorded"});

    const auto record = record_;
    for (const char* key : {"commit", "tagObject", "version"}) {
        record_[key] = record.at("source");
        put_record();
        EXPECT_NE(problems(End::released), Problems()) << key;
        record_ = record;
    }
    record_["tree"] = record_["commit"];
    put_record();
    EXPECT_EQ(problems(End::released), Problems{"the record has another tree"});
    record_ = record;
    record_["arm64"] = record_["amd64"];
    put_record();
    EXPECT_EQ(problems(End::released).size(), 1u);  // of platforms
    record_ = record;
    put_record();
    EXPECT_EQ(problems(End::released), Problems());

    git().run({"update-ref", "-d", "refs/lockstep/releases/v1.1.0"});
    EXPECT_EQ(problems(End::released),
              (Problems{"the state says None, not recorded", "there is no record"}));
}

TEST_P(Ending, ReleasedByATagThatIsNotAnnotated) {
    release();
    git().run({"update-ref", "refs/tags/v1.1.0", record_["commit"]});
    EXPECT_EQ(problems(End::released).front(), "the tag is not annotated");
}

TEST_P(Ending, ReleasedWithAnotherImageUnderTheTag) {
    release();
    // Built from a commit that is neither the release's nor its source.
    lab_->push(lab_->build(name_, "v1.0.0", "1.1.0"), name_, "v1.1.0");
    const Problems found = problems(End::released);
    ASSERT_FALSE(found.empty());
    EXPECT_TRUE(
        found.back().contains("for linux/arm64 says {'revision': '" + id("v1.0.0^{commit}")))
        << found.back();
}

TEST_P(Ending, ReleasedWithMoreThanVersionsChanged) {
    release();
    lab_->project().run({"checkout", "--quiet", "v1.0.0", "--", "app"});
    lab_->project().run({"commit", "--quiet", "--amend", "--no-edit"});
    const std::string commit = lab_->project().run({"rev-parse", "HEAD"});
    lab_->project().run({"push", "--quiet", "--force", git().directory(), "HEAD:main"});
    git().run({"tag", "-f", "-a", "-m", "x", "v1.1.0", commit});
    record_["commit"] = commit;
    record_["tree"] = id(commit + "^{tree}");
    record_["tagObject"] = id("v1.1.0");
    put_record();
    EXPECT_EQ(problems(End::released).front(), "the commit changes ['app/kite.txt'] too");
}

TEST_P(Ending, NeverReleased) {
    EXPECT_EQ(problems(End::released), Problems{"there is no tag"});
    EXPECT_EQ(problems(End::traceless), Problems());
    expect_traceless(*lab_, "v1.1.0");
    EXPECT_EQ(problems(End::burned), Problems{"the state says None, not burned"});
}

TEST_P(Ending, LeftTraces) {
    const std::string tip = id("main");
    const Layout layout = lab_->build(name_, tip, "1.1.0");
    lab_->push_to_staging(layout, name_, "some-name");
    EXPECT_EQ(problems(End::traceless), Problems{"staging/kite:some-name is staged"});
    git().run({"update-ref", "refs/lockstep/candidates/v1.1.0", tip});
    put_state({{"release.json", R"({"step":"aborting"})"}});
    lab_->push(layout, name_, "v1.1.0");
    git().run({"update-ref", "refs/heads/main", "v1.0.0^{commit}"});
    EXPECT_EQ(problems(End::traceless),
              (Problems{"refs/lockstep/candidates/v1.1.0 is there",
                        "refs/lockstep/releases/v1.1.0 is there",
                        "the branch is at " + id("main") + ", not " + tip,
                        name_ + ":v1.1.0 is there", "staging/kite:some-name is staged"}));
}

TEST_P(Ending, Burned) {
    put_state({{"release.json", R"({"step":"burned"})"}});
    lab_->push(lab_->build(name_, id("main"), "1.1.0"), name_, "v1.1.0");
    EXPECT_EQ(problems(End::burned), Problems());
    expect_burned(*lab_, "v1.1.0");
    git().run({"update-ref", "refs/lockstep/candidates/v1.1.0", id("main")});
    EXPECT_EQ(problems(End::burned), Problems{"the candidate's ref is there"});
    git().run({"update-ref", "refs/tags/v1.1.0", id("main")});
    EXPECT_EQ(problems(End::burned).front(), "there is a tag");
}

TEST_P(Ending, CannotBeToldWhereTheRemoteIsGone) {
    std::filesystem::remove(git().directory() + "/HEAD");
    EXPECT_THROW(problems(End::traceless), std::runtime_error);
}

}  // namespace
}  // namespace lockstep::release_lab
