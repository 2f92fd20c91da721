#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "os/temporary_directory.h"
#include "project/project.h"
#include "release/site.h"
#include "release/state.h"

namespace lockstep::release {

/// Builds one image into staging by the driver that the project names, and says what is there then:
/// digest and platforms. `folder` is a checkout of what is built from (empty until a builder needs
/// it: it is made then).
class Builder {
  public:
    /// Borrows all of these.
    Builder(Site& site, const State& state, std::string configuration_folder)
        : site_(site), state_(state), configuration_folder_(std::move(configuration_folder)) {}

    /// The item with its digest and platforms. `unavailable`: the builder failed or ran out of
    /// time; `conflict`: what it built lacks a platform.
    Result<Item> build(const project::Image& image, const Item& item);

  private:
    Result<void> run_command(const project::Image& image, const Item& item);
    Result<void> stage_layout(const std::string& folder, const Item& item);
    Result<void> await(const project::Image& image, const Item& item);
    Result<std::string> checkout();
    Result<Item> seen(const project::Image& image, const Item& item);

    Site& site_;
    const State& state_;
    std::string configuration_folder_;
    std::optional<os::TemporaryDirectory> folder_;
};

}  // namespace lockstep::release
