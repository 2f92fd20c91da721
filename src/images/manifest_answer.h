#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "images/store.h"

/// What a registry's answers about a manifest mean.
namespace lockstep::images {

/// All four media types of manifests, for `Accept`: with fewer, registries answer 404 for a tag
/// that exists.
std::string_view accepted_manifests();

/// The descriptor that an answer to HEAD gives; nothing where its headers do not say enough, so
/// that the body has to be asked for. `corrupt` where it names another digest than was asked for.
Result<std::optional<oci::Descriptor>> described_by(const http::Response& response,
                                                    const ManifestName& name);

/// The manifest in an answer to GET, checked against the digest it was asked by and the digest that
/// the answer names. `unsupported`: schema 1; `corrupt`: other bytes; `invalid`: no manifest.
Result<RawManifest> manifest_in(http::Response response, const ManifestName& name);

/// "app:1.2", "app@sha256:…": for messages.
std::string shown(const ManifestName& name);

/// Whether the body is what the digest names.
bool is_named_by(const oci::Digest& digest, std::string_view bytes);

}  // namespace lockstep::images
