#include "verify/image_id.h"

#include <initializer_list>

#include "oci/digest.h"

namespace lockstep::verify {

ImageId read_image_id(std::string_view text) {
    using Kind = ImageId::Kind;
    if (text.empty()) return {};
    for (const std::string_view scheme : {"docker-pullable://", "docker://"})
        if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
    const std::size_t at = text.rfind('@');
    const bool has_name = at != std::string_view::npos;
    std::string digest(has_name ? text.substr(at + 1) : text);
    if (!has_name && !digest.contains(':')) digest.insert(0, "sha256:");
    if (!oci::Digest::parse(digest)) return {.kind = Kind::strange, .digest = {}};
    return {.kind = has_name ? Kind::digest : Kind::config, .digest = std::move(digest)};
}

}  // namespace lockstep::verify
