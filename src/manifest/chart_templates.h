#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "manifest/chart_file.h"
#include "manifest/declaration.h"

namespace lockstep::manifest {

/// What a chart's templates put where a tag is empty.
struct DefaultTag {
    enum class From { app_version, chart_version, unknown };
    From from = From::app_version;
    bool adds_v = false;
};

/// Reads the templates of a chart: declares in `facts` the images that they write out in full, and
/// says what an empty tag becomes.
DefaultTag read_templates(const FileTree& tree, const ChartFile& chart, Facts& facts);

}  // namespace lockstep::manifest
