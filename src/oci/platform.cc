#include <algorithm>
#include <utility>

#include "oci/manifest.h"

namespace lockstep::oci {

namespace {

struct Implied {
    std::string_view written, architecture, variant;
};
/// What names of architectures mean where no variant is written.
constexpr Implied implied[] = {
    {"x86_64", "amd64", ""},  {"x86-64", "amd64", ""}, {"aarch64", "arm64", "v8"},
    {"arm64", "arm64", "v8"}, {"arm", "arm", "v7"},    {"armhf", "arm", "v7"},
    {"armel", "arm", "v6"},   {"i386", "386", ""},
};

}  // namespace

std::string to_string(const Platform& platform) {
    std::string text = platform.os + '/' + platform.architecture;
    if (!platform.variant.empty()) text += '/' + platform.variant;
    if (!platform.os_version.empty()) text += ':' + platform.os_version;
    return text;
}

Platform normalized(Platform platform) {
    const auto* const found =
        std::ranges::find(implied, std::string_view(platform.architecture), &Implied::written);
    if (found != std::end(implied)) {
        platform.architecture = found->architecture;
        if (platform.variant.empty()) platform.variant = found->variant;
    }
    const bool is_arm = platform.architecture == "arm" || platform.architecture == "arm64";
    if (is_arm && platform.variant.size() == 1) platform.variant.insert(0, 1, 'v');
    if (platform.architecture == "amd64" && platform.variant == "v1") platform.variant.clear();
    return platform;
}

bool is_attestation(const Descriptor& entry) {
    if (entry.annotations.contains("vnd.docker.reference.type")) return true;
    return entry.platform.has_value() && entry.platform->os == "unknown" &&
           entry.platform->architecture == "unknown";
}

}  // namespace lockstep::oci
