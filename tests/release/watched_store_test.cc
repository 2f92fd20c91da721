#include "release/watched_store.h"

#include <gtest/gtest.h>

#include <vector>

#include "http/text_source.h"
#include "images/layout.h"
#include "support/image_maker.h"
#include "support/temp_dir.h"

namespace lockstep::release {
namespace {

class Witness final : public Observer {
  public:
    void before(const Effect& effect) override { seen.push_back("before " + effect.what); }
    void after(const Effect& effect) override { seen.push_back("after " + effect.what); }
    std::vector<std::string> seen;
};

oci::Descriptor blob_of(const std::string& text) {
    return {.media_type = "text/plain", .digest = oci::Digest::of(text), .size = text.size()};
}

class Watched : public ::testing::Test {
  protected:
    void SetUp() override {
        image = testing::make_image();
        testing::write_layout(dir / "layout", image, "v1.0.0");
        layout = images::Layout::open(dir / "layout").value();
        store.emplace(*layout, witness, "registry.example.com/");
    }
    /// That this was done, and nothing else.
    void expect_seen(const std::string& what) {
        EXPECT_EQ(witness.seen, (std::vector<std::string>{"before " + what, "after " + what}));
        witness.seen.clear();
    }
    images::RawManifest manifest() {
        const images::ManifestName names[] = {{"kite/kite", "v1.0.0"}};
        return store->read_manifests(names).front().value();
    }

    testing::TempDir dir;
    testing::MadeImage image;
    std::unique_ptr<images::Layout> layout;
    Witness witness;
    std::optional<WatchedStore> store;
};

TEST_F(Watched, IsSeenWithWhatItWrites) {
    const std::string text = "a blob";
    const oci::Descriptor blob = blob_of(text);
    http::TextSource source(text);
    ASSERT_TRUE(store->write_blob("kite/kite", blob, source).has_value());
    expect_seen("registry.example.com/kite/kite@" + blob.digest.str());
    EXPECT_TRUE(layout->has_blob("kite/kite", blob).value());

    const images::RawManifest raw = manifest();
    using enum images::Store::IfExists;
    ASSERT_TRUE(store->write_manifest({"kite/kite", "v1.1.0"}, raw, refuse).has_value());
    expect_seen("registry.example.com/kite/kite:v1.1.0");
    ASSERT_TRUE(store->write_manifest({"kite/kite", image.digest()}, raw, refuse).has_value());
    expect_seen("registry.example.com/kite/kite@" + image.digest());
    EXPECT_EQ(layout->tags("kite/kite").value(), (std::vector<std::string>{"v1.0.0", "v1.1.0"}));

    ASSERT_TRUE(store->mount_blob("kite/kite", blob, "kite/other").has_value());
    expect_seen("registry.example.com/kite/kite@" + blob.digest.str());
    ASSERT_TRUE(store->remove_manifest({"kite/kite", image.digest()}).has_value());
    expect_seen("registry.example.com/kite/kite@" + image.digest());
    EXPECT_EQ(layout->tags("kite/kite").value(), std::vector<std::string>{});
}

TEST_F(Watched, IsSeenToTheEndAlsoWhereItFails) {
    const oci::Descriptor blob = blob_of("what is promised");
    http::TextSource source("what is given...");
    EXPECT_FALSE(store->write_blob("kite/kite", blob, source).has_value());
    expect_seen("registry.example.com/kite/kite@" + blob.digest.str());
}

TEST_F(Watched, IsNotSeenReading) {
    const images::ManifestName names[] = {{"kite/kite", "v1.0.0"}};
    EXPECT_EQ(store->resolve(names).front().value().digest.str(), image.digest());
    EXPECT_EQ(manifest().bytes, image.bytes());
    EXPECT_TRUE(store->tags("kite/kite").has_value());
    EXPECT_TRUE(store->may_write("kite/kite").has_value());
    EXPECT_TRUE(store->referrers("kite/kite", manifest().descriptor.digest).has_value());
    EXPECT_FALSE(store->has_blob("kite/kite", blob_of("not there")).value());
    EXPECT_EQ(store->title(), layout->title());
    EXPECT_EQ(witness.seen, std::vector<std::string>{});
}

}  // namespace
}  // namespace lockstep::release
