#pragma once

#include <string>

#include "cli/options.h"
#include "release/plan.h"

namespace lockstep::cli {

/// What a release would do, for people: version, edits as a diff, images, steps.
std::string plan_text(const release::Plan& plan, const std::string& remote, const Options& options);
/// The same for programs.
std::string plan_json(const release::Plan& plan);

}  // namespace lockstep::cli
