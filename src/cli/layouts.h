#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "images/layout.h"
#include "oci/reference.h"
#include "project/project.h"

namespace lockstep::cli {

/// The OCI image layouts that a configuration puts in place of registries (`registries[].layout`),
/// opened when they are first needed. Each must lie below the configuration's folder, also behind
/// symbolic links: who writes lockstep.yaml may be a stranger.
class Layouts {
  public:
    enum class Use : std::uint8_t {
        read,   // a layout that is not there is `unavailable`
        write,  // is made
    };
    /// `root` is the folder of the configuration; unset where that was read out of Git, so that all
    /// of them are `unavailable`.
    Layouts(std::vector<project::Registry> registries, std::optional<std::string> root, Use use)
        : registries_(std::move(registries)), root_(std::move(root)), use_(use) {}

    /// The entry with the longest name that `reference` is below and that has a layout; nullptr
    /// where it is for its registry to answer.
    const project::Registry* entry_for(const oci::Reference& reference) const;
    /// The layout of an entry of these. Lives as long as this.
    Result<images::Layout*> open(const project::Registry& entry);

  private:
    Result<std::unique_ptr<images::Layout>> opened(const project::Registry& entry) const;

    std::vector<project::Registry> registries_;
    std::optional<std::string> root_;
    Use use_;
    std::map<std::string, Result<std::unique_ptr<images::Layout>>, std::less<>> layouts_;
};

}  // namespace lockstep::cli
