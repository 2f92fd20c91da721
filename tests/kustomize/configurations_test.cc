#include <gtest/gtest.h>

#include <vector>

#include "kustomize/built.h"
#include "kustomize/transformer_config.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

const std::string widget = R"(apiVersion: example.com/v1
kind: Widget
metadata:
  name: w
spec:
  image: nginx:1.0
  account: web
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
)";

std::string with(const std::string& fields, const std::string& config,
                 const std::string& objects = widget) {
    return built(
        {{"kustomization.yaml", "resources: [r.yaml]\nconfigurations: [config.yaml]\n" + fields},
         {"r.yaml", objects},
         {"config.yaml", config}});
}

TEST(Configurations, NameFieldsOfCustomResources) {
    EXPECT_EQ(with("namePrefix: my-\nimages: [{name: nginx, newTag: '2.0'}]\n", R"(images:
- kind: Widget
  path: spec/image
nameReference:
- kind: ServiceAccount
  version: v1
  fieldSpecs:
  - kind: Widget
    path: spec/account
)"),
              R"(apiVersion: v1
kind: ServiceAccount
metadata:
  name: my-web
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: my-w
spec:
  account: my-web
  image: nginx:2.0
)");
}

TEST(Configurations, CreateFields) {
    EXPECT_EQ(with("namePrefix: '12'\ncommonLabels: {a: b}\n", R"(commonLabels:
- kind: Widget
  path: spec/pods/labels
  create: true
namePrefix:
- kind: Widget
  path: spec/account
- kind: Widget
  path: spec/number
  create: true
)"),
              R"(apiVersion: v1
kind: ServiceAccount
metadata:
  labels:
    a: b
  name: 12web
---
apiVersion: example.com/v1
kind: Widget
metadata:
  labels:
    a: b
  name: 12w
spec:
  account: 12web
  image: nginx:1.0
  number: 12
  pods:
    labels:
      a: b
)");
}

// kustomize's own field spec, for names of all kinds, counts as a repetition of the one that is
// sorted before it.
TEST(Configurations, OverrideWhatIsSortedBehindThem) {
    EXPECT_EQ(with("namePrefix: my-\n",
                   "namePrefix:\n- {kind: ServiceAccount, path: metadata/name}"
                   "\n"),
              R"(apiVersion: v1
kind: ServiceAccount
metadata:
  name: my-web
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: w
spec:
  account: web
  image: nginx:1.0
)");
}

TEST(Configurations, OfABaseReachItsOverlayButNotTheOtherWay) {
    const MemoryTree tree = {
        {"kustomization.yaml",
         "resources: [base]\nconfigurations: [c.yaml]\nimages: [{name: nginx, newTag: overlay}]\n"},
        {"c.yaml", "images: [{path: spec/overlay, kind: Widget}]\n"},
        {"base/kustomization.yaml",
         "resources: [r.yaml]\nconfigurations: [c.yaml]\n"
         "images: [{name: nginx, newName: base/nginx}, {name: base/nginx, newName: nginx}]\n"},
        {"base/c.yaml", "images: [{path: spec/base, kind: Widget}]\n"},
        {"base/r.yaml",
         "apiVersion: a/v1\nkind: Widget\nmetadata: {name: w}\n"
         "spec: {base: 'nginx:', overlay: 'nginx:'}\n"},
    };
    // The base makes `nginx` of `nginx:` where it knows of the field.
    EXPECT_EQ(built(tree, "base"), R"(apiVersion: a/v1
kind: Widget
metadata:
  name: w
spec:
  base: nginx
  overlay: 'nginx:'
)");
    EXPECT_EQ(built(tree), R"(apiVersion: a/v1
kind: Widget
metadata:
  name: w
spec:
  base: nginx:overlay
  overlay: nginx:overlay
)");
}

TEST(Configurations, ThatDisagreeAreRefused) {
    EXPECT_EQ(with("", "namePrefix:\n- {path: metadata/name, create: true}\n"),
              "error: kustomization.yaml:2:18: reading the configuration `config.yaml`: "
              "conflicting fieldspecs for `metadata/name`");
}

TEST(Configurations, AreDecodedStrictly) {
    EXPECT_EQ(with("", "namoPrefix: []\n"),
              "error: config.yaml:1:1: reading the configuration `config.yaml`: unknown field "
              "`namoPrefix`");
    EXPECT_EQ(with("", "images:\n- path: a\n  path: b\n"),
              "error: config.yaml:3:3: reading the configuration `config.yaml`: mapping key `path` "
              "already defined at line 2");
}

TEST(TransformerConfig, TheDefaultListsHoldNoRepetition) {
    yaml::Arena arena;
    const TransformerConfig config = default_config();
    using T = TransformerConfig;
    for (T::Fields T::*const list :
         {&T::name_prefix, &T::name_suffix, &T::space, &T::common_labels, &T::template_labels,
          &T::volume_claim_template_labels, &T::common_annotations, &T::images, &T::replicas,
          &T::variables}) {
        const std::vector<FieldSpec> copy((config.*list).begin(), (config.*list).end());
        TransformerConfig one;
        one.*list = copy;
        const Result<TransformerConfig> settled = merged(arena, {}, one);
        ASSERT_TRUE(settled.has_value());
        ASSERT_EQ(((*settled).*list).size(), copy.size());
        for (std::size_t i = 0; i < copy.size(); ++i)
            EXPECT_EQ(((*settled).*list)[i].path, copy[i].path);
    }
}

}  // namespace
}  // namespace lockstep::kustomize
