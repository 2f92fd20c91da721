// Layouts as other programs write and read them: skopeo (Debian), regctl and oras where they are.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <set>

#include "images/copy.h"
#include "images/inspect.h"
#include "images/layout.h"
#include "images/sample_image.h"
#include "json/parse.h"
#include "os/environment.h"
#include "os/subprocess.h"
#include "support/golden.h"
#include "support/temp_dir.h"

namespace lockstep::images {
namespace {

using testing::TempDir;

/// On PATH, or where scripts of this project put it; empty where it is in neither.
std::string tool(const std::string& name) {
    if (const Result<std::string> found = os::find_program(name); found.has_value()) return *found;
    const char* const cache = std::getenv("XDG_CACHE_HOME");
    const char* const home = std::getenv("HOME");
    const std::string folder =
        cache != nullptr ? cache : std::string(home == nullptr ? "" : home) + "/.cache";
    const std::string path = folder + "/lockstep/tools/" + name;
    return os::find_program(path).has_value() ? path : std::string();
}

#define NEED_TOOL(variable, name)            \
    const std::string variable = tool(name); \
    if (variable.empty()) GTEST_SKIP() << name << " is not here: nothing is compared with it"

/// What the program printed; a failure of the test where it failed.
std::string run(const std::vector<std::string>& argv) {
    const Result<os::Captured> done = os::run({.argv = argv});
    if (!done.has_value()) {
        ADD_FAILURE() << to_string(done.error());
        return {};
    }
    EXPECT_TRUE(done->exit.ok()) << argv[0] << ' ' << argv[1] << ": " << done->err;
    return done->out;
}

Result<RawManifest> read(Store& store, const std::string& name) {
    const std::array names = {ManifestName{"", name}};
    return std::move(store.read_manifests(names).front());
}

void expect_holds(Store& store, const SampleImage& image, const std::string& tag) {
    const Result<RawManifest> root = read(store, tag);
    ASSERT_TRUE(root.has_value()) << failure_of(root);
    EXPECT_EQ(root->bytes, image.root().bytes);
    for (const RawManifest& manifest : image.manifests)
        EXPECT_EQ(failure_of(read(store, manifest.descriptor.digest.str())), "success");
    for (const auto& [digest, bytes] : image.blobs) {
        TextSink sink;
        const oci::Descriptor blob{
            .media_type = "", .digest = *oci::Digest::parse(digest), .size = bytes.size()};
        EXPECT_EQ(failure_of(store.read_blob("", blob, 0, sink)), "success");
        EXPECT_EQ(sink.text, bytes);
    }
}

/// A layout of ours in which an index with a referrer is, under the tag 1.
class LayoutTools : public ::testing::Test {
  protected:
    LayoutTools() {
        // A layer that is a tar archive: skopeo looks.
        image_ = index_image(std::string(1024, '\0'));
        referrer_ = referrer_image(image_.root().descriptor, "text");
        ours_ = std::move(Layout::open_or_make(dir_ / "ours").value());
        EXPECT_EQ(failure_of(put(*ours_, "", image_, "1")), "success");
        EXPECT_EQ(failure_of(put(*ours_, "", referrer_, "")), "success");
    }

    TempDir dir_;
    SampleImage image_, referrer_;
    std::unique_ptr<Layout> ours_;
};

TEST_F(LayoutTools, SkopeoReadsWhatWeWrite) {
    NEED_TOOL(skopeo, "skopeo");
    EXPECT_EQ(run({skopeo, "inspect", "--raw", "oci:" + dir_ / "ours" + ":1"}),
              image_.root().bytes);
    run({skopeo, "--insecure-policy", "copy", "--all", "oci:" + dir_ / "ours" + ":1",
         "dir:" + dir_ / "out"});
    for (const auto& [digest, bytes] : image_.blobs) {
        const std::string copied = run({"cat", dir_ / ("out/" + digest.substr(7))});
        EXPECT_EQ(copied, bytes);
    }
}

TEST_F(LayoutTools, WeReadWhatSkopeoWrites) {
    NEED_TOOL(skopeo, "skopeo");
    run({skopeo, "--insecure-policy", "copy", "--all", "--preserve-digests",
         "--dest-oci-accept-uncompressed-layers", "oci:" + dir_ / "ours" + ":1",
         "oci:" + dir_ / "theirs" + ":registry.example.com/app:2"});
    const std::unique_ptr<Layout> theirs = std::move(Layout::open(dir_ / "theirs").value());
    EXPECT_EQ(*theirs->tags(""), std::vector<std::string>{"2"});
    expect_holds(*theirs, image_, "2");
    // Ours stands beside theirs, and both are read by both.
    const SampleImage other = single_image(std::string(2048, '\0'));
    ASSERT_EQ(failure_of(put(*theirs, "", other, "3")), "success");
    EXPECT_EQ(
        run({skopeo, "inspect", "--raw", "oci:" + dir_ / "theirs" + ":registry.example.com/app:2"}),
        image_.root().bytes);
    EXPECT_EQ(run({skopeo, "inspect", "--raw", "oci:" + dir_ / "theirs" + ":3"}),
              other.root().bytes);
}

TEST_F(LayoutTools, ACopyOfOursIsOneForSkopeo) {
    NEED_TOOL(skopeo, "skopeo");
    const std::unique_ptr<Layout> to = std::move(Layout::open_or_make(dir_ / "to").value());
    const Result<Copied> copied = copy(*ours_, {"", "1"}, *to, {"", "1"}, {.referrers = true});
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_EQ(run({skopeo, "inspect", "--raw", "oci:" + dir_ / "to" + ":1"}), image_.root().bytes);
    EXPECT_TRUE(run({skopeo, "inspect", "--config", "oci:" + dir_ / "to" + ":1"})
                    .contains("2024-01-02T03:04:05Z"));
}

TEST_F(LayoutTools, RegctlAndWeReadEachOther) {
    NEED_TOOL(regctl, "regctl");
    EXPECT_EQ(run({regctl, "manifest", "get", "ocidir://" + dir_ / "ours" + ":1", "--format",
                   "raw-body"}),
              image_.root().bytes);
    const std::string copy = "ocidir://" + dir_ / "theirs" + ":2";
    run({regctl, "image", "copy", "ocidir://" + dir_ / "ours" + ":1", copy});
    dir_.write("note.txt", "a note");
    run({regctl, "artifact", "put", "--subject", copy, "--artifact-type", "text/note", "--file",
         dir_ / "note.txt", "--file-title", "--strip-dirs"});
    const std::unique_ptr<Layout> theirs = std::move(Layout::open(dir_ / "theirs").value());
    expect_holds(*theirs, image_, "2");
    // regctl lists referrers by the tag that stands in for the API.
    const Result<std::vector<oci::Descriptor>> found = theirs->referrers("", image_.digest());
    ASSERT_TRUE(found.has_value()) << failure_of(found);
    ASSERT_EQ(found->size(), 1u);
    EXPECT_EQ(found->front().artifact_type, "text/note");
}

TEST_F(LayoutTools, OrasAndWeFindEachOthersReferrers) {
    NEED_TOOL(oras, "oras");
    const std::string ours = dir_ / "ours" + ":1";
    EXPECT_EQ(run({oras, "manifest", "fetch", "--oci-layout", ours}), image_.root().bytes);
    EXPECT_TRUE(run({oras, "discover", "--oci-layout", ours, "--format", "json"})
                    .contains(referrer_.digest().str()));
    dir_.write("note.txt", "a note");
    run({oras, "attach", "--oci-layout", ours, "--artifact-type", "text/note",
         "--disable-path-validation", dir_ / "note.txt"});
    const Result<std::vector<oci::Descriptor>> found = ours_->referrers("", image_.digest());
    ASSERT_TRUE(found.has_value()) << failure_of(found);
    std::set<std::string> types;
    for (const oci::Descriptor& referrer : *found) types.insert(referrer.artifact_type);
    EXPECT_EQ(types, (std::set<std::string>{"text/note", "text/spdx"}));
    expect_holds(*ours_, image_, "1");
}

TEST(ExampleLayout, IsReadWhole) {
    const TempDir dir;
    run({"sh", testing::test_directory() + "/../examples/make-example", dir / "."});
    const Result<std::unique_ptr<Layout>> layout = Layout::open(dir / "images");
    ASSERT_TRUE(layout.has_value()) << failure_of(layout);
    const std::vector<std::string> tags = (*layout)->tags("").value();
    std::vector<ManifestName> names;
    for (const std::string& tag : tags) names.push_back({"", tag});
    ASSERT_GT(names.size(), 5u);
    for (const Result<Inspected>& image : inspect(**layout, names)) {
        ASSERT_TRUE(image.has_value()) << failure_of(image);
        ASSERT_EQ(image->platforms.size(), 2u);
        EXPECT_TRUE(
            image->platforms[0].config.labels.contains("org.opencontainers.image.revision"));
    }
}

}  // namespace
}  // namespace lockstep::images
