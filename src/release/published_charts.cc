#include "release/published_charts.h"

#include "release/chart_package.h"
#include "release/replaced.h"

namespace lockstep::release {

std::vector<const project::Chart*> charts_published_with(const project::Project& project,
                                                         std::string_view component) {
    std::vector<const project::Chart*> charts;
    for (const project::Chart& chart : project.charts)
        if (!chart.publish.empty() && !chart.tags && chart.component == component)
            charts.push_back(&chart);
    return charts;
}

Result<std::string> chart_repository(const FileTree& tree, const project::Chart& chart) {
    return chart.publish + '/' + TRY(read_chart_name(tree, chart.path)).name;
}

Result<std::string> chart_reference(const FileTree& tree, const project::Chart& chart) {
    const ChartName named = TRY(read_chart_name(tree, chart.path));
    return chart.publish + '/' + named.name + ':' + replaced(named.version, "+", "_");
}

}  // namespace lockstep::release
