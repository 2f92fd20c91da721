#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "images/store.h"

namespace lockstep::images {

/// An OCI image layout (OCI image specification 1.1, image-layout.md): one folder, one repository,
/// whose name is ignored. Tags are `org.opencontainers.image.ref.name` annotations of index.json,
/// a whole reference ("host/app:1.2") counts by its tag. Several manifests under one tag are
/// `invalid`; an empty name is the only manifest there is. A manifest without a tag is listed by
/// its digest until an index that names it is; one with a subject always, since what is listed is
/// what `referrers` looks through, besides the fallback tag. A blob of another size than its
/// descriptor says is no such blob for `has_blob`, and is written again.
///
/// Nothing outside the folder is read or written, through no symlink either; digests become file
/// names only after they were checked. Writers lock the folder among themselves (programs that do
/// not know of locks are not held off); a file appears whole or not at all. What a killed writer
/// left goes with the next `open_or_make` an hour later.
class Layout final : public Store {
  public:
    /// `not_found` where there is no layout; `invalid` where its version is not 1.x.
    static Result<std::unique_ptr<Layout>> open(const std::string& directory);
    /// The same, made where nothing (or an empty folder) is.
    static Result<std::unique_ptr<Layout>> open_or_make(const std::string& directory);
    ~Layout() override;

    std::string title() const override;
    std::vector<Result<oci::Descriptor>> resolve(std::span<const ManifestName> names) override;
    std::vector<Result<RawManifest>> read_manifests(std::span<const ManifestName> names) override;
    std::vector<Result<std::string>> read_blobs(std::string_view repository,
                                                std::span<const oci::Descriptor> blobs) override;
    Result<void> read_blob(std::string_view repository, const oci::Descriptor& blob,
                           std::uint64_t from, http::Sink& sink) override;
    Result<std::unique_ptr<http::Source>> open_blob(std::string_view repository,
                                                    const oci::Descriptor& blob) override;
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

  private:
    struct State;
    explicit Layout(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::images
