#include "manifest/helm_render.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "manifest/file_text.h"
#include "manifest/images.h"
#include "manifest/place.h"
#include "os/subprocess.h"
#include "os/temporary_directory.h"
#include "os/write_tree.h"
#include "yaml/parse.h"

namespace lockstep::manifest {

namespace {

constexpr std::size_t copied_files_limit = 5'000;
constexpr std::size_t copied_bytes_limit = 128u << 20;
constexpr std::chrono::seconds render_time_limit{60};

/// The line that says why; helm may print warnings before it.
std::string reason_in(std::string_view said) {
    const std::size_t error = said.find("Error: ");
    if (error != std::string_view::npos) said.remove_prefix(error);
    return std::string(said.substr(0, std::min<std::size_t>(said.find('\n'), 500)));
}

Result<std::string> run_helm(const ChartFile& chart, const std::string& helm,
                             const std::string& folder) {
    os::Command command;
    command.argv = {helm, "template", "release-name", folder + "/chart"};
    for (const char* const name : {"HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"})
        command.set.emplace_back(name, folder + "/helm");
    command.unset = {"HELM_PLUGINS", "HELM_NAMESPACE", "HELM_DEBUG"};
    command.set.emplace_back("KUBECONFIG", folder + "/none");
    const os::Captured captured =
        TRY(os::run(command, {.timeout = render_time_limit}), "rendering with `" + helm + "`");
    if (captured.exit.ok()) return captured.out;
    std::string said = reason_in(captured.err);
    if (said.empty()) said = to_string(captured.exit);
    // The place of the copy means nothing to people.
    for (std::size_t at; (at = said.find(folder + "/chart")) != std::string::npos;)
        said.replace(at, folder.size() + 6, chart.directory.empty() ? "." : chart.directory);
    return fail(Error::Kind::invalid, "helm does not render it: " + said,
                "try `helm template " + (chart.directory.empty() ? "." : chart.directory) + "`",
                Location{chart_path(chart, "Chart.yaml")});
}

/// Which template the lines of helm's output come from, by the first line of each part.
std::map<unsigned, std::string> sources_of(std::string_view output, const ChartFile& chart) {
    constexpr std::string_view mark = "# Source: ";
    std::map<unsigned, std::string> sources;
    for (Lines lines(output); lines.next();) {
        if (!lines.line().starts_with(mark)) continue;
        std::string_view path = lines.line().substr(mark.size());
        path.remove_prefix(std::min(path.find('/') + 1, path.size()));  // the chart's name
        sources[lines.number()] = chart_path(chart, path);
    }
    return sources;
}

std::string source_at(const std::map<unsigned, std::string>& sources, unsigned line,
                      const ChartFile& chart) {
    const auto after = sources.upper_bound(line);
    return after == sources.begin() ? chart_path(chart, "templates") : std::prev(after)->second;
}

}  // namespace

Result<std::vector<Declaration>> render_chart(const FileTree& tree, const ChartFile& chart,
                                              const std::string& helm, const Fields& fields) {
    const auto folder = TRY(os::TemporaryDirectory::make("lockstep-chart-"));
    // Without its symlinks: what they name may not be the chart's.
    TRY(os::write_tree(tree, folder.path() + "/chart",
                       {.directory = chart.directory,
                        .links = false,
                        .files_max = copied_files_limit,
                        .bytes_max = copied_bytes_limit}),
        "copying the chart " + chart.directory);
    const auto output =
        std::make_shared<const std::string>(TRY(run_helm(chart, helm, folder.path())));
    const auto document = TRY(
        yaml::Document::parse("helm template " + chart.directory, output, yaml::Dialect::resource));
    std::vector<Declaration> found;
    for (const yaml::Node* const root : document->roots())
        find_images(*root, {Surface::helm, chart.directory}, fields, found);
    const auto sources = sources_of(*output, chart);
    for (Declaration& each : found) {
        each.at = Location{source_at(sources, each.at.line, chart)};
        each.length = 0;
    }
    return found;
}

}  // namespace lockstep::manifest
