#include "cluster/kubeconfig.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "cluster/access.h"
#include "support/scoped_variable.h"
#include "support/temp_dir.h"

namespace lockstep::cluster {
namespace {

using testing::ScopedVariable;
using testing::TempDir;

std::string with_context(const std::string& name) {
    return "apiVersion: v1\nkind: Config\ncurrent-context: " + name +
           "\nclusters: [{name: c, cluster: {server: \"https://" + name +
           ":6443\", certificate-authority: pki/ca.crt}}]\nusers: [{name: u, user: {token: t-" +
           name + "}}]\ncontexts: [{name: " + name + ", context: {cluster: c, user: u}}]\n";
}

TEST(Kubeconfig, ReadsWhatKubectlReads) {
    const std::string pem = "-----BEGIN CERTIFICATE-----\n";
    const Kubeconfig read =
        parse_kubeconfig("config", "/home/me/.kube",
                         "clusters:\n- name: c\n  cluster:\n    server: https://host\n"
                         "    certificate-authority: pki/ca.crt\n    tls-server-name: other\n"
                         "    proxy-url: socks5://127.0.0.1:1080\n"
                         "    insecure-skip-tls-verify: true\n"
                         "users:\n- name: u\n  user:\n    client-certificate-data: " +
                             encode_base64(pem) +
                             "\n    client-key: /abs/key\n    tokenFile: tok\n    as: admin\n"
                             "    as-groups: [a, b]\n"
                             "    exec:\n      apiVersion: client.authentication.k8s.io/v1\n"
                             "      command: ./login\n      args: [x, --y]\n"
                             "      env: [{name: A, value: b}]\n      interactiveMode: Never\n"
                             "      provideClusterInfo: true\n")
            .value();
    const Server& server = read.servers.at("c");
    EXPECT_EQ(server.url, "https://host");
    EXPECT_EQ(server.authority_file, "/home/me/.kube/pki/ca.crt");
    EXPECT_EQ(server.server_name, "other");
    EXPECT_EQ(server.proxy, "socks5://127.0.0.1:1080");
    EXPECT_TRUE(server.is_insecure);
    const User& user = read.users.at("u");
    EXPECT_EQ(user.certificate_data, pem);
    EXPECT_EQ(user.key_file, "/abs/key");
    EXPECT_EQ(user.token_file, "/home/me/.kube/tok");
    EXPECT_EQ(user.acts_as, "admin");
    EXPECT_EQ(user.acts_as_groups, (std::vector<std::string>{"a", "b"}));
    ASSERT_TRUE(user.plugin);
    EXPECT_EQ(user.plugin->command, "/home/me/.kube/./login");
    EXPECT_EQ(user.plugin->arguments, (std::vector<std::string>{"x", "--y"}));
    EXPECT_TRUE(user.plugin->wants_cluster);
    EXPECT_FALSE(user.plugin->needs_terminal);
}

TEST(Kubeconfig, SaysWhereItIsWrongAndNeverWhatStandsThere) {
    const auto error = [](const std::string& text) {
        return to_string(parse_kubeconfig("config", ".", text).error());
    };
    EXPECT_EQ(error("users:\n- name: u\n  user: {client-key-data: sEcReT!}\n"),
              "config:3:27: `client-key-data` of this kubeconfig is not base64");
    EXPECT_EQ(error("users:\n- name: u\n  user: {token: [sEcReT]}\n"),
              "config:3:17: `token` of this kubeconfig is not a text");
    EXPECT_EQ(error("- a\n"), "config:1:1: `the top` of this kubeconfig is not a mapping");
    EXPECT_EQ(parse_kubeconfig("config", ".", "")->contexts.size(), 0u);
}

TEST(Kubeconfig, MergesFilesAsKubectlDoes) {
    const TempDir folder;
    folder.write("one", with_context("first"));
    folder.write("two", with_context("second"));
    const ScopedVariable files("KUBECONFIG",
                               folder / "absent" + ":" + folder / "one" + "::" + folder / "two");
    const Kubeconfig merged = read_kubeconfig(std::nullopt).value();
    EXPECT_EQ(merged.current, "first");
    EXPECT_EQ(merged.contexts.size(), 2u);
    // Of two that are called alike the first counts.
    EXPECT_EQ(merged.servers.at("c").url, "https://first:6443");
    EXPECT_EQ(merged.users.at("u").token, "t-first");
    EXPECT_EQ(read_kubeconfig(folder / "absent").error().kind, Error::Kind::not_found);
}

TEST(Access, FindsTheContextThatIsMeant) {
    const TempDir folder;
    folder.write("config", with_context("kind"));
    const std::string file = folder / "config";
    const Access access = find_access({.kubeconfig = file}).value();
    EXPECT_EQ(access.context, "kind");
    EXPECT_EQ(access.name_space, "default");
    EXPECT_EQ(access.server.url, "https://kind:6443");
    EXPECT_EQ(access.user.token, "t-kind");
    const Error error = find_access({.kubeconfig = file, .context = "knid"}).error();
    EXPECT_EQ(error.message, "no kubeconfig has a context `knid`");
    EXPECT_EQ(error.hint, "there are kind");
    EXPECT_EQ(error.kind, Error::Kind::usage);
}

TEST(Access, TakesTheServiceAccountOfItsPod) {
    const TempDir folder;
    folder.write("token", "secret\n");
    folder.write("ca.crt", "PEM");
    folder.write("namespace", "team");
    const ScopedVariable none("KUBECONFIG", folder / "absent");
    const ScopedVariable host("KUBERNETES_SERVICE_HOST", "fd00::1");
    const ScopedVariable port("KUBERNETES_SERVICE_PORT", "443");
    const Access access = find_access({.service_account = folder.path()}).value();
    EXPECT_EQ(access.server.url, "https://[fd00::1]:443");
    EXPECT_EQ(access.server.authority_data, "PEM");
    EXPECT_EQ(access.user.token_file, folder / "token");
    EXPECT_EQ(access.name_space, "team");
}

TEST(Access, SaysWhatToDoWhereThereIsNoCluster) {
    const TempDir folder;
    const ScopedVariable none("KUBECONFIG", folder / "absent");
    const ScopedVariable host("KUBERNETES_SERVICE_HOST", "");
    const Error error = find_access({}).error();
    EXPECT_EQ(error.message, "there is no kubeconfig, and this is no pod of a cluster");
    EXPECT_EQ(error.kind, Error::Kind::usage);
}

}  // namespace
}  // namespace lockstep::cluster
