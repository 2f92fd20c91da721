#pragma once

#include "base/file_tree.h"
#include "manifest/chart_file.h"
#include "manifest/chart_templates.h"
#include "manifest/declaration.h"

namespace lockstep::manifest {

/// Declares in `facts` the images that the chart's values.yaml names; see read_chart.
void read_values(const FileTree& tree, const ChartFile& chart, const DefaultTag& default_tag,
                 Facts& facts);

}  // namespace lockstep::manifest
