#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "images/store.h"

/// Referrers where a registry has no API for them: an index under the tag "sha256-<hex>" (OCI
/// distribution specification 1.1, "Referrers Tag Schema").
namespace lockstep::images {

/// None where there is no such tag.
Result<std::vector<oci::Descriptor>> read_fallback_referrers(Store& store,
                                                             std::string_view repository,
                                                             const oci::Digest& subject);

/// Adds `referrer` to the index under the tag. Two who do it at once may lose one of the two: the
/// registry has no better way.
Result<void> add_fallback_referrer(Store& store, std::string_view repository,
                                   const oci::Digest& subject, const oci::Descriptor& referrer);

}  // namespace lockstep::images
