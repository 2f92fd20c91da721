#include "kustomize/hash.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;

constexpr const char* thing =
    "apiVersion: test/v1\nkind: Thing\nmetadata:\n  name: t\n  annotations:\n"
    "    internal.config.kubernetes.io/needsHashSuffix: enabled\n";

std::string built_with(const std::string& object, const std::string& fields = "") {
    return built({{"kustomization.yaml", "resources: [r.yaml]\n" + fields}, {"r.yaml", object}});
}

// The hashes are those of kustomize: of the tree with places and styles.
TEST(Hash, OfOtherKindsIsThatOfTheirText) {
    EXPECT_EQ(built_with(thing),
              "apiVersion: test/v1\nkind: Thing\nmetadata:\n  name: t-t56h9dkfck\n");
    EXPECT_EQ(built_with(std::string(thing) +
                         "spec: {a: 'é<', b: [1, 2.5, ~]}\ntext: |\n  x\nempty:\nnone: {}\n"),
              "apiVersion: test/v1\nempty: null\nkind: Thing\nmetadata:\n  name: "
              "t-k67khbgf5k\nnone: {}\nspec:\n  a: é<\n  b:\n"
              "  - 1\n  - 2.5\n  - null\ntext: |\n  x\n");
}

TEST(Hash, OfAChangedObjectIsRefused) {
    EXPECT_EQ(built_with(thing, "namePrefix: a-\n"),
              "error: r.yaml:1:1: unsupported: the hash of kind Thing that was changed, or stands "
              "beside comments, anchors, tags or other objects");
}

// Numbers pass through float64, and collections are JSON with sorted keys.
TEST(Hash, OfDataThatIsNoText) {
    EXPECT_EQ(built_with("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  annotations:\n"
                         "    internal.config.kubernetes.io/needsHashSuffix: enabled\n"
                         "data: {b: 08, a: 1e21, c: {z: 0.0000001, y: [true]}, d: 2024-01-02}\n"),
              "apiVersion: v1\ndata:\n  a: 1e+21\n  b: 8\n  c:\n    \"y\":\n    - true\n"
              "    z: 1e-07\n  d: \"2024-01-02T00:00:00Z\"\nkind: ConfigMap\nmetadata:\n"
              "  name: m-tcf5f64bdc\n");
}

}  // namespace
}  // namespace lockstep::kustomize
