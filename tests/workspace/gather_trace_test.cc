// A release that was really pushed: to a real registry with BuildKit's attestation and a signature
// beside it, its record at a real remote.
#include "workspace/gather_trace.h"

#include <gtest/gtest.h>

#include <optional>

#include "acceptance/registry_client.h"
#include "base/base64.h"
#include "record/record.h"
#include "support/git_repo.h"
#include "support/image_push.h"
#include "support/registry_kinds.h"
#include "support/registry_server.h"
#include "trace/judge.h"

namespace lockstep::workspace {
namespace {

using testing::ImageBlob;
using testing::MadeImage;

constexpr const char* oci_manifest = "application/vnd.oci.image.manifest.v1+json";

ImageBlob blob_of(std::string media_type, std::string bytes) {
    std::string digest = testing::sha256_of(bytes);
    return {std::move(media_type), std::move(digest), std::move(bytes)};
}

std::string descriptor_text(const ImageBlob& blob) {
    return R"({"mediaType":")" + blob.media_type + R"(","digest":")" + blob.digest +
           R"(","size":)" + std::to_string(blob.bytes.size()) + "}";
}

std::string statement(const std::string& subject, const std::string& repository,
                      const std::string& commit) {
    return R"({"_type":"https://in-toto.io/Statement/v1","predicateType":)"
           R"("https://slsa.dev/provenance/v1","subject":[{"digest":{"sha256":")" +
           subject.substr(7) + R"("}}],"predicate":{"buildDefinition":{"resolvedDependencies":)" +
           R"([{"uri":")" + repository + R"(#v1.0.0","digest":{"sha1":")" + commit +
           R"("}}]},"runDetails":{"builder":{"id":""}}}})";
}

/// What BuildKit puts beside a platform in its index.
MadeImage attestation(const MadeImage& of, const std::string& text) {
    MadeImage image = testing::make_attestation(of);
    const ImageBlob layer = blob_of("application/vnd.in-toto+json", text);
    image.blobs.push_back(layer);
    image.manifests.back() =
        blob_of(oci_manifest, R"({"schemaVersion":2,"mediaType":")" + std::string(oci_manifest) +
                                  R"(","config":)" + descriptor_text(image.blobs.front()) +
                                  R"(,"layers":[)" + descriptor_text(layer) + "]}");
    return image;
}

/// cosign's signature in the form of a tag; nobody verifies it here.
MadeImage signature() {
    MadeImage image;
    image.blobs = {
        blob_of("application/vnd.oci.image.config.v1+json", "{}"),
        blob_of("application/vnd.dev.cosign.simplesigning.v1+json", R"({"critical":{}})")};
    image.manifests = {
        blob_of(oci_manifest, R"({"schemaVersion":2,"mediaType":")" + std::string(oci_manifest) +
                                  R"(","config":)" + descriptor_text(image.blobs[0]) +
                                  R"(,"layers":[)" + descriptor_text(image.blobs[1]) + "]}")};
    return image;
}

class Traced : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = testing::why_absent(testing::RegistryKind::docker_registry))
            GTEST_SKIP() << *why;
        server_.emplace();
        repo_.run({"remote", "add", "origin", "https://github.com/acme/app"});
        repo_.write("deploy.yaml",
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec:\n"
                    "  containers:\n  - name: app\n    image: " +
                        name() + ":v1.0.0\n");
        repo_.write("CHANGELOG.md", "# Changes\n\n## [1.0.0] - 2024-01-02\n\n- first\n");
        repo_.commit("Release v1.0.0");
        repo_.tag("v1.0.0");
        build(id("v1.0.0"), id("v1.0.0"));
    }

    std::string name() const { return server_->address() + "/team/app"; }
    std::string id(const std::string& revision) { return repo_.run({"rev-parse", revision}); }

    /// An image that says it was built from one commit, with an attestation that says another.
    void build(const std::string& label, const std::string& attested) {
        platform_ = testing::make_image(
            {.labels = {{"org.opencontainers.image.revision", label},
                        {"org.opencontainers.image.source", "https://github.com/acme/app"}}});
        index_ = testing::make_index(
            {platform_,
             attestation(platform_,
                         statement(platform_.digest(), "https://github.com/acme/app", attested))});
        testing::push_image(server_->url(), "team/app", index_, "v1.0.0");
    }

    void sign() {
        testing::push_image(server_->url(), "team/app", signature(),
                            "sha256-" + index_.digest().substr(7) + ".sig");
    }

    /// The registry has no API for it: they are listed under a tag.
    void refer(const std::vector<MadeImage>& referrers) {
        for (const MadeImage& each : referrers)
            testing::push_image(server_->url(), "team/app", each, "");
        testing::push_image(server_->url(), "team/app", testing::make_index(referrers),
                            "sha256-" + index_.digest().substr(7));
    }

    void record(const std::string& digest, const std::string& commit) {
        record::Record record;
        record.tag = "v1.0.0";
        record.version = "1.0.0";
        record.tag_object = record.commit = commit;
        record.tree = id("v1.0.0^{tree}");
        record.time = 1'600'000'000;
        record.tool = "lockstep 0.1.0";
        record.images = {{name() + ":v1.0.0", digest, {{"linux/amd64", platform_.digest()}}}};
        const std::string blob = repo_.run({"hash-object", "-w", "--stdin"}, write(record));
        const std::string tree = repo_.run({"mktree"}, "100644 blob " + blob + "\trecord.json\n");
        repo_.run({"update-ref", record::ref_of("v1.0.0"),
                   repo_.run({"commit-tree", tree, "-m", "record"})});
    }

    /// "proved image sha256:…", a line each, what differs from test to test by name; then the exit
    /// status.
    std::string traced(const std::string& text, bool offline = false) {
        auto workspace = value_of(Workspace::open(
            {.directory = repo_.path(), .cache_directory = cache_ / "c", .offline = true}));
        RegistryClient client(server_->address());
        const Answerer answerer{.store = &client.registry(), .title = "the registry"};
        const auto seen = gather_trace(
            workspace, {.text = text,
                        .records = TraceRequest::Records::repository,
                        .offline = offline,
                        .find = [&](const oci::Reference&) -> Result<Answerer> {
                            if (offline) return fail(Error::Kind::unavailable, "nobody answers");
                            return answerer;
                        }});
        if (!seen) return to_string(seen.error());
        const trace::Page page = trace::judge(*seen, workspace.project());
        std::string told;
        for (const trace::Line& line : page.lines)
            told += std::string(trace::to_string(line.state)) + ' ' + trace::to_string(line.about) +
                    ' ' + named(line.value) + (line.at ? " " + to_string(*line.at) : "") + '\n';
        return told + std::to_string(trace::exit_status(page));
    }

    std::string named(const std::string& value) {
        if (value == index_.digest()) return "INDEX";
        if (value == platform_.digest()) return "PLATFORM";
        if (value == id("v1.0.0")) return "COMMIT";
        return value.empty() ? "-" : value;
    }

    testing::GitRepo repo_;
    testing::TempDir cache_;
    std::optional<testing::RegistryServer> server_;
    MadeImage platform_, index_;
};

TEST_F(Traced, ByItsTagEveryLinkThatCanBeComputedIsProved) {
    record(index_.digest(), id("v1.0.0"));
    sign();
    EXPECT_EQ(traced(name() + ":v1.0.0"),
              "proved image INDEX\n"
              "proved image-tag v1.0.0\n"
              "proved record INDEX\n"
              "proved record COMMIT\n"
              "proved git-tag v1.0.0\n"
              "proved commit COMMIT\n"
              "proved manifest v1.0.0 deploy.yaml:7:12\n"
              "claimed changelog [1.0.0] - 2024-01-02 CHANGELOG.md:3:1\n"
              "claimed label COMMIT\n"
              "missing label -\n"
              "claimed label https://github.com/acme/app\n"
              "claimed provenance COMMIT\n"
              "claimed signature present\n"
              "0");
}

TEST_F(Traced, ByThePlatformsDigestAsAPodHasIt) {
    record(index_.digest(), id("v1.0.0"));
    const std::string page = traced("docker-pullable://" + name() + "@" + platform_.digest());
    EXPECT_EQ(page.substr(0, page.find("proved git-tag")),
              "proved image PLATFORM\nproved image-tag v1.0.0\nproved record INDEX\n"
              "proved record COMMIT\n");
    const std::string bare = traced(platform_.digest());
    EXPECT_EQ(bare, page);
}

TEST_F(Traced, WithoutARecordTheReleaseIsAClaim) {
    const std::string page = traced(name() + ":v1.0.0");
    EXPECT_NE(page.find("claimed git-tag v1.0.0\n"), std::string::npos) << page;
    EXPECT_NE(page.find("unasked record -\n"), std::string::npos) << page;
    EXPECT_NE(page.find("missing signature -\n"), std::string::npos) << page;
}

TEST_F(Traced, ARecordOfAnotherDigestDiffers) {
    record("sha256:" + std::string(64, '0'), id("v1.0.0"));
    const std::string page = traced(name() + ":v1.0.0");
    EXPECT_NE(page.find("differs record sha256:0000"), std::string::npos) << page;
    EXPECT_EQ(page.back(), '1');
}

TEST_F(Traced, ATagThatWasMovedDiffersFromItsRecord) {
    const std::string before = id("v1.0.0");
    record(index_.digest(), before);
    repo_.write("more", "x");
    repo_.commit("more");
    repo_.run({"tag", "--force", "v1.0.0"});
    const std::string page = traced("v1.0.0");
    EXPECT_NE(page.find("differs record " + before), std::string::npos) << page;
    EXPECT_EQ(page.back(), '1');
}

TEST_F(Traced, AnAttestationOfAnotherCommitOfTheProjectDiffers) {
    repo_.write("more", "x");
    repo_.commit("more");
    build(id("v1.0.0"), id("HEAD"));
    const std::string page = traced(name() + ":v1.0.0");
    EXPECT_NE(page.find("differs provenance " + id("HEAD")), std::string::npos) << page;
    EXPECT_EQ(page.back(), '1');
}

TEST_F(Traced, WhatRefersToAnImageIsReadFromItsRegistry) {
    platform_ = testing::make_image(
        {.labels = {{"org.opencontainers.image.revision", id("v1.0.0")}}, .seed = 7});
    index_ = platform_;
    testing::push_image(server_->url(), "team/app", index_, "v1.0.0");
    EXPECT_NE(traced(name() + ":v1.0.0").find("missing provenance -\nmissing signature -\n"),
              std::string::npos);
    const std::string says =
        statement(platform_.digest(), "https://github.com/acme/app", id("v1.0.0"));
    const std::string signs =
        R"({"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":")" +
        index_.digest().substr(7) +
        R"("}}],"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}})";
    const MadeImage provenance =
        testing::make_referrer(index_, "application/vnd.in-toto+json", says);
    refer({provenance});
    EXPECT_NE(traced(name() + ":v1.0.0").find("claimed provenance COMMIT\nmissing signature -\n"),
              std::string::npos)
        << traced(name() + ":v1.0.0");
    refer({provenance,
           testing::make_referrer(
               index_, "application/vnd.dev.sigstore.bundle.v0.3+json",
               R"({"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":)"
               R"({"payloadType":"application/vnd.in-toto+json","payload":")" +
                   encode_base64(signs) + R"(","signatures":[{"sig":"eA=="}]}})")});
    EXPECT_NE(
        traced(name() + ":v1.0.0").find("claimed provenance COMMIT\nclaimed signature present\n"),
        std::string::npos)
        << traced(name() + ":v1.0.0");
}

TEST_F(Traced, OfflineTheRecordSpeaks) {
    record(index_.digest(), id("v1.0.0"));
    EXPECT_EQ(traced("v1.0.0", true),
              "unasked image -\n"
              "claimed record INDEX\n"
              "proved record COMMIT\n"
              "proved git-tag v1.0.0\n"
              "proved commit COMMIT\n"
              "claimed manifest v1.0.0 deploy.yaml:7:12\n"
              "claimed changelog [1.0.0] - 2024-01-02 CHANGELOG.md:3:1\n"
              "unasked provenance -\n"
              "unasked signature -\n"
              "0");
}

TEST_F(Traced, FromACommitToTheFirstReleaseThatHoldsIt) {
    repo_.write("more", "x");
    repo_.commit("more");
    const std::string later = id("HEAD");
    EXPECT_EQ(traced(later, true), "missing git-tag -\nproved commit " + later + "\n0");
    repo_.tag("v1.1.0");
    const std::string page = traced(later.substr(0, 10), true);
    EXPECT_NE(page.find("proved git-tag v1.1.0\n"), std::string::npos) << page;
}

TEST_F(Traced, WhatIsNotThereIsSaid) {
    const std::string page = traced(name() + ":v9");
    EXPECT_EQ(page.substr(0, page.find('\n')), "missing image -");
    EXPECT_EQ(page.back(), '1');
    EXPECT_EQ(traced("nothing"), "`nothing` names no release, no commit and no image");
}

}  // namespace
}  // namespace lockstep::workspace
