#pragma once

#include <string>
#include <vector>

#include "support/image_maker.h"
#include "support/temp_dir.h"

namespace lockstep::testing {

/// The other registry clients that lockstep must agree with.
inline constexpr const char* image_tools[] = {"crane", "skopeo", "regctl", "oras"};

/// One of them, at a registry that speaks plain HTTP at `host` ("127.0.0.1:5000"). Names are
/// "team/app:v1" or "team/app@sha256:…". A test that fails to run it throws, with what it said.
class ImageTool {
  public:
    ImageTool(std::string program, std::string host)
        : program_(std::move(program)), host_(std::move(host)) {}

    /// The digest that a name means.
    std::string digest(const std::string& name) const;
    /// Puts `image` under a name, out of an OCI layout.
    void push(const MadeImage& image, const std::string& name) const;
    /// Fetches all that a name means, checking it as the tool does: what of `image` did not arrive
    /// as it was made, "" where all did.
    std::string pull_and_compare(const MadeImage& image, const std::string& name) const;

  private:
    std::string run(std::vector<std::string> args) const;
    void pull(const std::string& name, const std::string& directory) const;

    std::string program_, host_;
    TempDir home_;
};

}  // namespace lockstep::testing
