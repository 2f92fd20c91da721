#pragma once

#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "images/registry_state.h"
#include "oci/manifest.h"

namespace lockstep::images {

/// Uploads a blob (OCI distribution specification 1.1, "Pushing blobs"): POST for a session, then
/// one PUT; a blob over `RegistryOptions::whole_bytes_max` in pieces by PATCH, each of which goes
/// on from where the registry has it. Where the registry cannot go on, it all begins again if the
/// source can. The registry checks the digest before it gives the blob out.
Result<void> upload_blob(const Registry::State& registry, std::string_view repository,
                         const oci::Descriptor& blob, http::Source& source);

/// Begins a session as an upload does, and takes it back: whether one may upload there.
Result<void> begin_and_cancel_upload(const Registry::State& registry, std::string_view repository);

}  // namespace lockstep::images
