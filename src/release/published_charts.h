#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "project/project.h"

namespace lockstep::release {

/// The charts whose packages a release of `component` (empty: the product) publishes with it.
std::vector<const project::Chart*> charts_published_with(const project::Project& project,
                                                         std::string_view component);

/// Where the package of a chart of this tree goes: "registry.example.com/charts/kite".
Result<std::string> chart_repository(const FileTree& tree, const project::Chart& chart);
/// The same with its version as tag, in which helm writes "_" for "+".
Result<std::string> chart_reference(const FileTree& tree, const project::Chart& chart);

}  // namespace lockstep::release
