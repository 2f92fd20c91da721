#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace lockstep::os {

/// A new folder for its owner only, below $TMPDIR or /tmp, that goes with everything in it when
/// this does.
class TemporaryDirectory {
  public:
    /// `prefix` begins its name: "lockstep-chart-".
    static Result<TemporaryDirectory> make(std::string_view prefix);

    TemporaryDirectory(TemporaryDirectory&& other) noexcept
        : path_(std::exchange(other.path_, {})) {}
    TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept {
        std::swap(path_, other.path_);
        return *this;
    }
    ~TemporaryDirectory();

    const std::string& path() const { return path_; }

  private:
    explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

}  // namespace lockstep::os
