#include <gtest/gtest.h>

#include "changes/access_rules.h"
#include "changes/judged.h"

namespace lockstep::changes {
namespace {

std::string role(std::string_view rules) {
    return "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: "
           "r}\nrules:\n" +
           std::string(rules);
}

constexpr std::string_view get_pods = "- {apiGroups: [''], resources: [pods], verbs: [get]}\n";

TEST(Access, IsTheSameWhenItIsWrittenOtherwise) {
    EXPECT_EQ(effects_of(role("- {apiGroups: [''], resources: [pods, nodes], verbs: [get]}\n"),
                         role("- {apiGroups: [''], resources: [nodes], verbs: [get]}\n" +
                              std::string(get_pods))),
              "info[rbac-narrowed] ClusterRole/r rules\n");
}

TEST(Access, WidensByAVerbAndNarrowsByAnother) {
    EXPECT_EQ(
        effects_of(role(get_pods), role("- {apiGroups: [''], resources: [pods], verbs: [list]}\n")),
        "attention[rbac-widened] ClusterRole/r rules:  -> pods: list\n"
        "info[rbac-narrowed] ClusterRole/r rules: pods: get -> \n");
}

TEST(Access, KnowsWildcards) {
    const std::string all = "- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n";
    EXPECT_EQ(effects_of(role(get_pods), role(all)),
              "attention[rbac-widened] ClusterRole/r rules:  -> */*: *\n");
    EXPECT_EQ(effects_of(role(all), role(get_pods)),
              "info[rbac-narrowed] ClusterRole/r rules: */*: * -> \n");
    EXPECT_EQ(effects_of(role(all + std::string(get_pods)), role(all)),
              "info[rbac-narrowed] ClusterRole/r rules\n");
}

TEST(Access, OfOneNameIsLessThanOfAll) {
    const std::string one =
        "- {apiGroups: [apps], resources: [deployments], resourceNames: [web], verbs: [get]}\n";
    const std::string all = "- {apiGroups: [apps], resources: [deployments], verbs: [get]}\n";
    EXPECT_EQ(effects_of(role(one), role(all)),
              "attention[rbac-widened] ClusterRole/r rules:  -> apps/deployments: get\n");
    EXPECT_EQ(effects_of(role(all), role(one)),
              "info[rbac-narrowed] ClusterRole/r rules: apps/deployments: get -> \n");
}

TEST(Access, SubresourcesAndPathsHaveWildcardsOfTheirOwn) {
    EXPECT_TRUE(covers({"apps", "*/scale", "", "get"}, {"apps", "deployments/scale", "", "get"}));
    EXPECT_FALSE(
        covers({"apps", "deployments", "", "get"}, {"apps", "deployments/scale", "", "get"}));
    EXPECT_TRUE(
        covers({"", "/healthz/*", "", "get", true}, {"", "/healthz/etcd", "", "get", true}));
    EXPECT_FALSE(covers({"", "*", "", "get", false}, {"", "/healthz", "", "get", true}));
}

TEST(Access, WarnsOfWhatReachesMoreThanItSays) {
    const Parsed before(role(get_pods));
    const Parsed after(
        role(std::string(get_pods) + "- {apiGroups: [''], resources: [secrets], verbs: [get]}\n"));
    const Upgrade upgrade = judged(before, after);
    EXPECT_EQ(upgrade.changes.at(0).effects.at(0).why,
              "it permits what was not permitted before; of these, secrets: get can reach what is "
              "secret, "
              "or more rights than it has");
}

TEST(Access, NewSubjectsOfABinding) {
    const auto binding = [](std::string_view subjects) {
        return "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: "
               "{name: b}\n"
               "roleRef: {kind: ClusterRole, name: r}\nsubjects: " +
               std::string(subjects);
    };
    EXPECT_EQ(
        effects_of(
            binding("[{kind: ServiceAccount, name: a, namespace: n}]"),
            binding("[{kind: ServiceAccount, name: a, namespace: n}, {kind: Group, name: g}]")),
        "attention[rbac-bound] ClusterRoleBinding/b subjects:  -> Group/g\n");
}

TEST(Access, ANewRoleGrantsAllItSays) {
    EXPECT_EQ(effects_of("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n",
                         "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n---\n" +
                             role(get_pods)),
              "attention[rbac-widened] ClusterRole/r rules:  -> pods: get\n");
}

}  // namespace
}  // namespace lockstep::changes
