#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

const std::string account = R"(apiVersion: v1
kind: ServiceAccount
metadata:
  name: app
)";

const std::string space = R"(apiVersion: v1
kind: Namespace
metadata:
  name: apps
)";

TEST(Accumulate, ReadsFilesAndDirectoriesAndSortsByKind) {
    const MemoryTree tree = {
        {"base/kustomization.yaml", "resources: [account.yaml]\n"},
        {"base/account.yaml", account},
        {"prod/kustomization.yaml", "resources:\n- ../base\n- space.yaml\n"},
        {"prod/space.yaml", space},
    };
    EXPECT_EQ(built(tree, "prod"), space + "---\n" + account);
}

TEST(Accumulate, KeepsTheOrderOfTheFilesWhenAskedTo) {
    const MemoryTree tree = {
        {"kustomization.yaml",
         "resources: [account.yaml, space.yaml]\nsortOptions: {order: fifo}\n"},
        {"account.yaml", account},
        {"space.yaml", space},
    };
    EXPECT_EQ(built(tree), account + "---\n" + space);
}

TEST(Accumulate, ComponentsWorkOnTheObjectsOfTheirParent) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [account.yaml]\ncomponents: [extra]\n"},
        {"account.yaml", account},
        {"extra/kustomization.yaml",
         "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -x\n"},
    };
    EXPECT_EQ(built(tree), R"(apiVersion: v1
kind: ServiceAccount
metadata:
  name: app-x
)");
}

TEST(Accumulate, UnwrapsLists) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [list.yaml]\n"},
        {"list.yaml", R"(apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ServiceAccount
  metadata: {name: app}
- apiVersion: v1
  kind: Namespace
  metadata: {name: apps}
)"},
    };
    EXPECT_EQ(built(tree), space + "---\n" + account);
}

TEST(Accumulate, DropsWhatIsForToolsOnly) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [account.yaml, local.yaml]\n"},
        {"account.yaml", account},
        {"local.yaml", R"(kind: Settings
metadata:
  name: mine
  annotations: {config.kubernetes.io/local-config: "true"}
)"},
    };
    EXPECT_EQ(built(tree), account);
}

TEST(Accumulate, RefusesAnObjectThatIsThereTwice) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources:\n- a.yaml\n- b.yaml\n"},
        {"a.yaml", account},
        {"b.yaml", account},
    };
    EXPECT_EQ(built(tree),
              "error: b.yaml:1:1: accumulating resources from `b.yaml`: may not add resource with "
              "an already registered id: ServiceAccount.v1.[noGrp]/app.[noNs]");
}

TEST(Accumulate, RefusesCyclesOfBases) {
    const MemoryTree tree = {
        {"a/kustomization.yaml", "resources: [../b]\n"},
        {"b/kustomization.yaml", "resources: [../a]\n"},
    };
    EXPECT_EQ(
        built(tree, "a"),
        "error: b/kustomization.yaml:1:13: accumulating resources from `../b`: accumulating "
        "resources from `../a`: cycle detected: candidate root `a` contains visited root `a`");
}

TEST(Accumulate, RefusesADirectoryWithoutAKustomization) {
    const MemoryTree tree = {{"a/a.yaml", account}};
    EXPECT_EQ(built(tree, "a"),
              "error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or "
              "'Kustomization' in directory `a`");
    EXPECT_EQ(built(tree, ""),
              "error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or "
              "'Kustomization' in directory `.`");
}

TEST(Accumulate, RefusesTheDirectoryAboveAsABase) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [a.yaml]\n"},
        {"a.yaml", account},
        {"sub/kustomization.yaml", "resources: [..]\n"},
    };
    EXPECT_EQ(built(tree, "sub"),
              "error: sub/kustomization.yaml:1:13: accumulating resources from `..`: cycle "
              "detected: candidate root `.` contains visited root `sub`");
}

TEST(Accumulate, RefusesAFileOutsideTheKustomization) {
    const MemoryTree tree = {
        {"account.yaml", account},
        {"prod/kustomization.yaml", "resources: [../account.yaml]\n"},
    };
    EXPECT_EQ(built(tree, "prod"),
              "error: prod/kustomization.yaml:1:13: accumulating resources from "
              "`../account.yaml`: security; file `account.yaml` is not in or below `prod`");
    EXPECT_EQ(built(tree, "prod", {.load_restrictions = Options::LoadRestrictions::none}), account);
}

TEST(Accumulate, RefusesPathsThatLeaveTheTree) {
    const MemoryTree tree = {{"kustomization.yaml", "resources: [../../etc/passwd]\n"}};
    EXPECT_EQ(built(tree),
              "error: kustomization.yaml:1:13: accumulating resources from "
              "`../../etc/passwd`: `../../etc/passwd` leaves the root of the tree");
}

TEST(Accumulate, FollowsLinksButNotOutOfTheKustomization) {
    MemoryTree tree = {
        {"base/kustomization.yaml", "resources: [account.yaml]\n"},
        {"base/account.yaml", account},
        {"prod/kustomization.yaml", "resources: [linked]\n"},
        {"test/kustomization.yaml", "resources: [account.yaml]\n"},
    };
    tree.link("prod/linked", "../base");
    tree.link("test/account.yaml", "../base/account.yaml");
    EXPECT_EQ(built(tree, "prod"), account);
    EXPECT_EQ(built(tree, "test"),
              "error: test/kustomization.yaml:1:13: accumulating resources from `account.yaml`: "
              "security; file `base/account.yaml` is not in or below `test`");
}

TEST(Accumulate, RefusesRemoteBasesUnlessSomeoneLoadsThem) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources:\n- https://host/owner/repo//dir?ref=v1\n"}};
    EXPECT_EQ(built(tree),
              "error: kustomization.yaml:2:3: accumulating resources from "
              "`https://host/owner/repo//dir?ref=v1`: unsupported: the remote base "
              "`https://host/owner/repo//dir?ref=v1`");
}

TEST(Accumulate, LoadsRemoteBases) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources:\n- https://host/owner/repo//dir?ref=v1\n"}};
    const auto remote = std::make_shared<const MemoryTree>(MemoryTree{
        {"dir/kustomization.yaml", "resources: [account.yaml]\n"}, {"dir/account.yaml", account}});
    Options options;
    options.load_remote = [&](std::string_view url) -> Result<Remote> {
        EXPECT_EQ(url, "https://host/owner/repo//dir?ref=v1");
        return Remote{remote, "dir"};
    };
    EXPECT_EQ(built(tree, "", options), account);
}

TEST(Accumulate, StopsAtItsLimits) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [a.yaml, base]\n"},
        {"a.yaml", account},
        {"base/kustomization.yaml", "resources: [space.yaml]\n"},
        {"base/space.yaml", space},
    };
    Options options;
    options.objects = 1;
    EXPECT_EQ(built(tree, "", options),
              "error: base/kustomization.yaml:1:13: accumulating resources from `base`: "
              "accumulating resources from `space.yaml`: the build has more than 1 objects");
    options = {};
    options.depth = 1;
    EXPECT_EQ(built(tree, "", options),
              "error: kustomization.yaml:1:21: accumulating resources from `base`: more than 1 "
              "kustomizations inside each other");
    options = {};
    options.bytes = 10;
    EXPECT_EQ(built(tree, "", options),
              "error: the files and objects of the build take more than 10 bytes");
    options = {};
    options.files = 1;
    EXPECT_EQ(built(tree, "", options),
              "error: kustomization.yaml:1:13: accumulating resources from `a.yaml`: the build "
              "reads more than 1 files");
}

TEST(Accumulate, NamesTheFieldItDoesNotDo) {
    const MemoryTree tree = {{"kustomization.yaml", "helmCharts:\n- name: app\n"}};
    EXPECT_EQ(built(tree),
              "error: kustomization.yaml:2:3: unsupported: the chart `app`: must specify "
              "--enable-helm");
}

}  // namespace
}  // namespace lockstep::kustomize
