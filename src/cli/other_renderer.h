#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/options.h"
#include "os/subprocess.h"

namespace lockstep::cli {

/// An installed program that renders as lockstep does.
class OtherRenderer {
  public:
    /// `not_found` where it is not on PATH.
    static Result<OtherRenderer> find(CheckWith which);

    /// "kustomize", "kubectl".
    const std::string& name() const { return name_; }
    /// "kustomize v5.8.2", "kubectl v1.32.4 with kustomize v5.5.0"; what the program says itself.
    const std::string& title() const { return title_; }
    /// Whether it is the version that lockstep renders as.
    bool has_our_version() const;

    /// Renders a directory on disk, with the options of ours that it has too. That it refuses is an
    /// answer.
    Result<os::Captured> render(const std::string& directory, const Options& options) const;

  private:
    OtherRenderer() = default;
    std::string program_, name_, title_;
};

/// The last line of what a program said that says something.
std::string last_line(std::string_view said);

}  // namespace lockstep::cli
