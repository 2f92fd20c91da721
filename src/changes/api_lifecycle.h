#pragma once

#include <string_view>

#include "changes/identity.h"
#include "changes/kubernetes_version.h"

namespace lockstep::changes {

/// When an API version of a kind came and went.
struct ApiLifecycle {
    std::string_view api_version;  // "policy/v1beta1"
    std::string_view kind;
    KubernetesVersion removed;    // the first that does not serve it
    std::string_view successor;   // "policy/v1"; empty: there is none
    KubernetesVersion succeeded;  // the first that serves the successor
};

/// Null where the API is not known to go.
const ApiLifecycle* lifecycle_of(const Identity& identity);

/// The row whose successor this is; null where nothing is known.
const ApiLifecycle* predecessor_of(const Identity& identity);

/// Where the table is from.
inline constexpr std::string_view api_lifecycle_source =
    "https://kubernetes.io/docs/reference/using-api/deprecation-guide/";

}  // namespace lockstep::changes
