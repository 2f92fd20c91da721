#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "images/registry_state.h"
#include "oci/manifest.h"

namespace lockstep::images {

/// Blobs up to this go up in one request; larger ones in pieces of `chunk_bytes`, each of which can
/// be sent again from where the registry has it.
inline constexpr std::uint64_t whole_bytes_max = 32u << 20;
inline constexpr std::size_t chunk_bytes = 16u << 20;

/// Uploads a blob (OCI distribution specification 1.1, "Pushing blobs"): POST for a session, then
/// PUT, or PATCH for each piece and PUT to end. The registry checks the digest before it gives the
/// blob out.
Result<void> upload_blob(const Registry::State& registry, std::string_view repository,
                         const oci::Descriptor& blob, http::Source& source);

}  // namespace lockstep::images
