#pragma once

#include <string>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"

namespace lockstep::kustomize {

/// The values file that `valuesInline` makes of the chart's own, or of the one that the entry
/// names: together with it as `valuesMerge` says. YAML that means what kustomize's file means.
///
/// Errors: `invalid` where kustomize cannot read or merge them.
Result<std::string> merged_values(Build& build, const HelmChart& chart, const File& file);

/// The same without that file: `valuesMerge: replace`.
Result<std::string> inline_values(Build& build, const HelmChart& chart);

}  // namespace lockstep::kustomize
