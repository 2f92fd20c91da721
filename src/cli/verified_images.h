#pragma once

#include "base/result.h"
#include "cli/gather.h"
#include "cli/options.h"

namespace lockstep::cli {

/// Takes the images that `--image` names for the project's own. A name that no image has is a gap
/// of what is judged, so that it is never called fine.
void take_named_images(const Options& options, Gathered& gathered);

/// Nothing but its name tells whose an image of standard input is: `usage` with what may be named
/// where neither the configuration nor the repository knows one of those that are there.
Result<void> check_images_known(Gathered& gathered);

}  // namespace lockstep::cli
