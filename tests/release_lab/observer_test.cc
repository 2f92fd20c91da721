#include "release_lab/observer.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "support/image_maker.h"
#include "support/image_push.h"
#include "support/peer.h"

namespace lockstep::release_lab {
namespace {

using testing::RegistryKind;

/// What is wrong is planted, and must be found. In both modes, with both kinds of registry that
/// have files to spoil.
class Planted : public ::testing::TestWithParam<std::tuple<Mode, RegistryKind>> {
  protected:
    void SetUp() override {
        const auto [mode, registry] = GetParam();
        const LabSetup setup = {.mode = mode, .registry = registry, .images = {"kite", "agent"}};
        if (const auto why = why_absent(setup)) GTEST_SKIP() << *why;
        lab_ = std::make_unique<Lab>(setup);
        observer_ = std::make_unique<WorldObserver>(*lab_);
    }
    void TearDown() override {
        if (observer_ && !is_finished_) observer_->expect_silent();
    }
    bool is_tag_mode() const { return lab_->setup().mode == Mode::tag; }

    /// What the observer found, sorted, without what differs from run to run:
    /// "I1 image-missing v1.1.0".
    std::vector<std::string> found() {
        is_finished_ = true;
        const WorldObserver::Report report = observer_->finish();
        EXPECT_TRUE(report.is_complete);
        std::set<std::string> kinds;
        for (const std::string& violation : report.violations) {
            std::string kind;
            for (const char* key : {"\"invariant\": \"", "\"what\": \"", "\"tag\": \""}) {
                const std::size_t at = violation.find(key) + std::string_view(key).size();
                kind +=
                    (kind.empty() ? "" : " ") + violation.substr(at, violation.find('"', at) - at);
            }
            kinds.insert(kind);
        }
        return {kinds.begin(), kinds.end()};
    }

    /// The commit of a release and its images, of which nobody was told.
    struct Prepared {
        std::string commit;
        std::map<std::string, Layout> layouts;
    };
    Prepared prepare(const std::string& version) {
        Prepared prepared;
        std::map<std::string, std::string> pins;
        if (is_tag_mode()) prepared.commit = lab_->commit_declaring(version);
        const std::string from =
            is_tag_mode() ? prepared.commit : lab_->project().run({"rev-parse", "HEAD"});
        for (const std::string& name : lab_->image_names()) {
            prepared.layouts[name] = lab_->build(name, from, version);
            pins[name] = prepared.layouts[name].digest;
        }
        if (!is_tag_mode()) prepared.commit = lab_->commit_declaring(version, pins);
        return prepared;
    }
    void push_all(const Prepared& prepared, const std::string& tag) {
        for (const auto& [name, layout] : prepared.layouts) lab_->push(layout, name, tag);
    }
    const testing::Git& remote() { return lab_->remote(); }

    std::unique_ptr<Lab> lab_;
    std::unique_ptr<WorldObserver> observer_;
    bool is_finished_ = false;
};
std::string planted_name(const ::testing::TestParamInfo<Planted::ParamType>& tested) {
    const auto [mode, registry] = tested.param;
    return std::string(to_string(mode)) + "_" + to_string(registry);
}
INSTANTIATE_TEST_SUITE_P(
    Of, Planted,
    ::testing::Values(Planted::ParamType(Mode::tag, RegistryKind::docker_registry),
                      Planted::ParamType(Mode::digest, RegistryKind::distribution)),
    planted_name);

using Found = std::vector<std::string>;

TEST_P(Planted, NothingIsFoundInTheRightOrder) {
    const Prepared prepared = prepare("1.1.0");
    observer_->look();
    for (const auto& [name, layout] : prepared.layouts) {
        lab_->push(layout, name, "v1.1.0");
        observer_->look();
    }
    lab_->publish("v1.1.0", prepared.commit);
    observer_->look();
    EXPECT_EQ(found(), Found());
}

TEST_P(Planted, TagThatMovedAndCameBack) {
    const std::string was = remote().run({"rev-parse", "v1.0.0"});
    remote().run({"update-ref", "refs/tags/v1.0.0", lab_->branch_tip()});
    observer_->look();
    remote().run({"update-ref", "refs/tags/v1.0.0", was});
    EXPECT_EQ(found(), (Found{"I2 tag-moved refs/tags/v1.0.0"}));
}

TEST_P(Planted, TagOfNoReleaseThatMoved) {
    remote().run({"update-ref", "refs/tags/nightly", lab_->branch_tip()});
    observer_->look();
    remote().run({"update-ref", "refs/tags/nightly", "v1.0.0^{commit}"});
    EXPECT_EQ(found(), (Found{"I2 tag-moved refs/tags/nightly"}));
}

TEST_P(Planted, TagThatWasMadeAgainByOneObject) {
    // The same commit, another tag object: who has fetched the first one is refused the second.
    const std::string commit = remote().run({"rev-parse", "v1.0.0^{commit}"});
    remote().run({"tag", "-f", "-a", "-m", "again", "v1.0.0", commit});
    EXPECT_EQ(found(), (Found{"I2 tag-moved refs/tags/v1.0.0"}));
}

TEST_P(Planted, TagThatDisappeared) {
    remote().run({"tag", "-d", "v1.0.0"});
    EXPECT_EQ(found(), (Found{"I2 tag-gone refs/tags/v1.0.0"}));
}

TEST_P(Planted, BranchThatWentBack) {
    remote().run({"update-ref", "refs/heads/main", "v1.0.0^{commit}"});
    EXPECT_EQ(found(), (Found{"I2 branch-rewound refs/heads/main"}));
}

TEST_P(Planted, TagBeforeItsImages) {
    const Prepared prepared = prepare("1.1.0");
    lab_->publish("v1.1.0", prepared.commit);
    observer_->look();
    push_all(prepared, "v1.1.0");
    observer_->look();
    EXPECT_EQ(found(),
              (Found{is_tag_mode() ? "I1 image-missing v1.1.0" : "I1 image-incomplete v1.1.0"}));
}

TEST_P(Planted, TagWithOneImageOfTwo) {
    const Prepared prepared = prepare("1.1.0");
    lab_->push(prepared.layouts.at(lab_->image_name("kite")), lab_->image_name("kite"), "v1.1.0");
    lab_->publish("v1.1.0", prepared.commit);
    EXPECT_EQ(found(),
              (Found{is_tag_mode() ? "I1 image-missing v1.1.0" : "I1 image-incomplete v1.1.0"}));
}

TEST_P(Planted, ImageTagThatWasOverwrittenAndPutBack) {
    const std::string name = lab_->image_name("kite");
    const Layout other = lab_->build(name, lab_->branch_tip(), "1.0.0");
    const Layout same = [&] {
        const std::string from = is_tag_mode() ? "v1.0.0^{commit}" : "v1.0.0^{commit}^";
        return lab_->build(name, lab_->remote().run({"rev-parse", from}), "1.0.0");
    }();
    lab_->push(other, name, "v1.0.0");
    observer_->look();
    lab_->push(same, name, "v1.0.0");
    const Found all = found();
    EXPECT_TRUE(std::ranges::find(all, "I2 image-moved v1.0.0") != all.end());
    // In digest mode the manifests say another digest than the tag has.
    EXPECT_EQ(all.size(), is_tag_mode() ? 1u : 2u);
}

TEST_P(Planted, ImageTagThatIsOfNoRelease) {
    const std::string name = lab_->image_name("kite");
    lab_->push(lab_->build(name, lab_->branch_tip(), "1.1.0"), name, "edge");
    observer_->look();
    lab_->push(lab_->build(name, lab_->branch_tip(), "1.2.0"), name, "edge");
    EXPECT_EQ(found(), (Found{"I2 image-moved edge"}));
}

TEST_P(Planted, ImageThatDisappeared) {
    const std::string digest =
        testing::sha256_of(testing::pull_manifest(lab_->registry().url(), "kite/kite", "v1.0.0"));
    testing::run_tool({"curl", "-sS", "--fail", "--noproxy", "*", "-X", "DELETE",
                       lab_->registry().url() + "/v2/kite/kite/manifests/" + digest});
    EXPECT_EQ(found(),
              (Found{is_tag_mode() ? "I1 image-missing v1.0.0" : "I1 image-incomplete v1.0.0",
                     "I2 image-gone v1.0.0"}));
}

TEST_P(Planted, BlobThatDisappeared) {
    const std::string index = testing::pull_manifest(lab_->registry().url(), "kite/kite", "v1.0.0");
    const std::string manifest = testing::pull_manifest(lab_->registry().url(), "kite/kite",
                                                        index.substr(index.rfind("sha256:"), 71));
    const std::string layer = manifest.substr(manifest.rfind("sha256:"), 71);
    std::filesystem::remove(lab_->registry().blob_file(layer));
    EXPECT_EQ(found(), (Found{"I1 image-incomplete v1.0.0"}));
}

TEST_P(Planted, PlatformThatDisappeared) {
    const std::string index = testing::pull_manifest(lab_->registry().url(), "kite/kite", "v1.0.0");
    std::filesystem::remove(lab_->registry().blob_file(index.substr(index.find("sha256:"), 71)));
    EXPECT_EQ(found(), (Found{"I1 image-incomplete v1.0.0"}));
}

TEST_P(Planted, TagWhoseManifestsNameTheVersionBefore) {
    // The usual order: what is tagged is what the branch happens to be.
    for (const std::string& name : lab_->image_names())
        lab_->push(lab_->build(name, lab_->branch_tip(), "1.1.0"), name, "v1.1.0");
    lab_->publish("v1.1.0", lab_->branch_tip());
    Found expected = {"I1 names-other-version v1.1.0"};
    // The overlay is pinned without a tag: its digest is not what v1.1.0 has.
    if (!is_tag_mode()) expected.insert(expected.begin(), "I1 digest-differs v1.1.0");
    EXPECT_EQ(found(), expected);
}

TEST_P(Planted, TagOfWhichOneManifestWasForgotten) {
    const Prepared prepared = prepare("1.1.0");
    push_all(prepared, "v1.1.0");
    lab_->project().run({"checkout", "--quiet", "v1.0.0", "--", "install.yaml"});
    lab_->project().run({"commit", "--quiet", "--amend", "--no-edit"});
    lab_->publish("v1.1.0", lab_->project().run({"rev-parse", "HEAD"}));
    EXPECT_EQ(found(), (Found{"I1 names-other-version v1.1.0"}));
}

TEST_P(Planted, TagWhoseManifestsNameNoImage) {
    const Prepared prepared = prepare("1.1.0");
    push_all(prepared, "v1.1.0");
    lab_->project().run({"rm", "-r", "--quiet", "deploy", "install.yaml"});
    lab_->project().run({"commit", "--quiet", "--amend", "--no-edit"});
    lab_->publish("v1.1.0", lab_->project().run({"rev-parse", "HEAD"}));
    EXPECT_EQ(found(), (Found{"I1 names-no-image v1.1.0"}));
}

TEST_P(Planted, DigestModeWithoutAPin) {
    const Prepared prepared = prepare("1.1.0");
    push_all(prepared, "v1.1.0");
    const std::string commit = lab_->commit_declaring("1.1.0");
    lab_->publish("v1.1.0", commit);
    EXPECT_EQ(found(), is_tag_mode() ? Found() : (Found{"I1 not-pinned v1.1.0"}));
}

/// A state ref whose record says this digest of every image.
void record(const Lab& lab, const std::string& tag, const std::string& digest,
            const std::string& platforms) {
    std::string images;
    for (const std::string& name : lab.image_names())
        images += std::string(images.empty() ? "" : ",") + "{\"reference\":\"" + name + ":" + tag +
                  "\",\"digest\":\"" + digest + "\",\"platforms\":[" + platforms + "]}";
    const testing::Git& git = lab.remote();
    const std::string blob =
        git.run({"hash-object", "-w", "--stdin"}, "{\"images\":[" + images + "]}");
    const std::string tree = git.run({"mktree"}, "100644 blob " + blob + "\trecord.json\n");
    git.run({"update-ref", "refs/lockstep/releases/" + tag,
             git.run({"commit-tree", "-m", "state", tree})});
}

TEST_P(Planted, RecordOfAnotherDigest) {
    record(*lab_, "v1.0.0", testing::sha256_of("another"), "");
    EXPECT_EQ(found(), (Found{"I1 record-differs v1.0.0"}));
}

TEST_P(Planted, RecordThatLacksAnImage) {
    record(*lab_, "v1.0", testing::sha256_of("another"), "");  // of no release
    const testing::Git& git = lab_->remote();
    git.run({"update-ref", "refs/lockstep/releases/v1.0.0", "refs/lockstep/releases/v1.0"});
    EXPECT_EQ(found(), (Found{"I1 record-lacks v1.0.0"}));
}

class AnObserver : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = why_absent(LabSetup{})) GTEST_SKIP() << *why;
    }
};

TEST_F(AnObserver, LetsAliasesMove) {
    const Lab lab({.moving = {"latest"}});
    WorldObserver observer(lab);
    const std::string name = lab.image_name("kite");
    lab.push(lab.build(name, lab.branch_tip(), "1.1.0"), name, "latest");
    observer.look();
    lab.push(lab.build(name, lab.branch_tip(), "1.2.0"), name, "latest");
    observer.expect_silent();
}

TEST_F(AnObserver, FailsTheTestForWhatItFinds) {
    const Lab lab;
    EXPECT_NONFATAL_FAILURE(
        {
            const WorldObserver observer(lab);
            lab.remote().run({"tag", "-d", "v1.0.0"});
        },
        "tag-gone");
}

TEST_F(AnObserver, FailsTheTestWhereItCouldNotLook) {
    Lab lab;
    WorldObserver observer(lab);
    const std::string remote = lab.remote().directory();
    std::filesystem::rename(remote, remote + ".away");
    ::testing::TestPartResultArray failures;
    {
        const ::testing::ScopedFakeTestPartResultReporter reporter(
            ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
        observer.expect_silent();
    }
    std::filesystem::rename(remote + ".away", remote);
    ASSERT_EQ(failures.size(), 1);
    EXPECT_TRUE(std::string_view(failures.GetTestPartResult(0).message())
                    .contains("could not read everything"));
}

TEST_F(AnObserver, SeesNothingMoveWhileManyPushTheSame) {
    Lab lab({.registry = RegistryKind::docker_registry});
    WorldObserver observer(lab);
    const std::string name = lab.image_name("kite");
    const Layout layout = lab.build(name, lab.branch_tip(), "1.1.0");
    for (int i = 0; i < 10; ++i) lab.push(layout, name, "v1.1.0");
    observer.expect_silent();
}

}  // namespace
}  // namespace lockstep::release_lab
