#pragma once

#include <string>

#include "oci/digest.h"

namespace lockstep::images {

/// The tag of the index that lists what refers to `subject`, where a registry has no referrers API:
/// "sha256-…" (OCI distribution specification 1.1, "Referrers Tag Schema").
inline std::string referrers_tag(const oci::Digest& subject) {
    return std::string(subject.algorithm_name()) + '-' + std::string(subject.hex().substr(0, 64));
}

}  // namespace lockstep::images
