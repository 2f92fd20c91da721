#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/client.h"
#include "images/name.h"
#include "images/store.h"

namespace lockstep::images {

/// How registries are reached: what the user and this machine's configuration said.
struct StoresOptions {
    http::Options http = {};
    std::vector<std::string> plain_http;  // "host:port" that speak http only
    bool offline = false;                 // only layouts and what is cached
    /// Base URLs that are asked before the registry itself, for reading: by registry or by
    /// repository ("docker.io/library"), for all below it.
    std::map<std::string, std::vector<std::string>, std::less<>> mirrors;
    /// Where answers are kept: by digest for ever, by tag for `tag_age_max`; empty: nowhere.
    /// Offline they are all there is, however old.
    std::string cache_directory;
    std::chrono::seconds tag_age_max = std::chrono::minutes(5);
};

/// Opens stores and keeps them: one for each registry and layout. Thread-safe.
class Stores {
  public:
    /// Reads credentials where docker and podman keep them.
    static Result<Stores> open(StoresOptions options);
    Stores(Stores&&) noexcept;
    Stores& operator=(Stores&&) noexcept;
    ~Stores();

    enum class Trust : std::uint8_t {
        user,        // typed by the user: may be on a private address
        repository,  // read in a repository or a registry
    };
    /// The store that holds `name`. Lives as long as this.
    Result<Store*> of(const Name& name, Trust trust);
    /// The same to write into: never a cache or a mirror; a layout is made where none is.
    Result<Store*> to_write(const Name& name);

  private:
    struct State;
    explicit Stores(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// `name` within its store.
ManifestName manifest_name(const Name& name);

}  // namespace lockstep::images
