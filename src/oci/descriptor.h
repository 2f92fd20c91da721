#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "oci/manifest.h"
#include "oci/members.h"

namespace lockstep::oci {

/// A descriptor (descriptor.md). `invalid` without a digest or a size; its media type may be
/// missing.
Result<Descriptor> read_descriptor(const Members& members);

/// The member `name`; nothing where it is absent.
Result<std::optional<Descriptor>> read_descriptor(const Members& members, std::string_view name);

/// The list `name`; empty where it is absent.
Result<std::vector<Descriptor>> read_descriptors(const Members& members, std::string_view name);

/// os, architecture, variant and os.version, as they stand in an entry of an index and in a config.
Result<Platform> read_platform(const Members& members);

}  // namespace lockstep::oci
