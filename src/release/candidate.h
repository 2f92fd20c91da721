#pragma once

#include <string>

#include "base/result.h"
#include "project/project.h"
#include "record/record.h"
#include "release/site.h"
#include "release/state.h"

namespace lockstep::release {

/// The record of a published release candidate. `not_found` where there is none; `usage` where the
/// tag is no pre-release of `version`.
Result<record::Record> candidate_record(Site& site, const std::string& tag,
                                        const version::Version& version);

/// The item as the candidate published it, where it waits for the final release. `conflict` where
/// the image says of itself that it is the candidate (its version label, or what the project's
/// probe prints): such an image cannot become final without being built again.
Result<Item> item_of_candidate(Site& site, const record::Record& candidate,
                               const project::Image& image, const Item& item);

}  // namespace lockstep::release
