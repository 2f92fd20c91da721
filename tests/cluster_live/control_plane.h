#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "os/subprocess.h"
#include "support/temp_dir.h"
#include "support/tls_server.h"

namespace lockstep::cluster {

/// A real kube-apiserver (scripts/install-cluster) on a real etcd, on loopback and free ports, with
/// RBAC and nothing else: no kubelet, no controllers. It answers when its constructor returns; its
/// destructor ends both. Throws where one of them does not start.
///
/// Users: the token "admin-token" may do everything; those that `kubectl` makes rights for have
/// certificates.
class ControlPlane {
  public:
    ControlPlane();
    ~ControlPlane();
    ControlPlane(const ControlPlane&) = delete;
    ControlPlane& operator=(const ControlPlane&) = delete;

    /// Why there is none here; nothing where there is one.
    static std::optional<std::string> why_absent();

    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
    const testing::CertificateAuthority& authority() const { return authority_; }
    const testing::TempDir& folder() const { return folder_; }
    /// Of the administrator.
    std::string kubeconfig() const { return folder_ / "kubeconfig"; }
    /// A kubeconfig whose only user is this YAML: "{token: abc}".
    std::string kubeconfig_of(std::string_view name, std::string_view user) const;

    /// Runs kubectl as the administrator: what it printed. Throws where it fails.
    std::string kubectl(std::vector<std::string> arguments, std::string_view input = {}) const;

    /// Ends the apiserver and starts it again, on the same port: what it kept in memory is gone.
    void restart();
    /// Lets etcd forget everything before now.
    void compact() const;

  private:
    void start_etcd();
    void start_apiserver();
    bool is_ready() const;

    testing::TempDir folder_;
    testing::CertificateAuthority authority_;
    unsigned etcd_port_ = 0, port_ = 0;
    std::optional<os::Subprocess> etcd_, apiserver_;
};

}  // namespace lockstep::cluster
