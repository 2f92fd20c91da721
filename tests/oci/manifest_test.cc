#include "oci/manifest.h"

#include <gtest/gtest.h>

#include <string>

#include "oci/media_type.h"

namespace lockstep::oci {
namespace {

const std::string digest_a = "sha256:" + std::string(64, 'a');
const std::string digest_b = "sha256:" + std::string(64, 'b');

std::string manifest_with(const std::string& members) {
    return R"({"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",)"
           R"("digest":")" +
           digest_a + R"(","size":2})" + members + '}';
}

std::string failure(std::string_view type, const std::string& text) {
    const Result<Document> document = parse_document("app:1", type, text);
    if (document.has_value()) return "read";
    return std::string(to_string(document.error().kind)) + ": " + to_string(document.error());
}

// As a hand-made manifest that skopeo, oras, regctl and crane read.
TEST(Manifest, OfAnImage) {
    const Result<Document> document = parse_document("app:1", media_type::oci_manifest, R"({
  "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
  "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
    "digest": "sha256:76ffad6671bcaf75724b90e8946415c46cbd8d0d72a0d3836aa6688976a775d3", "size": 493},
  "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
    "digest": "sha256:ac21774e35ff7e448f48ac9ed71256a721b51552706f5a123c14b2c20ba4a1ad", "size": 118}],
  "annotations": {"org.opencontainers.image.version": "1.2.3"}})");
    ASSERT_TRUE(document.has_value());
    const Digest config =
        *Digest::parse("sha256:76ffad6671bcaf75724b90e8946415c46cbd8d0d72a0d3836aa6688976a775d3");
    const Digest layer =
        *Digest::parse("sha256:ac21774e35ff7e448f48ac9ed71256a721b51552706f5a123c14b2c20ba4a1ad");
    const Manifest expected{
        .media_type = std::string(media_type::oci_manifest),
        .artifact_type = "",
        .config = {.media_type = std::string(media_type::oci_config),
                   .digest = config,
                   .size = 493},
        .layers = {{.media_type = "application/vnd.oci.image.layer.v1.tar+gzip",
                    .digest = layer,
                    .size = 118}},
        .subject = std::nullopt,
        .annotations = {{"org.opencontainers.image.version", "1.2.3"}},
    };
    EXPECT_EQ(std::get<Manifest>(*document), expected);
    const std::vector<Descriptor> children = children_of(*document);
    ASSERT_EQ(children.size(), 2u);
    EXPECT_EQ(children[0].digest, config);
    EXPECT_EQ(children[1].digest, layer);
    EXPECT_EQ(artifact_type_of(*document), media_type::oci_config);
}

// As BuildKit writes it: the image, and an attestation about it.
TEST(Manifest, OfAnIndexWithAnAttestation) {
    const Result<Document> document = parse_document("app:1", "", R"({
  "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [
    {"mediaType": "application/vnd.oci.image.manifest.v1+json", "size": 476,
     "digest": "sha256:29e6df0f100caf8f3ea0e2ebc03ba316e73c1ad92a84ba799bf028c834272062",
     "platform": {"architecture": "amd64", "os": "linux"}},
    {"mediaType": "application/vnd.oci.image.manifest.v1+json", "size": 836,
     "digest": "sha256:642600e8d1cbac41c0a4c3b30e32762158804fb5838fd39ff4840592844f2073",
     "annotations": {"vnd.docker.reference.type": "attestation-manifest"},
     "platform": {"architecture": "unknown", "os": "unknown"}}]})");
    ASSERT_TRUE(document.has_value());
    const Index& index = std::get<Index>(*document);
    ASSERT_EQ(index.manifests.size(), 2u);
    EXPECT_EQ(to_string(*index.manifests[0].platform), "linux/amd64");
    EXPECT_FALSE(is_attestation(index.manifests[0]));
    EXPECT_TRUE(is_attestation(index.manifests[1]));
    Descriptor by_platform = index.manifests[1];
    by_platform.annotations.clear();
    EXPECT_TRUE(is_attestation(by_platform));
    Descriptor by_annotation = index.manifests[1];
    by_annotation.platform.reset();
    EXPECT_TRUE(is_attestation(by_annotation));
}

TEST(Manifest, OfAnArtifactSaysWhatItIsAbout) {
    const Result<Document> document = parse_document(
        "app:1", "",
        manifest_with(R"(,"artifactType":"application/vnd.docker.attestation.manifest.v1+json",)"
                      R"("subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
                      R"("digest":")" +
                      digest_b + R"(","size":476})"));
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(subject_of(*document)->digest.str(), digest_b);
    EXPECT_EQ(artifact_type_of(*document), "application/vnd.docker.attestation.manifest.v1+json");
}

TEST(Manifest, TypeIsSaidBySourceDocumentOrShape) {
    const auto type_of = [](std::string_view source, const std::string& text) {
        const Result<Document> document = parse_document("app:1", source, text);
        return document.has_value() ? media_type_of(*document) : to_string(document.error());
    };
    const std::string docker(media_type::docker_manifest);
    EXPECT_EQ(type_of("", manifest_with("")), media_type::oci_manifest);
    EXPECT_EQ(type_of("application/json; charset=utf-8", manifest_with("")),
              media_type::oci_manifest);
    EXPECT_EQ(type_of(docker, manifest_with("")), docker);
    EXPECT_EQ(type_of("", manifest_with(R"(,"mediaType":")" + docker + '"')), docker);
    EXPECT_EQ(
        type_of(docker + "; charset=utf-8", manifest_with(R"(,"mediaType":")" + docker + '"')),
        docker);
    EXPECT_EQ(type_of(media_type::docker_list, R"({"schemaVersion":2,"manifests":[]})"),
              media_type::docker_list);
    EXPECT_EQ(type_of("", R"({"manifests":null})"), media_type::oci_index);
}

// What programs in Go write for lists and maps that are empty.
TEST(Manifest, NullCountsAsAbsent) {
    EXPECT_TRUE(std::holds_alternative<Manifest>(
        *parse_document("app:1", "", manifest_with(R"(,"manifests":null,"layers":null)"))));
    const Result<Document> nulls = parse_document(
        "app:1", "", manifest_with(R"(,"layers":null,"subject":null,"annotations":{"a":null})"));
    ASSERT_TRUE(nulls.has_value());
    EXPECT_EQ(std::get<Manifest>(*nulls).annotations, (Annotations{{"a", ""}}));
}

TEST(Manifest, RefusesSchema1) {
    const std::string expected =
        "unsupported: app:1: this is a Docker manifest of schema 1, whose digest does not name its "
        "content";
    EXPECT_EQ(failure("", R"({"schemaVersion":1,"name":"a","tag":"b","fsLayers":[]})"), expected);
    EXPECT_EQ(failure("application/vnd.docker.distribution.manifest.v1+prettyjws", "no JSON"),
              expected);
    EXPECT_EQ(failure("application/vnd.docker.distribution.manifest.v1+json", "{}"), expected);
    EXPECT_FALSE(parse_document("app:1", "", R"({"schemaVersion":1})").error().hint.empty());
}

// One digest must not be two documents for two programs.
TEST(Manifest, RefusesWhatContradictsItself) {
    EXPECT_EQ(failure("", manifest_with(R"(,"manifests":[])")),
              "invalid: app:1: `manifests` and `config` stand in one document, which is either an "
              "index or a manifest");
    EXPECT_EQ(failure("", R"({"manifests":[],"layers":[]})"),
              "invalid: app:1: `manifests` and `layers` stand in one document, which is either an "
              "index or a manifest");
    EXPECT_EQ(failure("", manifest_with(R"(,"fsLayers":[])")),
              "invalid: app:1: `fsLayers` is of schema 1, the document is of schema 2");
    EXPECT_EQ(
        failure(media_type::oci_manifest,
                manifest_with(
                    R"(,"mediaType":"application/vnd.docker.distribution.manifest.v2+json")")),
        "invalid: app:1: the document calls itself "
        "`application/vnd.docker.distribution.manifest.v2+json`, its source "
        "`application/vnd.oci.image.manifest.v1+json`");
    EXPECT_EQ(failure(media_type::oci_index, manifest_with("")),
              "invalid: app:1: `application/vnd.oci.image.index.v1+json` has no `manifests`");
    EXPECT_EQ(failure(media_type::oci_manifest, R"({"manifests":[]})"),
              "invalid: app:1: `application/vnd.oci.image.manifest.v1+json` has `manifests`");
    EXPECT_EQ(failure("", manifest_with(R"(,"Layers":[])")),
              "invalid: app:1: `Layers` is written with another case than `layers`, so programs "
              "disagree about it");
    EXPECT_EQ(failure("", manifest_with(R"(,"config":{})")),
              "invalid: app:1:1:" + std::to_string(manifest_with("").size() + 1) +
                  ": key `config` stands twice in one object");
}

TEST(Manifest, RefusesWhatIsNone) {
    EXPECT_EQ(failure("", "[]"), "invalid: app:1: the document is no object");
    EXPECT_EQ(failure("", "{}"),
              "invalid: app:1: this is neither a manifest nor an index: it has no `config` and no "
              "`manifests`");
    EXPECT_EQ(failure(media_type::oci_manifest, "{}"), "invalid: app:1: `config` is missing");
    EXPECT_EQ(failure("", R"({"schemaVersion":3,"manifests":[]})"),
              "unsupported: app:1: `schemaVersion` is 3, only 2 is read");
    EXPECT_EQ(
        failure("application/vnd.oci.artifact.manifest.v1+json", "{}"),
        "unsupported: app:1: media type `application/vnd.oci.artifact.manifest.v1+json` is no "
        "manifest and no index that lockstep knows");
    EXPECT_EQ(failure("", manifest_with(R"(,"layers":[{"size":1}])")),
              "invalid: app:1: `layers[0].digest` is wrong: `` is no digest by sha256, sha384 or "
              "sha512");
    EXPECT_EQ(
        failure("", manifest_with(R"(,"layers":[{"digest":"sha256:../../etc","size":1}])")),
        "invalid: app:1: `layers[0].digest` is wrong: `sha256:../../etc` is no digest: sha256 "
        "has 64 lower-case hexadecimal digits");
    const std::string layer = R"(,"layers":[{"digest":")" + digest_b + R"(","size":)";
    EXPECT_EQ(failure("", manifest_with(layer + "-1}]")),
              "invalid: app:1: `layers[0].size` is below 0");
    EXPECT_EQ(failure("", manifest_with(layer + "1.5}]")),
              "invalid: app:1: `layers[0].size` is no whole number");
    EXPECT_EQ(failure("", manifest_with(layer + "null}]")),
              "invalid: app:1: `layers[0].size` is missing");
    EXPECT_EQ(failure("", manifest_with(R"(,"annotations":{"a":1})")),
              "invalid: app:1: `annotations` has a value that is no string, at `a`");
}

TEST(Manifest, HasLimits) {
    EXPECT_EQ(failure("", std::string(manifest_bytes_max + 1, ' ')),
              "invalid: app:1: 4194305 bytes of JSON, more than the limit of 4194304");
    std::string entries;
    for (std::size_t at = 0; at <= 10'000; ++at) entries += at == 0 ? "{}" : ",{}";
    EXPECT_EQ(failure("", R"({"manifests":[)" + entries + "]}"),
              "invalid: app:1: `manifests` has 10001 entries, more than 10000");
    std::string deep;
    for (int level = 0; level < 100; ++level) deep += '[';
    EXPECT_TRUE(failure("", R"({"x":)" + deep).contains("nested deeper than 50 levels"));
}

TEST(Config, SaysWhereAnImageComesFrom) {
    const Result<Config> config = parse_config("app:1", R"({
  "created": "2024-01-02T03:04:05Z", "architecture": "arm64", "os": "linux", "variant": "v8",
  "config": {"Entrypoint": ["/hello"],
    "Labels": {"org.opencontainers.image.revision": "0123456789abcdef0123456789abcdef01234567"}},
  "rootfs": {"type": "layers", "diff_ids":
    ["sha256:be5aeae5071c0b07337df85e19e5ecf7ecbe7b0404432c68db666b292e33738b"]}})");
    ASSERT_TRUE(config.has_value());
    const Config expected{
        .platform = {.os = "linux", .architecture = "arm64", .variant = "v8", .os_version = ""},
        .created = "2024-01-02T03:04:05Z",
        .labels = {{"org.opencontainers.image.revision",
                    "0123456789abcdef0123456789abcdef01234567"}},
        .diff_ids = {"sha256:be5aeae5071c0b07337df85e19e5ecf7ecbe7b0404432c68db666b292e33738b"},
    };
    EXPECT_EQ(*config, expected);
}

TEST(Config, WithoutAnything) {
    EXPECT_EQ(*parse_config("app:1", "{}"), Config());
    EXPECT_EQ(*parse_config("app:1", R"({"config":{"Labels":null},"rootfs":null})"), Config());
    EXPECT_EQ(to_string(parse_config("app:1", R"({"config":{"Labels":[]}})").error()),
              "app:1: `config.Labels` is no object");
}

TEST(Platform, IsWrittenInOneWay) {
    const auto shown = [](Platform platform) { return to_string(normalized(std::move(platform))); };
    EXPECT_EQ(shown({"linux", "arm64", "", ""}), "linux/arm64/v8");
    EXPECT_EQ(shown({"linux", "arm64", "8", ""}), "linux/arm64/v8");
    EXPECT_EQ(shown({"linux", "aarch64", "", ""}), "linux/arm64/v8");
    EXPECT_EQ(shown({"linux", "arm", "", ""}), "linux/arm/v7");
    EXPECT_EQ(shown({"linux", "arm", "v6", ""}), "linux/arm/v6");
    EXPECT_EQ(shown({"linux", "x86_64", "", ""}), "linux/amd64");
    EXPECT_EQ(shown({"windows", "amd64", "", "10.0.17763.1"}), "windows/amd64:10.0.17763.1");
}

}  // namespace
}  // namespace lockstep::oci
