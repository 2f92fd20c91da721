#include "release/outlook.h"

#include <gtest/gtest.h>

#include "images/inspect.h"
#include "images/layout.h"
#include "support/image_maker.h"
#include "support/temp_dir.h"

namespace lockstep::release {
namespace {

using images::ManifestName;

constexpr const char* repository = "kite/kite";

/// v1.0.0 is published, v1.1.0 is staged, and a stranger's image stands where v1.1.0 will.
class Looking : public ::testing::Test {
  protected:
    void SetUp() override {
        testing::write_layout(dir / "published", old, "v1.0.0");
        testing::write_layout(dir / "staging", fresh, "v1.1.0-0123456789ab");
        published = images::Layout::open(dir / "published").value();
        staging = images::Layout::open(dir / "staging").value();
    }
    Outlook outlook(const std::string& digest) {
        return Outlook(*published, {{.published = {repository, "v1.1.0"},
                                     .digest = digest,
                                     .store = staging.get(),
                                     .repository = "staging/kite"}});
    }
    static std::string digest_in(images::Store& store, const ManifestName& name) {
        const ManifestName names[] = {name};
        const auto found = store.resolve(names);
        if (found.size() != 1) return "no answer";
        if (found.front()) return found.front()->digest.str();
        return found.front().error().kind == Error::Kind::not_found
                   ? "absent"
                   : to_string(found.front().error());
    }

    testing::TempDir dir;
    testing::MadeImage old = testing::make_image({.seed = 1});
    testing::MadeImage fresh = testing::make_image({.labels = {{"a", "b"}}, .seed = 2});
    std::unique_ptr<images::Layout> published, staging;
};

TEST_F(Looking, SeesWhatIsStagedWhereItWillBe) {
    Outlook seen = outlook(fresh.digest());
    EXPECT_EQ(digest_in(seen, {repository, "v1.1.0"}), fresh.digest());
    EXPECT_EQ(digest_in(seen, {repository, fresh.digest()}), fresh.digest());
    const ManifestName names[] = {{repository, "v1.1.0"}};
    EXPECT_EQ(seen.read_manifests(names).front().value().bytes, fresh.bytes());
    // Its config too, which is a blob in staging.
    const auto inspected = images::inspect(seen, names);
    ASSERT_TRUE(inspected.front().has_value()) << to_string(inspected.front().error());
    EXPECT_EQ(inspected.front()->platforms.front().config.labels.at("a"), "b");
}

TEST_F(Looking, SeesEverythingElseAsItIs) {
    Outlook seen = outlook(fresh.digest());
    EXPECT_EQ(digest_in(seen, {repository, "v1.0.0"}), old.digest());
    EXPECT_EQ(digest_in(seen, {repository, old.digest()}), old.digest());
    EXPECT_EQ(digest_in(seen, {repository, "v1.2.0"}), "absent");
    EXPECT_EQ(digest_in(seen, {repository, "v1.1.0-0123456789ab"}), "absent");
    // Of another repository nothing is staged.
    EXPECT_EQ(digest_in(seen, {"kite/other", "v1.1.0"}), "absent");
    EXPECT_EQ(digest_in(seen, {"kite/other", fresh.digest()}), "absent");
    EXPECT_EQ(seen.tags(repository).value(), std::vector<std::string>{"v1.0.0"});
}

TEST_F(Looking, AnswersManyInTheirOrder) {
    Outlook seen = outlook(fresh.digest());
    const ManifestName names[] = {
        {repository, "v1.1.0"}, {repository, "v1.0.0"}, {repository, "v9.9.9"}};
    const auto found = seen.resolve(names);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].value().digest.str(), fresh.digest());
    EXPECT_EQ(found[1].value().digest.str(), old.digest());
    EXPECT_EQ(found[2].error().kind, Error::Kind::not_found);
}

TEST_F(Looking, DoesNotTakeAStrangersImageForTheStagedOne) {
    testing::write_layout(dir / "strange", testing::make_image({.seed = 3}), "v1.1.0");
    published = images::Layout::open(dir / "strange").value();
    Outlook seen = outlook(fresh.digest());
    EXPECT_EQ(digest_in(seen, {repository, "v1.1.0"}), fresh.digest());
    // What is recorded is not in staging any more: the stranger's must not stand for it.
    Outlook lost = outlook("sha256:" + std::string(64, '7'));
    EXPECT_EQ(digest_in(lost, {repository, "v1.1.0"}), "absent");
}

TEST_F(Looking, WritesNothing) {
    Outlook seen = outlook(fresh.digest());
    const ManifestName names[] = {{repository, "v1.0.0"}};
    const images::RawManifest manifest = seen.read_manifests(names).front().value();
    EXPECT_FALSE(
        seen.write_manifest({repository, "v1.2.0"}, manifest, images::Store::IfExists::replace)
            .has_value());
    EXPECT_FALSE(seen.remove_manifest({repository, manifest.descriptor.digest.str()}).has_value());
    EXPECT_FALSE(seen.may_write(repository).has_value());
    EXPECT_EQ(published->tags(repository).value(), std::vector<std::string>{"v1.0.0"});
}

}  // namespace
}  // namespace lockstep::release
