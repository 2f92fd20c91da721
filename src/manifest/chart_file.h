#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/file_tree.h"
#include "kustomize/render.h"
#include "manifest/declaration.h"
#include "yaml/parse.h"

namespace lockstep::manifest {

/// What Chart.yaml says of the chart.
struct ChartFile {
    std::string directory;
    std::string name;  // of the directory where none is written
    std::string version, app_version;
};

/// Reads it and declares its versions in `facts`. What cannot be read is a Gap there, and missing
/// in the result.
ChartFile read_chart_file(const FileTree& tree, std::string_view directory,
                          kustomize::Documents* documents, Facts& facts);

/// A YAML file of a chart, as helm reads it; parsed once where `documents` is not null.
Result<std::shared_ptr<const yaml::Document>> parse_chart_yaml(const FileTree& tree,
                                                               const std::string& path,
                                                               kustomize::Documents* documents);

/// `name` in the chart's directory.
std::string chart_path(const ChartFile& chart, std::string_view name);

}  // namespace lockstep::manifest
