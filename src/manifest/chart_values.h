#pragma once

#include <string>
#include <vector>

#include "manifest/chart_file.h"
#include "manifest/chart_templates.h"
#include "manifest/declaration.h"
#include "yaml/node.h"

namespace lockstep::manifest {

/// An image whose name is known, while a template that was not filled in decides its tag.
struct Undecided {
    std::string name;
    Location at;
};

struct ImageFacts {
    std::vector<Declaration> declarations;
    std::vector<Undecided> undecided;
};

/// The images that the values of a chart name by convention; see read_chart.
ImageFacts read_values(const ChartFile& chart, const yaml::Node& values,
                       const DefaultTag& default_tag);

}  // namespace lockstep::manifest
