#pragma once

#include <string>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "manifest/chart_file.h"
#include "manifest/declaration.h"
#include "manifest/fields.h"

namespace lockstep::manifest {

/// The images in what `helm template` makes of a chart with its own values. Each stands at its
/// template's file, line unknown; the excerpt is the rendered line. The chart is copied to a
/// temporary folder; helm runs there with settings and caches of its own, so that nothing of the
/// user's decides, and for a minute at most.
///
/// Errors: `not_found` where there is no such program, `invalid` with helm's own words where it
/// refuses the chart (a missing dependency, a required value) or prints no YAML.
Result<std::vector<Declaration>> render_chart(const FileTree& tree, const ChartFile& chart,
                                              const std::string& helm, const Fields& fields);

}  // namespace lockstep::manifest
