#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/builtin_config.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"

namespace lockstep::kustomize {

/// Inflates the charts of `helmCharts`, with the program that the options hand in, and adds their
/// objects. Those bear helm's mark: no namespace transformer touches them.
///
/// Errors: `unsupported` where the options have no such program; `invalid` where kustomize refuses
/// the entry; what the program says.
Result<void> inflate_charts(Build& build, const Loader& loader, const Kustomization& file,
                            Resources& objects);

/// The same of one HelmChartInflationGenerator, whose namespace is as it is written there.
Result<void> inflate_chart(Build& build, const Loader& loader, BuiltinConfig& config,
                           Resources& objects);

/// Whether an object came out of a chart.
bool is_from_chart(const yaml::Node& object);

}  // namespace lockstep::kustomize
