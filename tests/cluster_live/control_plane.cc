#include "cluster_live/control_plane.h"

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "os/environment.h"
#include "os/file.h"
#include "support/peer.h"
#include "support/raw_server.h"

namespace lockstep::cluster {

namespace {

using std::chrono::steady_clock;
using Stream = os::Subprocess::Stream;

constexpr std::chrono::seconds start_max{120};
constexpr std::chrono::seconds end_max{30};

/// One that nobody listens on at this moment.
unsigned free_port() {
    return testing::RawServer([](const auto&, auto&) {}).port();
}

void wait_for(const std::string& what, const auto& is_so) {
    const auto deadline = steady_clock::now() + start_max;
    while (!is_so()) {
        if (steady_clock::now() > deadline) throw std::runtime_error(what + " does not start");
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

os::Subprocess start(std::vector<std::string> argv, const std::string& log) {
    // By way of a shell for the log alone.
    std::string line = "exec \"$@\" >>'" + log + "' 2>&1";
    argv.insert(argv.begin(), {"sh", "-c", line, "sh"});
    auto started =
        os::Subprocess::start({.argv = argv}, {.out = Stream::null, .err = Stream::null});
    if (!started) throw std::runtime_error(to_string(started.error()));
    return *std::move(started);
}

}  // namespace

std::optional<std::string> ControlPlane::why_absent() {
    for (const char* program : {"kube-apiserver", "etcd", "etcdctl", "kubectl"})
        if (!testing::find_peer(program)) return testing::absent(program);
    return std::nullopt;
}

ControlPlane::ControlPlane() : etcd_port_(free_port()), port_(free_port()) {
    folder_.write("tokens.csv", "admin-token,admin,1,\"system:masters\"\n");
    static_cast<void>(authority_.issue("apiserver"));
    static_cast<void>(authority_.issue("accounts"));
    kubeconfig_of("kubeconfig", "{token: admin-token}");
    start_etcd();
    start_apiserver();
}

ControlPlane::~ControlPlane() {
    if (apiserver_) apiserver_->terminate(end_max);
    if (etcd_) etcd_->terminate(end_max);
}

void ControlPlane::start_etcd() {
    const std::string clients = "http://127.0.0.1:" + std::to_string(etcd_port_);
    const std::string peers = "http://127.0.0.1:" + std::to_string(free_port());
    etcd_ =
        start({*testing::find_peer("etcd"), "--data-dir", folder_ / "etcd", "--listen-client-urls",
               clients, "--advertise-client-urls", clients, "--listen-peer-urls", peers,
               "--initial-advertise-peer-urls", peers, "--initial-cluster", "default=" + peers},
              folder_ / "etcd.log");
}

void ControlPlane::start_apiserver() {
    const std::string pki = std::filesystem::path(authority_.file()).parent_path().string();
    apiserver_ = start(
        {*testing::find_peer("kube-apiserver"),
         "--etcd-servers=http://127.0.0.1:" + std::to_string(etcd_port_),
         "--bind-address=127.0.0.1", "--secure-port=" + std::to_string(port_),
         "--advertise-address=127.0.0.1", "--tls-cert-file=" + pki + "/apiserver.pem",
         "--tls-private-key-file=" + pki + "/apiserver.key",
         "--client-ca-file=" + authority_.file(), "--token-auth-file=" + (folder_ / "tokens.csv"),
         "--service-account-issuer=https://kubernetes.default.svc",
         "--service-account-key-file=" + pki + "/accounts.pem",
         "--service-account-signing-key-file=" + pki + "/accounts.key",
         "--service-cluster-ip-range=10.0.0.0/24", "--authorization-mode=RBAC",
         "--disable-admission-plugins=ServiceAccount", "--endpoint-reconciler-type=none"},
        folder_ / "apiserver.log");
    wait_for("kube-apiserver", [&] {
        if (apiserver_->poll())
            throw std::runtime_error("kube-apiserver ends: " +
                                     os::read_file(folder_ / "apiserver.log").value_or(""));
        return is_ready();
    });
}

bool ControlPlane::is_ready() const {
    const auto asked = os::run({.argv = {*testing::find_peer("kubectl"), "--kubeconfig",
                                         kubeconfig(), "get", "--raw", "/readyz"}});
    // The namespace is made a moment later than it is ready.
    const auto found = asked && asked->exit.ok()
                           ? os::run({.argv = {*testing::find_peer("kubectl"), "--kubeconfig",
                                               kubeconfig(), "get", "namespace", "default"}})
                           : asked;
    return found && found->exit.ok();
}

std::string ControlPlane::kubeconfig_of(std::string_view name, std::string_view user) const {
    folder_.write(
        name, "apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {server: \"" + url() +
                  "\", certificate-authority: \"" + authority_.file() +
                  "\"}\nusers:\n- name: u\n  user: " + std::string(user) +
                  "\ncontexts:\n- {name: live, context: {cluster: c, user: u}}\n"
                  "current-context: live\n");
    return folder_ / name;
}

std::string ControlPlane::kubectl(std::vector<std::string> arguments,
                                  std::string_view input) const {
    std::vector<std::string> argv = {*testing::find_peer("kubectl"), "--kubeconfig", kubeconfig()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return testing::run_tool(argv, input);
}

void ControlPlane::restart() {
    apiserver_->terminate(end_max);
    start_apiserver();
}

void ControlPlane::compact() const {
    const std::string etcd = "127.0.0.1:" + std::to_string(etcd_port_);
    const std::string status = testing::run_tool(
        {"env", "ETCDCTL_API=3", *testing::find_peer("etcdctl"), "--endpoints", etcd, "get", "/",
         "--prefix", "--limit=1", "--keys-only", "-w", "fields"});
    const std::size_t at = status.find("\"Revision\" : ") + 13;
    testing::run_tool({"env", "ETCDCTL_API=3", *testing::find_peer("etcdctl"), "--endpoints", etcd,
                       "compact", status.substr(at, status.find('\n', at) - at)});
}

}  // namespace lockstep::cluster
