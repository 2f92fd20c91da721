#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lockstep::testing {

struct CutSetup {
    /// The first connections that carry so many bytes towards the server are reset then, one for
    /// each entry, in this order; later ones live.
    std::vector<std::uint64_t> cut_upwards_after = {};
    /// The same for bytes towards the client.
    std::vector<std::uint64_t> cut_downwards_after = {};
};

/// Passes bytes between clients and a server on loopback, and breaks some connections. Runs in a
/// thread from the constructor to the destructor.
class CuttingProxy {
  public:
    explicit CuttingProxy(const std::string& server_address, CutSetup setup = {});
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    std::string address() const;  // "127.0.0.1:43567"
    std::uint64_t bytes_upwards() const;
    std::size_t cuts() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::testing
