#pragma once

#include <optional>

#include "base/result.h"
#include "kustomize/kustomization.h"
#include "kustomize/resource.h"

namespace lockstep::kustomize {

/// The objects in kustomize's order of output: by kind (Namespace first, webhooks last) unless
/// `sortOptions` of the outermost kustomization says otherwise.
Result<Resources::List> ordered(Resources::List objects, const std::optional<SortOptions>& options);

}  // namespace lockstep::kustomize
