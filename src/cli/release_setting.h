#pragma once

#include <memory>

#include "base/result.h"
#include "cli/layouts.h"
#include "cli/options.h"
#include "images/stores.h"
#include "release/releaser.h"
#include "release/setting.h"

namespace lockstep::cli {

/// A Releaser over what the options name, with the stores that it writes into.
class ReleaseSetting {
  public:
    /// Borrows both.
    static Result<std::unique_ptr<ReleaseSetting>> open(const Options& options,
                                                        release::Observer& observer);
    ReleaseSetting(const ReleaseSetting&) = delete;
    ReleaseSetting& operator=(const ReleaseSetting&) = delete;

    release::Releaser& releaser() { return *releaser_; }
    const release::Setting& setting() const { return setting_; }

  private:
    ReleaseSetting(const Options& options, release::Observer& observer, images::Stores stores,
                   Layouts layouts);

    Result<images::Store*> store(const oci::Reference& reference);

    Options options_;
    images::Stores stores_;
    Layouts layouts_;  // of the configuration that the user named
    release::Setting setting_;
    std::optional<release::Releaser> releaser_;
};

/// "ann@build-7": who runs this, as the state of a release says it.
std::string runner_name();

}  // namespace lockstep::cli
