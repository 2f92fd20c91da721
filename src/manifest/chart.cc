#include "manifest/chart.h"

#include "manifest/chart_file.h"
#include "manifest/chart_templates.h"
#include "manifest/chart_values.h"
#include "manifest/gaps.h"

namespace lockstep::manifest {

Facts read_chart(const FileTree& tree, std::string_view directory, const ReadOptions&) {
    Facts facts;
    const ChartFile chart = read_chart_file(tree, directory, facts);
    Facts templates;
    const DefaultTag default_tag = read_templates(tree, chart, templates);
    read_values(tree, chart, default_tag, facts);
    facts.declarations.insert(facts.declarations.end(), templates.declarations.begin(),
                              templates.declarations.end());
    facts.gaps.insert(facts.gaps.end(), templates.gaps.begin(), templates.gaps.end());
    add_limit_gap(Surface::helm, directory, directory, facts);
    return facts;
}

}  // namespace lockstep::manifest
