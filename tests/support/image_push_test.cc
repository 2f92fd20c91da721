#include "support/image_push.h"

#include <gtest/gtest.h>

#include "support/peer.h"
#include "support/registry_kinds.h"
#include "support/temp_dir.h"

namespace lockstep::testing {
namespace {

MadeImage two_platforms(bool docker_types) {
    const MadeImage amd64 = make_image(
        {.labels = {{"a", "say \"b\""}}, .layers = {10, 70000}, .docker_types = docker_types});
    const MadeImage arm64 = make_image(
        {.architecture = "arm64", .variant = "v8", .seed = 2, .docker_types = docker_types});
    if (docker_types) return make_index({amd64, arm64}, {.docker_types = true});
    return make_index({amd64, arm64, make_attestation(amd64)});
}

class PushedImage : public OnRegistry {};
INSTANTIATE_TEST_SUITE_P(Of, PushedImage, all_kinds(), kind_name);

TEST_P(PushedImage, IsThereByteForByte) {
    const RegistryServer server({.kind = GetParam()});
    const MadeImage image = make_image();
    push_image(server.url(), "team/app", image, "v1");
    EXPECT_EQ(pull_manifest(server.url(), "team/app", "v1"), image.bytes());
    EXPECT_EQ(pull_manifest(server.url(), "team/app", image.digest()), image.bytes());
    EXPECT_EQ(pull_manifest(server.url(), "team/app", "v2"), "");
    EXPECT_EQ(sha256_of(image.bytes()), image.digest());
}

TEST_P(PushedImage, IsAnImageToOthers) {
    const auto skopeo = find_peer("skopeo");
    if (!skopeo) GTEST_SKIP() << absent("skopeo");
    const RegistryServer server({.kind = GetParam()});
    const TempDir home;
    for (const bool docker_types : {false, true}) {
        const MadeImage index = two_platforms(docker_types);
        const std::string tag = docker_types ? "docker" : "oci";
        push_image(server.url(), "team/app", index, tag);
        const std::string target = home / tag;
        const auto copied =
            run_peer({"skopeo", "--insecure-policy", "copy", "--all", "--preserve-digests",
                      "--src-tls-verify=false", "docker://" + server.address() + "/team/app:" + tag,
                      "dir:" + target},
                     home.path().string());
        EXPECT_TRUE(copied.exit.ok()) << copied.err;
        EXPECT_EQ(run_tool({"cat", target + "/manifest.json"}), index.bytes());
    }
}

TEST_P(PushedImage, HasManyTags) {
    const RegistryServer server({.kind = GetParam()});
    const MadeImage image = make_image();
    push_image(server.url(), "team/app", image, "");
    push_tags(server.url(), "team/app", image, {"v1", "v2", "v3"});
    for (const char* tag : {"v1", "v2", "v3"}) {
        EXPECT_EQ(pull_manifest(server.url(), "team/app", tag), image.bytes());
    }
}

TEST(PushedImage, RefusalIsThrown) {
    if (const auto why = why_absent(RegistryKind::docker_registry)) GTEST_SKIP() << *why;
    const RegistryServer server({.is_read_only = true});
    EXPECT_THROW(push_image(server.url(), "team/app", make_image(), "v1"), std::runtime_error);
}

TEST(Referrer, IsListedByItsSubject) {
    if (const auto why = why_absent(RegistryKind::ggcr)) GTEST_SKIP() << *why;
    const RegistryServer server({.kind = RegistryKind::ggcr});
    const MadeImage image = make_image();
    const MadeImage sbom = make_referrer(image, "application/vnd.example.sbom", "{\"a\":1}");
    push_image(server.url(), "team/app", image, "v1");
    push_image(server.url(), "team/app", sbom, "");
    EXPECT_TRUE(run_tool({"curl", "-sS", "--noproxy", "*",
                          server.url() + "/v2/team/app/referrers/" + image.digest()})
                    .contains(sbom.digest()));
}

TEST(Layout, IsReadByOthers) {
    const TempDir dir;
    const MadeImage index = two_platforms(false);
    write_layout(dir / "layout", index, "v1");
    bool is_read = false;
    if (find_peer("skopeo")) {
        const auto raw = run_peer({"skopeo", "inspect", "--raw", "oci:" + (dir / "layout") + ":v1"},
                                  dir.path().string());
        EXPECT_EQ(raw.out, index.bytes()) << raw.err;
        is_read = true;
    }
    if (find_peer("regctl")) {
        const auto digest =
            run_peer({"regctl", "image", "digest", "ocidir://" + (dir / "layout") + ":v1"},
                     dir.path().string());
        EXPECT_EQ(digest.out, index.digest() + '\n') << digest.err;
        is_read = true;
    }
    if (!is_read) GTEST_SKIP() << absent("skopeo");
}

TEST(RandomBytes, AreTheSameForTheSameSeed) {
    EXPECT_EQ(random_bytes(1001, 7), random_bytes(1001, 7));
    EXPECT_NE(random_bytes(1001, 7), random_bytes(1001, 8));
    EXPECT_EQ(random_bytes(1001, 7).size(), 1001u);
}

}  // namespace
}  // namespace lockstep::testing
