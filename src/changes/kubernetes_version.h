#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lockstep::changes {

/// A minor version of Kubernetes: APIs come and go with those.
struct KubernetesVersion {
    unsigned major = 1;
    unsigned minor = 0;

    auto operator<=>(const KubernetesVersion&) const = default;
};

/// "1.31"
std::string to_string(KubernetesVersion version);

/// "1.31", "v1.31", "1.31.4", "v1.31.4-gke.100"; `usage` for anything else.
Result<KubernetesVersion> parse_kubernetes_version(std::string_view text);

}  // namespace lockstep::changes
