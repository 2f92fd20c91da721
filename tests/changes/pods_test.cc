#include <gtest/gtest.h>

#include "changes/judged.h"
#include "changes/quantity.h"

namespace lockstep::changes {
namespace {

std::string pods(std::string_view spec) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {" +
           std::string(spec) + "}}}\n";
}
std::string container(std::string_view fields) {
    return pods("containers: [{name: c, " + std::string(fields) + "}]");
}

/// Effects without the object and its path down to the pods.
std::string said(const std::string& before, const std::string& after) {
    std::string text = effects_of(before, after);
    for (const std::string_view cut :
         {"spec.template.spec.", "containers.[name=c].", "Deployment/d "})
        for (std::size_t at = text.find(cut); at != std::string::npos; at = text.find(cut, at))
            text.erase(at, cut.size());
    return text;
}

TEST(Pods, ImageOfAnotherVersionIsNoNewsOfAnotherPlaceIs) {
    EXPECT_EQ(said(container("image: 'r.io:5000/a/b:v1'"),
                   container("image: 'r.io:5000/a/b:v2@sha256:0'")),
              "");
    EXPECT_EQ(
        said(container("image: 'k8s.gcr.io/a:v1'"), container("image: 'registry.k8s.io/a:v2'")),
        "attention[image-moved] image: k8s.gcr.io/a:v1 -> registry.k8s.io/a:v2\n");
}

TEST(Pods, FlagsThatWent) {
    EXPECT_EQ(said(container("args: [--a=1, --b, x]"), container("args: [--a=2, --c, x]")),
              "attention[flag-removed] Deployment/d\n");
    EXPECT_EQ(said(container("args: [--a=1]"), container("args: [--a=1, --b]")), "");
}

TEST(Pods, AnotherProgramAndNotItsFlags) {
    EXPECT_EQ(
        said(container("command: [/bin/a, -v, '3']"), container("command: [/bin/b, -v, '4']")),
        "attention[command-changed] command.0: /bin/a -> /bin/b\n");
}

TEST(Pods, PortsProbesAndRights) {
    EXPECT_EQ(said(container("ports: [{containerPort: 80}], livenessProbe: {periodSeconds: 1}"),
                   container("ports: [{containerPort: 81}], livenessProbe: {periodSeconds: 2}, "
                             "securityContext: {privileged: true}")),
              "attention[probe-changed] livenessProbe.periodSeconds: 1 -> 2\n"
              "attention[port-removed] ports.[containerPort=80]: {containerPort: 80} -> \n"
              "attention[security-changed] securityContext:  -> {privileged: true}\n");
}

TEST(Pods, MoreRoomIsAskedForOrLessIsAllowed) {
    EXPECT_EQ(
        said(container("resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: 1}}"),
             container("resources: {requests: {cpu: 0.2, memory: 512Mi}, limits: {cpu: 900m}}")),
        "attention[resources-changed] resources.limits.cpu: 1 -> 900m\n"
        "attention[resources-changed] resources.requests.cpu: 100m -> 0.2\n");
}

TEST(Pods, WhereTheyRunAndAsWhom) {
    EXPECT_EQ(said(pods("nodeSelector: {a: x}, serviceAccountName: a, hostNetwork: false"),
                   pods("nodeSelector: {a: y}, serviceAccountName: b, hostNetwork: true")),
              "attention[security-changed] hostNetwork: false -> true\n"
              "attention[scheduling-changed] nodeSelector.a: x -> y\n"
              "attention[account-changed] serviceAccountName: a -> b\n");
}

TEST(Pods, PathsOfTheNode) {
    EXPECT_EQ(said(pods("volumes: [{name: v, emptyDir: {}}]"),
                   pods("volumes: [{name: v, emptyDir: {}}, {name: h, hostPath: {path: /}}]")),
              "attention[host-path] volumes.[name=h]:  -> {name: h, hostPath: {path: /}}\n");
}

TEST(Quantity, IsReadAsKubernetesWritesIt) {
    EXPECT_EQ(parse_quantity("100m"), 0.1);
    EXPECT_EQ(parse_quantity("1.5"), 1.5);
    EXPECT_EQ(parse_quantity("128Mi"), 134217728.0);
    EXPECT_EQ(parse_quantity("2k"), 2000.0);
    EXPECT_EQ(parse_quantity("much"), std::nullopt);
    EXPECT_EQ(parse_quantity(""), std::nullopt);
}

}  // namespace
}  // namespace lockstep::changes
