// The mistakes people make most: where, through which kustomizations, in kustomize's words, and
// what to do.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "kustomize/render.h"
#include "support/memory_tree.h"

namespace lockstep::kustomize {
namespace {

using testing::MemoryTree;

/// What is said of `overlay`, which stands on `base`, the hint in a line of its own.
std::string said_of(const std::string& base, const std::string& overlay,
                    const Options& options = {}) {
    MemoryTree tree;
    tree.write("overlay/kustomization.yaml", overlay);
    tree.write("base/kustomization.yaml", base);
    tree.write("base/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
    tree.write("base/twice.yaml", "kind: Job\nmetadata:\n  name: a\n  name: b\n");
    tree.write("base/unnamed.yaml", "apiVersion: v1\nkind: ConfigMap\n");
    tree.write("shared/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\n");
    const Result<Rendering> rendering = render(tree, "overlay", options);
    if (rendering.has_value()) return "";
    const Error& error = rendering.error();
    return to_string(error) + (error.hint.empty() ? "" : "\n" + error.hint);
}

const std::string on_base = "resources: [../base]\n";
const std::string web = "resources: [web.yaml]\n";

TEST(Mistakes, AFileThatIsMissing) {
    EXPECT_EQ(said_of("resources: [wbe.yaml]\n", on_base),
              "base/kustomization.yaml:1:13: accumulating resources from `../base`: accumulating "
              "resources from `wbe.yaml`: `base/wbe.yaml` does not exist: no such file or "
              "directory\nmend the path, or add what it names");
}

TEST(Mistakes, ADirectoryWithoutAKustomization) {
    EXPECT_EQ(said_of("resources: [../shared]\n", on_base),
              "base/kustomization.yaml:1:13: accumulating resources from `../base`: accumulating "
              "resources from `../shared`: unable to find one of 'kustomization.yaml', "
              "'kustomization.yml' or 'Kustomization' in directory `shared`\nname a directory that "
              "has one");
}

TEST(Mistakes, ABaseThatLeadsBack) {
    EXPECT_EQ(said_of("resources: [../overlay]\n", on_base),
              "base/kustomization.yaml:1:13: accumulating resources from `../base`: accumulating "
              "resources from `../overlay`: cycle detected: candidate root `overlay` contains "
              "visited root `overlay`\nno kustomization may be made of itself");
}

TEST(Mistakes, AFileOutsideTheDirectory) {
    const std::string base = "resources: [../shared/settings.yaml]\n";
    EXPECT_EQ(said_of(base, on_base),
              "base/kustomization.yaml:1:13: accumulating resources from `../base`: accumulating "
              "resources from `../shared/settings.yaml`: security; file `shared/settings.yaml` is "
              "not in or below `base`\nmove it below the kustomization, or make it part of a base");
    EXPECT_EQ(said_of(base, on_base, {.load_restrictions = Options::LoadRestrictions::none}), "");
}

TEST(Mistakes, AFieldThatDoesNotExist) {
    EXPECT_EQ(said_of("resources: [web.yaml]\nnamePrefx: a-\n", on_base),
              "base/kustomization.yaml:2:1: accumulating resources from `../base`: unknown field "
              "`namePrefx`\ndid you mean `namePrefix`?");
}

TEST(Mistakes, ATagThatReadsAsANumber) {
    EXPECT_EQ(said_of(web, on_base + "images:\n- name: web\n  newTag: 1.10\n"),
              "overlay/kustomization.yaml:4:11: cannot unmarshal number into Go struct field: "
              "expected a text, found the number `1.10`\nquote it");
}

TEST(Mistakes, AnObjectThatIsListedTwice) {
    EXPECT_EQ(said_of("resources: [web.yaml, ./web.yaml]\n", on_base),
              "base/web.yaml:1:1: accumulating resources from `../base`: accumulating resources "
              "from `./web.yaml`: may not add resource with an already registered id: "
              "Deployment.v1.apps/web.[noNs]\nthe other is at base/web.yaml:1:1; rename one of the "
              "two, or list it once");
}

TEST(Mistakes, APatchOfNothing) {
    EXPECT_EQ(said_of(web, on_base + "patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: "
                                     "Deployment\n    metadata: {name: wbe}\n"),
              "overlay/kustomization.yaml:4:5: no resource matches strategic merge patch: no "
              "matches for Id Deployment.v1.apps/wbe.[noNs]; failed to find unique target for "
              "patch\nname an object of `resources`, or give the patch a target");
}

TEST(Mistakes, AnOperationOnWhatIsNotThere) {
    EXPECT_EQ(
        said_of(web, on_base + "patches:\n- target: {kind: Deployment}\n  patch: |\n    - op: "
                               "remove\n      path: /metadata/labels\n"),
        "overlay/kustomization.yaml:6:13: the patch operation `remove /metadata/labels` does not "
        "apply: unable to remove nonexistent key `labels`: missing value\nsee what the object has "
        "there");
}

TEST(Mistakes, AGeneratorThatMergesIntoNothing) {
    EXPECT_EQ(
        said_of(web, on_base + "configMapGenerator:\n- name: settings\n  behavior: merge\n  "
                               "literals: [a=b]\n"),
        "overlay/kustomization.yaml:3:3: ConfigMap.v1.[noGrp]/settings.[noNs] does not exist; "
        "cannot merge or replace\nname an object of `resources`, or leave `behavior` out");
}

TEST(Mistakes, AReplacementWithoutASource) {
    EXPECT_EQ(
        said_of(web, on_base + "replacements:\n- source: {kind: Service, name: web}\n  targets:\n"
                               "  - select: {kind: Deployment}\n"),
        "overlay/kustomization.yaml:3:3: nothing selected by "
        "Service.[noVer].[noGrp]/web.[noNs]\nthe source has to name an object of the build");
}

TEST(Mistakes, AVarWithoutAnObject) {
    EXPECT_EQ(
        said_of(web, on_base + "vars:\n- name: HOST\n  objref: {apiVersion: v1, kind: Service, "
                               "name: web}\n"),
        "overlay/kustomization.yaml:3:9: the var `HOST` cannot be mapped to a field in the set of "
        "known resources: it names no object\nsee kind, apiVersion and name of its `objref`");
}

TEST(Mistakes, AKeyThatStandsTwice) {
    EXPECT_EQ(
        said_of("resources: [twice.yaml]\n", on_base),
        "base/twice.yaml:4:3: accumulating resources from `../base`: accumulating resources from "
        "`twice.yaml`: mapping key `name` already defined at line 3\nremove one of the two");
}

TEST(Mistakes, AnObjectWithoutAName) {
    EXPECT_EQ(said_of("resources: [unnamed.yaml]\n", on_base),
              "base/unnamed.yaml:1:1: accumulating resources from `../base`: accumulating "
              "resources from `unnamed.yaml`: missing metadata.name in object of kind "
              "ConfigMap\ngive it a name");
}

}  // namespace
}  // namespace lockstep::kustomize
