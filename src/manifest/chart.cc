#include "manifest/chart.h"

#include <iterator>
#include <utility>
#include <vector>

#include "manifest/chart_file.h"
#include "manifest/chart_images.h"
#include "manifest/gaps.h"
#include "manifest/helm_render.h"

namespace lockstep::manifest {

namespace {

template <typename T>
void append(std::vector<T>& to, std::vector<T> more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The rendered image takes the place where the same image is written, which people can edit.
void put_in_place(Declaration& rendered, const std::vector<Declaration>& written) {
    for (const Declaration& each : written) {
        if (each.image != rendered.image || each.declared != rendered.declared ||
            each.digest != rendered.digest)
            continue;
        rendered.at = each.at;
        rendered.length = each.length;
        rendered.excerpt = each.excerpt;
        rendered.by_default = each.by_default;
        return;
    }
}

}  // namespace

Facts read_chart(const FileTree& tree, std::string_view directory, const ReadOptions& options) {
    Facts facts;
    const ChartFile chart = read_chart_file(tree, directory, options.documents, facts);
    Facts images = read_chart_images(tree, chart, options.documents);
    if (!options.helm.empty()) {
        auto rendered = render_chart(tree, chart, options.helm, options.fields);
        if (rendered.has_value()) {
            for (Declaration& each : *rendered) put_in_place(each, images.declarations);
            images = {std::move(*rendered), {}};
        } else {
            images.gaps.push_back({Surface::helm,
                                   chart.directory,
                                   placed(rendered.error(), chart_path(chart, "Chart.yaml")),
                                   {}});
        }
    }
    append(facts.declarations, std::move(images.declarations));
    append(facts.gaps, std::move(images.gaps));
    add_limit_gap(Surface::helm, directory, directory, facts);
    return facts;
}

}  // namespace lockstep::manifest
