#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "kustomize/render.h"
#include "os/temporary_directory.h"

namespace lockstep::cli {

/// The installed helm, run as `kustomize build --enable-helm` runs it. The environment is the
/// user's, the places of its configuration, cache and data are not.
class HelmProgram {
  public:
    /// A tree that lies on disk, so that charts are read where they are: `root` is its place.
    struct OnDisk {
        const FileTree* tree = nullptr;
        std::string root;
    };

    /// `command` is a name along PATH, or a path. It is looked for when it is first needed.
    HelmProgram(std::string command, OnDisk on_disk)
        : command_(std::move(command)), on_disk_(std::move(on_disk)) {}

    /// What `helm template` prints. `not_found` where there is no helm, `unavailable` where it is
    /// too old, `invalid` with helm's own words where it refuses.
    Result<std::string> inflate(const kustomize::ChartInflation& chart);

    /// What `helm pull` fetches, in a temporary folder: the tree beside the kustomization stays as
    /// it is.
    Result<kustomize::Remote> pull(const kustomize::ChartSource& chart);

  private:
    Result<std::string> run(std::vector<std::string> arguments, const std::string& config_home);
    Result<void> prepare();
    Result<std::string> place_of(const FileTree& tree);

    std::string command_;
    OnDisk on_disk_;
    std::string program_;
    std::optional<os::TemporaryDirectory> folder_;
    std::vector<kustomize::Remote> pulled_;  // on disk in `folder_`: "pulled-1" and so on
    std::size_t written_ = 0;                // folders made, each with a number of its own
    std::string home_;                       // in `folder_`: the whole tree where it is not on disk
};

}  // namespace lockstep::cli
