#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::testing {

/// Real registries, of which each has ways of its own.
enum class RegistryKind : std::uint8_t {
    docker_registry,  // Debian's `docker-registry`: distribution 2.8
    distribution,     // CNCF distribution 3, `registry`
    ggcr,             // tests/peers/ggcr_registry: in memory, with the referrers API; no oracle of
                      // what a registry refuses, it takes nearly everything
};
inline constexpr RegistryKind registry_kinds[] = {RegistryKind::docker_registry,
                                                  RegistryKind::distribution, RegistryKind::ggcr};
/// "docker_registry", …: also as the name of a parametrised test.
std::string to_string(RegistryKind kind);
/// Why no registry of this kind can be started here; nothing where one can. For GTEST_SKIP.
std::optional<std::string> why_absent(RegistryKind kind);

/// Whose tokens a registry takes: those that `realm` gives out, signed with the key of
/// `certificate`.
struct TokenRealm {
    std::string realm;  // the URL
    std::string service = "registry";
    std::string issuer = "lockstep-test";
    std::string certificate;  // a PEM file
};

struct RegistrySetup {
    RegistryKind kind = RegistryKind::docker_registry;
    // All else is for the first two kinds only.
    bool can_delete = false;
    bool is_read_only = false;
    std::string certificate = {}, key = {};  // PEM files: then it speaks TLS
    std::string client_authority = {};       // a PEM file: whose clients alone may connect
    std::vector<std::pair<std::string, std::string>> users = {};  // basic auth: name, password
    std::optional<TokenRealm> token = {};
};

/// A registry on a free port of loopback, with its files in a fresh folder. Takes requests when the
/// constructor returns; over and gone when the destructor does, and at the latest when the thread
/// that made it ends. Throws where it cannot be started.
class RegistryServer {
  public:
    explicit RegistryServer(RegistrySetup setup = {});
    ~RegistryServer();
    RegistryServer(RegistryServer&&) noexcept;
    RegistryServer& operator=(RegistryServer&&) noexcept;

    RegistryKind kind() const;
    /// "127.0.0.1:43567". Some clients refuse token realms at an address: they want the name.
    std::string address() const;
    std::string name() const;  // "localhost:43567"
    std::string url() const;   // "http://127.0.0.1:43567", https with TLS

    /// What it answered so far.
    struct Request {
        std::string method, target;  // "GET", "/v2/app/tags/list?n=1000"
        int status = 0;
    };
    std::vector<Request> requests() const;
    /// How many there were by `method` (any, where empty) whose target contains `part`.
    std::size_t count(std::string_view method, std::string_view part) const;

    /// The file that holds a blob or a manifest, to spoil it. Not of ggcr.
    std::string blob_file(std::string_view digest) const;
    /// Everything it said.
    std::string log() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::testing
