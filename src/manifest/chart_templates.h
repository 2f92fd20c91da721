#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "manifest/chart_file.h"
#include "manifest/declaration.h"
#include "manifest/place.h"

namespace lockstep::manifest {

/// What a chart's templates put where a tag is empty.
struct DefaultTag {
    enum class From { app_version, chart_version, unknown };
    From from = From::app_version;
    bool adds_v = false;
};

/// An `image:` line whose value holds a template.
struct TemplateImage {
    std::string value;  // "quay.io/org/app:{{ .Values.tag }}", without quotes
    Place place;
};

struct Templates {
    DefaultTag default_tag;
    std::vector<TemplateImage> images;      // not more than 1,000
    std::vector<Declaration> declarations;  // of the images that are written out in full
    std::vector<Gap> gaps;
};

/// Reads the templates of a chart, line by line: none is rendered.
Templates read_templates(const FileTree& tree, const ChartFile& chart);

}  // namespace lockstep::manifest
