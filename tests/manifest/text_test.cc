#include "manifest/text.h"

#include <gtest/gtest.h>

#include "manifest/facts_text.h"
#include "support/memory_tree.h"

namespace lockstep::manifest {
namespace {

using lockstep::testing::MemoryTree;
using lockstep::testing::print;

std::string read(std::string text, const std::vector<std::string>& patterns = {}) {
    return print(read_text(MemoryTree{{"README.md", std::move(text)}}, "README.md", patterns));
}

TEST(Text, DeclaresTheRefOfAnInstallCommand) {
    EXPECT_EQ(
        read("# Install\n"
             "\n"
             "```\n"
             "kubectl apply -k 'https://github.com/kubernetes-sigs/descheduler//kubernetes/"
             "deployment?ref=v0.29.0'\n"
             "kustomize build github.com/kubernetes-sigs/descheduler/kubernetes/job?ref="
             "release-1.34 | kubectl apply -f -\n"
             "kubectl apply -k github.com/kubernetes-sigs/descheduler/kubernetes/job?ref="
             "master\n"
             "```\n"),
        "\n"
        "README.md:4:93+7 text: remote_ref github.com/kubernetes-sigs/descheduler v0.29.0 - - "
        "|kubectl apply -k "
        "'https://github.com/kubernetes-sigs/descheduler//kubernetes/deployment?ref=v0.29.0'\n"
        "README.md:5:75+12 text: remote_ref github.com/kubernetes-sigs/descheduler release-1.34 "
        "- - |kustomize build "
        "github.com/kubernetes-sigs/descheduler/kubernetes/job?ref=release-1.34 | kubectl "
        "apply -f -\n"
        "README.md:6:76+6 text: remote_ref github.com/kubernetes-sigs/descheduler master - - "
        "|kubectl apply -k "
        "github.com/kubernetes-sigs/descheduler/kubernetes/job?ref=master\n");
}

TEST(Text, DeclaresDownloadsAndRawManifests) {
    EXPECT_EQ(
        read("Run `kubectl apply -f https://github.com/o/r/releases/download/v1.2.3/i.yaml`.\n"
             "kubectl apply -f https://raw.githubusercontent.com/o/r/main/deploy/i.yaml\n"
             "See [the code](https://github.com/o/r/blob/v1.2.0/main.go).\n"),
        "\n"
        "README.md:1:64+6 text: remote_ref github.com/o/r v1.2.3 - - "
        "|Run `kubectl apply -f https://github.com/o/r/releases/download/v1.2.3/i.yaml`.\n"
        "README.md:2:56+4 text: remote_ref github.com/o/r main - - "
        "|kubectl apply -f https://raw.githubusercontent.com/o/r/main/deploy/i.yaml\n"
        "README.md:3:44+6 text: remote_ref github.com/o/r v1.2.0 - - "
        "|See [the code](https://github.com/o/r/blob/v1.2.0/main.go).\n");
}

TEST(Text, DeclaresImagesWithAVersion) {
    EXPECT_EQ(read("docker pull ghcr.io/org/app:v1.2.3\n"
                   "Use **quay.io/org/app:1.2.2@sha256:"
                   "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef**.\n"
                   "  image: org/app:v1.2.4-rc.1  # ünïcode\n"),
              "\n"
              "README.md:1:13+22 text: image ghcr.io/org/app v1.2.3 - - "
              "|docker pull ghcr.io/org/app:v1.2.3\n"
              "README.md:2:7+93 text: image quay.io/org/app 1.2.2 sha256:"
              "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef - - "
              "|Use **quay.io/org/app:1.2.2@sha256:"
              "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef**.\n"
              "README.md:3:10+19 text: image org/app v1.2.4-rc.1 - - "
              "|  image: org/app:v1.2.4-rc.1  # ünïcode\n");
}

TEST(Text, DeclaresTheVersionOfAHelmCommandOverSeveralLines) {
    EXPECT_EQ(read("helm upgrade --install --namespace kube-system \\\n"
                   "  descheduler descheduler/descheduler \\\n"
                   "  --set cmdOptions.v=3 --version 0.35.1\n"
                   "helm pull oci://ghcr.io/org/charts/app --version=v1.2.0\n"
                   "helm install app app/app --version $VERSION\n"),
              "\n"
              "README.md:3:34+6 text: chart_version descheduler 0.35.1 - - "
              "|  --set cmdOptions.v=3 --version 0.35.1\n"
              "README.md:4:50+6 text: chart_version app v1.2.0 - - "
              "|helm pull oci://ghcr.io/org/charts/app --version=v1.2.0\n");
}

TEST(Text, LeavesPlaceholdersLinksAndNumbersAlone) {
    EXPECT_EQ(read("https://github.com/o/r//d?ref=<version>\n"
                   "https://github.com/o/r//d?ref=v{{ version }}\n"
                   "https://github.com/o/r//d?ref=${VERSION}\n"
                   "https://github.com/o/r//d?ref=vX.Y.Z\n"
                   "https://github.com/o/r/releases/download/$TAG/install.yaml\n"
                   "https://github.com/o/r/releases/latest/download/install.yaml\n"
                   "https://github.com/o/r/blob/main/README.md https://github.com/o/r/issues/12\n"
                   "image: org/app:latest org/app:<tag> pkg/file.go:12 localhost:8080/x a:v1\n"
                   "image: org/app:v{{ version }}\n"
                   "https://raw.githubusercontent.com/o/r/master/logo.png\n"),
              "\n");
}

TEST(Text, KeepsTheNewestOfAListOfVersions) {
    EXPECT_EQ(
        read("| Version | Image |\n"
             "|---|---|\n"
             "| v0.8 | registry.k8s.io/o/app:v0.8.0 |\n"
             "| v0.10 | registry.k8s.io/o/app:v0.10.0 |\n"
             "| v0.9 | registry.k8s.io/o/app:v0.9.0 |\n"
             "other/app:v0.1.0 other/app:v0.2.0\n"),
        "\n"
        "README.md:4:11+29 text: image registry.k8s.io/o/app v0.10.0 - - "
        "|| v0.10 | registry.k8s.io/o/app:v0.10.0 |\n"
        "README.md:6:1+16 text: image other/app v0.1.0 - - |other/app:v0.1.0 other/app:v0.2.0\n"
        "README.md:6:18+16 text: image other/app v0.2.0 - - "
        "|other/app:v0.1.0 other/app:v0.2.0\n");
}

TEST(Text, FollowsConfiguredPatternsInsteadOfItsOwn) {
    EXPECT_EQ(read("The current release is **1.4.2**. Before: 1.4.1, ghcr.io/o/app:v1.4.0\n"
                   "release is **new**\n",
                   {"release is **{version}**", "Before: {version}"}),
              "\n"
              "README.md:1:26+5 text: remote_ref - 1.4.2 - - |The current release is **1.4.2**. "
              "Before: 1.4.1, ghcr.io/o/app:v1.4.0\n"
              "README.md:1:43+5 text: remote_ref - 1.4.1 - - |The current release is **1.4.2**. "
              "Before: 1.4.1, ghcr.io/o/app:v1.4.0\n");
}

TEST(Text, SaysWhyAFileIsNotRead) {
    EXPECT_EQ(read(std::string((8u << 20) + 1, 'x')),
              "\n"
              "gap text: README.md: the file has 8388609 bytes; more than 8388608 are not read "
              "(split it, or leave it out by a path rule) []\n");
}

}  // namespace
}  // namespace lockstep::manifest
