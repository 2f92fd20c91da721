#include "images/cached_store.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <thread>

#include "images/faulty_store.h"
#include "images/layout.h"
#include "images/sample_image.h"
#include "os/file.h"
#include "support/temp_dir.h"

namespace lockstep::images {
namespace {

namespace fs = std::filesystem;
using Use = CachedStoreOptions::Use;
using testing::TempDir;

TEST(AnswerCache, IsForItsOwnerOnly) {
    const TempDir dir;
    ASSERT_TRUE(AnswerCache::open(dir / "a/b").has_value());
    EXPECT_EQ(fs::status(dir / "a/b").permissions(), fs::perms::owner_all);
    fs::permissions(dir / "a/b", fs::perms::all);
    EXPECT_EQ(failure_of(AnswerCache::open(dir / "a/b")),
              "denied: other users may write into the cache folder `" + dir / "a/b" + '`');
}

TEST(AnswerCache, KeepsBytesByDigest) {
    const TempDir dir;
    const AnswerCache cache = *AnswerCache::open(dir / "c");
    const oci::Digest digest = oci::Digest::of("text");
    EXPECT_EQ(cache.find(digest), std::nullopt);
    cache.keep(digest, "text");
    EXPECT_EQ(cache.find(digest), "text");
    EXPECT_EQ(AnswerCache::open(dir / "c")->find(digest), "text");
    const std::string path = "c/sha256/" + std::string(digest.hex());
    dir.write(path, "tex");
    EXPECT_EQ(cache.find(digest), std::nullopt);
    EXPECT_FALSE(fs::exists(dir / path));
    const std::string large(oci::manifest_bytes_max + 1, ' ');
    cache.keep(oci::Digest::of(large), large);
    EXPECT_EQ(cache.find(oci::Digest::of(large)), std::nullopt);
}

TEST(AnswerCache, KeepsAnswersByWhoAskedForWhat) {
    const TempDir dir;
    const AnswerCache cache = *AnswerCache::open(dir / "c");
    const AnswerCache::Question question{"r.example.com", "", {"app", "1"}};
    const std::chrono::system_clock::time_point at(std::chrono::seconds(1'700'000'000));
    const oci::Descriptor found{.media_type = "a/b", .digest = oci::Digest::of("x"), .size = 1};
    EXPECT_FALSE(cache.find(question).has_value());
    cache.keep(question, {.descriptor = found, .at = at});
    ASSERT_TRUE(cache.find(question).has_value());
    EXPECT_EQ(cache.find(question)->descriptor, found);
    EXPECT_EQ(cache.find(question)->at, at);
    for (const AnswerCache::Question& other :
         {AnswerCache::Question{"r.example.com", "me", {"app", "1"}},
          AnswerCache::Question{"other.example.com", "", {"app", "1"}},
          AnswerCache::Question{"r.example.com", "", {"app2", "1"}},
          AnswerCache::Question{"r.example.com", "", {"app", "2"}},
          AnswerCache::Question{"r.example.com", "app", {"", "1"}}})
        EXPECT_FALSE(cache.find(other).has_value());
    cache.keep(question, {.descriptor = {}, .at = at});
    EXPECT_EQ(cache.find(question)->descriptor, std::nullopt);
    cache.forget(question);
    EXPECT_FALSE(cache.find(question).has_value());
}

TEST(AnswerCache, DamagedAnswersAreNone) {
    const TempDir dir;
    const AnswerCache cache = *AnswerCache::open(dir / "c");
    const AnswerCache::Question question{"r.example.com", "", {"app", "1"}};
    for (const std::string text :
         {"", "{", "[]", "{}", R"({"at":"now"})", R"({"at":1,"digest":"x"})"}) {
        cache.keep(question, {.descriptor = {}, .at = {}});
        const std::string path = fs::directory_iterator(dir / "c/names")->path();
        ASSERT_TRUE(os::replace_file(path, text).has_value());
        EXPECT_FALSE(cache.find(question).has_value()) << text;
        EXPECT_FALSE(fs::exists(path)) << text;
    }
}

TEST(AnswerCache, SeveralMayWriteAtOnce) {
    const TempDir dir;
    const AnswerCache cache = *AnswerCache::open(dir / "c");
    const std::string text(100'000, 'x');
    const oci::Digest digest = oci::Digest::of(text);
    cache.keep(digest, text);
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 4; ++writer)
            writers.emplace_back([&] {
                const AnswerCache own = *AnswerCache::open(dir / "c");
                for (int time = 0; time < 50; ++time) {
                    own.keep(digest, text);
                    EXPECT_TRUE(own.find(digest).has_value());
                }
            });
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(dir / "c/sha256"), fs::directory_iterator()), 1);
}

class Cached : public ::testing::Test {
  protected:
    Cached() {
        EXPECT_EQ(failure_of(put(*layout_, "", image_, "1")), "success");
        store_.own_title = "r.example.com";
    }
    CachedStore store(Use use = Use::read, std::chrono::seconds age = std::chrono::minutes(5)) {
        return CachedStore(store_, cache_, {.identity = "", .tag_age_max = age, .use = use});
    }
    static Result<RawManifest> read(Store& store, const std::string& name,
                                    const std::string& repository = "app") {
        const std::array names = {ManifestName{repository, name}};
        return std::move(store.read_manifests(names).front());
    }
    static Result<oci::Descriptor> resolve(Store& store, const std::string& name) {
        const std::array names = {ManifestName{"app", name}};
        return std::move(store.resolve(names).front());
    }

    TempDir dir_;
    std::unique_ptr<Layout> layout_ = std::move(Layout::open_or_make(dir_ / "l").value());
    FaultyStore store_{*layout_};
    AnswerCache cache_ = *AnswerCache::open(dir_ / "c");
    SampleImage image_ = index_image();
};

TEST_F(Cached, AsksOnce) {
    for (int run = 0; run < 3; ++run) {
        CachedStore store = this->store();
        const std::string digest = image_.manifests[0].descriptor.digest.str();
        const std::array names = {ManifestName{"app", "1"}, ManifestName{"app", "none"},
                                  ManifestName{"app", digest}};
        const std::vector<Result<RawManifest>> found = store.read_manifests(names);
        EXPECT_EQ(found[0]->bytes, image_.root().bytes);
        EXPECT_EQ(found[0]->descriptor, image_.root().descriptor);
        EXPECT_EQ(found[1].error().kind, Error::Kind::not_found);
        EXPECT_EQ(found[2]->bytes, image_.manifests[0].bytes);
        EXPECT_EQ(*resolve(store, "1"), image_.root().descriptor);
        EXPECT_EQ(*resolve(store, image_.digest().str()), image_.root().descriptor);
        const std::array blobs = {
            oci::Descriptor{.media_type = "",
                            .digest = *oci::Digest::parse(image_.blobs.begin()->first),
                            .size = image_.blobs.begin()->second.size()}};
        EXPECT_EQ(*store.read_blobs("app", blobs).front(), image_.blobs.begin()->second);
    }
    EXPECT_EQ(store_.count("manifest "), 3u);
    EXPECT_EQ(store_.count("resolve"), 0u);
    EXPECT_EQ(store_.count("small blob"), 1u);
}

TEST_F(Cached, ATagIsAskedAgainWhenItIsOld) {
    CachedStore store = this->store(Use::read, std::chrono::seconds(-1));
    ASSERT_TRUE(read(store, "1").has_value());
    ASSERT_TRUE(read(store, "1").has_value());
    EXPECT_FALSE(read(store, "2").has_value());
    const SampleImage other = single_image("other");
    ASSERT_EQ(failure_of(put(*layout_, "", other, "1", Store::IfExists::replace)), "success");
    ASSERT_EQ(failure_of(put(*layout_, "", other, "2")), "success");
    EXPECT_EQ(read(store, "1")->descriptor.digest, other.digest());
    EXPECT_EQ(read(store, "2")->descriptor.digest, other.digest());
    EXPECT_EQ(store_.count("manifest 1"), 3u);
    // By its digest it is what it was.
    EXPECT_TRUE(read(store, image_.digest().str()).has_value());
    EXPECT_EQ(store_.count("manifest sha256"), 0u);
}

// What is in one repository says nothing about another one.
TEST_F(Cached, ADigestIsKnownInItsRepositoryOnly) {
    CachedStore store = this->store();
    ASSERT_TRUE(read(store, image_.digest().str(), "app").has_value());
    ASSERT_TRUE(read(store, image_.digest().str(), "other").has_value());
    EXPECT_EQ(store_.count("manifest " + image_.digest().str()), 2u);
}

TEST_F(Cached, DamagedBytesAreAskedForAgain) {
    CachedStore store = this->store();
    ASSERT_TRUE(read(store, "1").has_value());
    dir_.write("c/sha256/" + std::string(image_.digest().hex()), "damaged");
    EXPECT_EQ(read(store, "1")->bytes, image_.root().bytes);
    EXPECT_EQ(store_.count("manifest 1"), 2u);
    EXPECT_EQ(read(store, "1")->bytes, image_.root().bytes);
    EXPECT_EQ(store_.count("manifest 1"), 2u);
}

TEST_F(Cached, AnErrorIsNoAnswer) {
    CachedStore store = this->store();
    fs::permissions(dir_ / "l/index.json", fs::perms::none);
    fs::rename(dir_ / "l/index.json", dir_ / "index.json");
    EXPECT_EQ(read(store, "1").error().kind, Error::Kind::invalid);
    fs::rename(dir_ / "index.json", dir_ / "l/index.json");
    fs::permissions(dir_ / "l/index.json", fs::perms::owner_all);
    EXPECT_TRUE(read(store, "1").has_value());
}

TEST_F(Cached, AWriterAsksAlwaysAndForgetsWhatItWrote) {
    CachedStore reader = store(), writer = store(Use::write);
    EXPECT_FALSE(read(reader, "2").has_value());
    EXPECT_FALSE(resolve(writer, "2").has_value());
    EXPECT_FALSE(resolve(writer, "2").has_value());
    EXPECT_EQ(store_.count("resolve 2"), 2u);
    ASSERT_EQ(failure_of(put(writer, "app", image_, "2")), "success");
    EXPECT_EQ(read(reader, "2")->descriptor.digest, image_.digest());
}

TEST_F(Cached, OfflineAsksNothing) {
    CachedStore reader = store(), offline = store(Use::offline, std::chrono::seconds(-1));
    EXPECT_EQ(failure_of(read(offline, "1")),
              "unavailable: `app:1` of r.example.com is not in the cache, and this is offline");
    ASSERT_TRUE(read(reader, "1").has_value());
    EXPECT_FALSE(read(reader, "2").has_value());
    EXPECT_EQ(read(offline, "1")->bytes, image_.root().bytes);
    // That it was not there once does not say that it is not there now.
    EXPECT_EQ(read(offline, "2").error().kind, Error::Kind::unavailable);
    EXPECT_EQ(offline.tags("app").error().kind, Error::Kind::unavailable);
    EXPECT_EQ(store_.count("manifest "), 2u);
    EXPECT_EQ(store_.count("tags"), 0u);
}

}  // namespace
}  // namespace lockstep::images
