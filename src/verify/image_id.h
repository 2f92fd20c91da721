#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lockstep::verify {

/// What the `imageID` of a container's status says, in the forms that runtimes write.
struct ImageId {
    enum class Kind : std::uint8_t {
        none,    // empty: not pulled yet, or nobody says
        digest,  // of an index or a manifest: "repo@sha256:…", "docker-pullable://repo@sha256:…"
        config,   // an image id, the digest of a config: "sha256:…", "docker://sha256:…", bare
                  // hexadecimal of CRI-O. Or, of a runtime that knows no name, of a manifest.
        strange,  // none of these forms
    };
    Kind kind = Kind::none;
    std::string digest;  // "sha256:…"
};
ImageId read_image_id(std::string_view text);

}  // namespace lockstep::verify
