#include "manifest/remote_url.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::manifest {
namespace {

std::string read(std::string_view url) {
    const auto remote = parse_remote_url(url);
    if (!remote) return "nothing";
    const char* const forms[] = {"base", "download", "raw", "page", "other"};
    return std::string(forms[static_cast<int>(remote->form)]) + " " + remote->repository + " " +
           std::string(remote->revision);
}

TEST(RemoteUrl, ReadsWhatKustomizeTakes) {
    EXPECT_EQ(
        read("https://github.com/kubernetes-sigs/descheduler//kubernetes/deployment?ref=v0.29.0"),
        "base github.com/kubernetes-sigs/descheduler v0.29.0");
    EXPECT_EQ(read("github.com/metallb/metallb/config/native?ref=v0.13.7"),
              "base github.com/metallb/metallb v0.13.7");
    EXPECT_EQ(read("https://github.com/argoproj/argo-cd//manifests/crds?timeout=120&ref=stable"),
              "base github.com/argoproj/argo-cd stable");
    EXPECT_EQ(read("git@github.com:owner/repo.git//base?ref=main"),
              "base github.com/owner/repo main");
    EXPECT_EQ(read("ssh://git@example.com:2222/owner/repo.git?ref=v1"),
              "base example.com/owner/repo v1");
    EXPECT_EQ(read("git::https://gitlab.com/group/sub/repo.git//d?ref=1.0"),
              "base gitlab.com/group/sub/repo 1.0");
    EXPECT_EQ(read("https://github.com/owner/repo//base"), "other github.com/owner/repo ");
}

TEST(RemoteUrl, ReadsInstallUrls) {
    EXPECT_EQ(read("https://github.com/o/r/releases/download/v1.2.3/install.yaml"),
              "download github.com/o/r v1.2.3");
    EXPECT_EQ(read("https://github.com/o/r/releases/latest/download/install.yaml"),
              "other github.com/o/r ");
    EXPECT_EQ(read("https://raw.githubusercontent.com/o/r/v1.2.3/deploy/x.yaml"),
              "raw github.com/o/r v1.2.3");
    EXPECT_EQ(read("https://raw.githubusercontent.com/o/r/refs/tags/v1.2.3/deploy/x.yaml"),
              "raw github.com/o/r v1.2.3");
    EXPECT_EQ(read("https://gitlab.com/a/b/-/raw/v3/x.yaml"), "raw gitlab.com/a/b v3");
    EXPECT_EQ(read("https://github.com/o/r/tree/release-1.2/docs"),
              "page github.com/o/r release-1.2");
    EXPECT_EQ(read("https://github.com/o/r/archive/refs/tags/v1.tar.gz"), "page github.com/o/r v1");
    EXPECT_EQ(read("https://github.com/o/r/blob/v1.2.3/README.md#usage"),
              "page github.com/o/r v1.2.3");
}

TEST(RemoteUrl, IsNothingWithoutAHostAndPath) {
    for (const char* const text : {"", "https://", "base/dir", "../base", "host:80", "a.b", "/x/y"})
        EXPECT_EQ(read(text), "nothing") << text;
}

}  // namespace
}  // namespace lockstep::manifest
