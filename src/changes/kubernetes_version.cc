#include "changes/kubernetes_version.h"

#include "version/version.h"

namespace lockstep::changes {

std::string to_string(KubernetesVersion version) {
    return std::to_string(version.major) + '.' + std::to_string(version.minor);
}

Result<KubernetesVersion> parse_kubernetes_version(std::string_view text) {
    const std::string_view number = text.starts_with('v') ? text.substr(1) : text;
    const auto version = version::Version::parse(number);
    constexpr std::uint64_t most = 1000;
    if (!version || version->number_count() < 2 || version->major() > most ||
        version->minor() > most)
        return fail(Error::Kind::usage, "`" + std::string(text) + "` is no version of Kubernetes",
                    "write it as 1.31");
    return KubernetesVersion{.major = static_cast<unsigned>(version->major()),
                             .minor = static_cast<unsigned>(version->minor())};
}

}  // namespace lockstep::changes
