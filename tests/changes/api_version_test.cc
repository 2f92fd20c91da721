#include <gtest/gtest.h>

#include "changes/judged.h"

namespace lockstep::changes {
namespace {

std::string budget(std::string_view api_version, std::string_view rest = "") {
    return "apiVersion: " + std::string(api_version) +
           "\nkind: PodDisruptionBudget\nmetadata: {name: b}\n" + std::string(rest);
}

TEST(ApiVersion, ThatTheClusterDoesNotServeFailsEvenWhereNothingChanged) {
    const std::string old = budget("policy/v1beta1");
    EXPECT_EQ(effects_of(old, old), "");
    EXPECT_EQ(effects_of(old, old, "1.25"),
              "breaking[api-removed] PodDisruptionBudget/b (as before) apiVersion\n");
    EXPECT_EQ(effects_of(old, old, "1.24"),
              "attention[api-deprecated] PodDisruptionBudget/b (as before) apiVersion\n");
    EXPECT_EQ(effects_of(old, old, "1.20"), "");
}

TEST(ApiVersion, OfTheSameObjectMovesOn) {
    const std::string old = budget("policy/v1beta1"), now = budget("policy/v1");
    EXPECT_EQ(effects_of(old, now),
              "attention[api-version-changed] PodDisruptionBudget/b apiVersion: policy/v1beta1 -> "
              "policy/v1\n");
    EXPECT_EQ(effects_of(old, now, "1.21"), "");
    EXPECT_EQ(
        effects_of(old, now, "1.20"),
        "breaking[api-removed] PodDisruptionBudget/b apiVersion: policy/v1beta1 -> policy/v1\n");
}

TEST(ApiVersion, OutOfExtensionsIsTheSameObject) {
    const auto deployment = [](std::string_view api_version) {
        return "apiVersion: " + std::string(api_version) +
               "\nkind: Deployment\nmetadata: {name: d}\n";
    };
    EXPECT_EQ(effects_of(deployment("extensions/v1beta1"), deployment("apps/v1"), "1.20"), "");
    EXPECT_EQ(
        effects_of(deployment("apps/v1"), deployment("extensions/v1beta1"), "1.20"),
        "breaking[api-removed] Deployment/d apiVersion\n"
        "attention[api-version-changed] Deployment/d apiVersion: apps/v1 -> extensions/v1beta1\n");
}

TEST(KubernetesVersion, IsReadAsPeopleAndCloudsWriteIt) {
    for (const std::string_view text :
         {"1.31", "v1.31", "1.31.4", "v1.31.4-gke.100", "1.31.4+k3s1"}) {
        const auto version = parse_kubernetes_version(text);
        ASSERT_TRUE(version) << text;
        EXPECT_EQ(to_string(*version), "1.31");
    }
    for (const std::string_view text : {"", "1", "new", "1.x", "1.99999999"})
        EXPECT_FALSE(parse_kubernetes_version(text)) << text;
}

}  // namespace
}  // namespace lockstep::changes
