#pragma once

#include "base/file_tree.h"
#include "manifest/chart_file.h"
#include "manifest/declaration.h"

namespace lockstep::manifest {

/// The images that a chart's values and templates name as they stand; see read_chart. Where an
/// image line of a template can be filled in from the values, that decides; else the conventions of
/// values.yaml do.
Facts read_chart_images(const FileTree& tree, const ChartFile& chart,
                        kustomize::Documents* documents);

}  // namespace lockstep::manifest
