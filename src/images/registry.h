#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/client.h"
#include "images/credentials.h"
#include "images/store.h"

namespace lockstep::images {

/// What the user said about one registry.
struct RegistryOptions {
    bool plain_http = false;  // http where said, never tried on its own
    /// Base URLs that are asked first, for reading. Never trusted: a repository may name them.
    std::vector<std::string> mirrors = {};
    bool is_trusted = false;  // the user named it, see http::Request::is_trusted
    /// Larger blobs go up in pieces: what is lost with a connection is then a piece at most. One
    /// request is faster.
    std::uint64_t whole_bytes_max = std::uint64_t{1} << 30;
    std::size_t piece_bytes = 8u << 20;  // held in memory while they are under way
};

/// A registry over HTTP: OCI distribution specification 1.1, and Docker's registry API version 2.
/// Its mirrors are asked before it; only its own "not found" counts.
class Registry final : public Store {
  public:
    /// `host_port` as in references: "docker.io" is where Docker Hub answers. `usage` where it or a
    /// mirror is no host or URL. Client and credentials are borrowed.
    static Result<std::unique_ptr<Registry>> open(const std::string& host_port,
                                                  const RegistryOptions& options,
                                                  http::Client& client,
                                                  const Credentials& credentials);
    ~Registry() override;

    std::string title() const override;
    std::vector<Result<oci::Descriptor>> resolve(std::span<const ManifestName> names) override;
    std::vector<Result<RawManifest>> read_manifests(std::span<const ManifestName> names) override;
    std::vector<Result<std::string>> read_blobs(std::string_view repository,
                                                std::span<const oci::Descriptor> blobs) override;
    Result<void> read_blob(std::string_view repository, const oci::Descriptor& blob,
                           std::uint64_t from, http::Sink& sink) override;
    Result<bool> has_blob(std::string_view repository, const oci::Descriptor& blob) override;
    Result<void> write_blob(std::string_view repository, const oci::Descriptor& blob,
                            http::Source& source) override;
    Result<bool> mount_blob(std::string_view repository, const oci::Descriptor& blob,
                            std::string_view from_repository) override;
    Result<void> write_manifest(const ManifestName& name, const RawManifest& manifest,
                                IfExists if_exists) override;
    Result<void> remove_manifest(const ManifestName& name) override;
    Result<void> may_write(std::string_view repository) override;
    Result<std::vector<std::string>> tags(std::string_view repository) override;
    Result<std::vector<oci::Descriptor>> referrers(std::string_view repository,
                                                   const oci::Digest& subject) override;

    struct State;  // registry_state.h

  private:
    explicit Registry(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::images
