#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "kustomize/kustomization.h"
#include "kustomize/resource.h"

namespace lockstep::kustomize {

/// Where a kind stands in kustomize's order: below 0 for those that come first, above it for those
/// that come last, 0 for all others.
int kind_rank(std::string_view kind);

/// The objects in kustomize's order of output: by kind (Namespace first, webhooks last) unless
/// `sortOptions` of the outermost kustomization says otherwise.
Result<Resources::List> ordered(Resources::List objects, const std::optional<SortOptions>& options);

}  // namespace lockstep::kustomize
