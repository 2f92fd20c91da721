#include <gtest/gtest.h>

#include <map>

#include "kustomize/built.h"
#include "kustomize/loader.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

constexpr const char* account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: remote\n";

/// The web, as far as a test knows it.
Options web(std::map<std::string, std::string, std::less<>> pages) {
    Options options;
    options.load_file = [pages = std::move(pages)](std::string_view url) -> Result<Blob> {
        const auto page = pages.find(url);
        if (page == pages.end())
            return fail(Error::Kind::not_found, "HTTP Error: status code 404 (Not Found)");
        return std::make_shared<const std::string>(page->second);
    };
    return options;
}

TEST(RemoteFiles, AreResources) {
    const MemoryTree tree = {
        {"kustomization.yaml", "namePrefix: a-\nresources: [https://host/account.yaml]\n"}};
    EXPECT_EQ(built(tree, "", web({{"https://host/account.yaml", account}})),
              "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a-remote\n");
}

TEST(RemoteFiles, AreWhateverElseIsAFile) {
    const MemoryTree tree = {{"kustomization.yaml",
                              "resources: [account.yaml]\n"
                              "patches: [{path: http://host/patch.yaml}]\n"
                              "configMapGenerator:\n- name: c\n  files: [k=https://host/key.txt]\n"
                              "  envs: [https://host/some.env]\n"
                              "generatorOptions: {disableNameSuffixHash: true}\n"},
                             {"account.yaml", account}};
    EXPECT_EQ(built(tree, "",
                    web({{"http://host/patch.yaml", std::string(account) + "  labels: {a: b}\n"},
                         {"https://host/key.txt", "value"},
                         {"https://host/some.env", "X=1\n"}})),
              "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  labels:\n    a: b\n"
              "  name: remote\n---\napiVersion: v1\ndata:\n  X: \"1\"\n  k: value\n"
              "kind: ConfigMap\nmetadata:\n  name: c\n");
}

TEST(RemoteFiles, ErrorsHaveThePlaceAndKustomizesWords) {
    const MemoryTree tree = {{"kustomization.yaml", "resources:\n- https://host/gone.yaml\n"}};
    EXPECT_EQ(built(tree, "", web({})),
              "error: kustomization.yaml:2:3: accumulating resources from "
              "`https://host/gone.yaml`: HTTP Error: status code 404 (Not Found)");
    EXPECT_EQ(
        built(tree, "", web({{"https://host/gone.yaml", "a: [b\n"}})),
        "error: https://host/gone.yaml:2:1: accumulating resources from "
        "`https://host/gone.yaml`: this is no YAML: while parsing a flow sequence: did not find "
        "expected ',' or ']'");
    EXPECT_EQ(built(tree),
              "error: kustomization.yaml:2:3: accumulating resources from "
              "`https://host/gone.yaml`: unsupported: the remote file `https://host/gone.yaml`");
}

// A repository's page is no file of resources; the repository is.
TEST(RemoteFiles, AndRepositoriesBehindTheSameAddress) {
    const MemoryTree tree = {{"kustomization.yaml", "resources:\n- https://host/owner/repo\n"}};
    const auto remote = std::make_shared<const MemoryTree>(MemoryTree{
        {"kustomization.yaml", "resources: [account.yaml]\n"}, {"account.yaml", account}});
    Options options = web({{"https://host/owner/repo", "<!DOCTYPE html>\n<html>: x</html>\n"}});
    options.load_remote = [&](std::string_view) -> Result<Remote> { return Remote{remote, ""}; };
    EXPECT_EQ(built(tree, "", options), account);
}

TEST(RemoteFiles, AreToldByTheirForm) {
    for (const char* file : {"https://host/a.yaml", "HTTP://host/a/b", "https://host/a?x=y"})
        EXPECT_TRUE(may_be_remote_file(file)) << file;
    for (const char* other :
         {"a.yaml", "ssh://host/a", "git@host:a/b", "https://host/a//b", "https://host/a?ref=v1",
          "https://host/a.git", "https://host/a?x=y&ref=v1", "file:///a.yaml"})
        EXPECT_FALSE(may_be_remote_file(other)) << other;
}

}  // namespace
}  // namespace lockstep::kustomize
