#include "manifest/layout.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "manifest/path_kinds.h"
#include "yaml/parse.h"

namespace lockstep::manifest {

namespace {

using Paths = std::set<std::string, std::less<>>;

std::string child(const std::string& directory, std::string_view name) {
    std::string path = directory;
    if (!path.empty()) path += '/';
    return path.append(name);
}

/// One walk over the names of a tree: nothing is opened.
class Survey {
  public:
    Survey(const FileTree& tree, const LayoutOptions& options) : tree_(tree), options_(options) {}

    Result<void> walk() {
        std::vector<std::string> pending{{}};
        for (std::size_t count = 0; !pending.empty(); ++count) {
            if (count == options_.directories)
                return fail(Error::Kind::invalid, "the tree has more than " +
                                                      std::to_string(options_.directories) +
                                                      " directories");
            const std::string directory = std::move(pending.back());
            pending.pop_back();
            TRY(visit(directory, pending));
        }
        return {};
    }

    Layout layout;
    std::vector<std::string> kustomizations, charts, yaml;

  private:
    Result<void> visit(const std::string& directory, std::vector<std::string>& pending) {
        const Result<std::vector<FileTree::Entry>> entries = tree_.list(directory);
        if (!entries.has_value()) {
            if (directory.empty()) return std::unexpected(entries.error());
            layout.gaps.push_back({Surface::yaml, directory, entries.error(), {}});
            return {};
        }
        bool kustomization = false;
        for (const FileTree::Entry& entry : *entries) {
            if (entry.kind == FileTree::Kind::directory) enter(directory, entry.name, pending);
            if (entry.kind != FileTree::Kind::file) continue;
            kustomization = kustomization || is_kustomization_name(entry.name);
            note_file(directory, entry.name);
        }
        if (kustomization) kustomizations.push_back(directory);
        return {};
    }

    void enter(const std::string& directory, const std::string& name,
               std::vector<std::string>& pending) {
        (is_skipped_directory(name) ? layout.skipped : pending).push_back(child(directory, name));
    }

    void note_file(const std::string& directory, const std::string& name) {
        if (name == "Chart.yaml") return charts.push_back(directory);
        if (is_kustomization_name(name)) return;
        if (is_yaml_name(name) || is_json_name(name)) return yaml.push_back(child(directory, name));
        std::string path = child(directory, name);
        if (is_guide(path)) layout.texts.push_back(std::move(path));
    }

    const FileTree& tree_;
    const LayoutOptions& options_;
};

/// Which kustomizations and files the kustomizations of the tree refer to. What cannot be read
/// refers to nothing; its own render will say why.
struct Uses {
    std::map<std::string, std::vector<std::string>, std::less<>> directories;  // by user
    Paths used, files, components;
};

Uses find_uses(const FileTree& tree, const std::vector<std::string>& kustomizations,
               kustomize::Documents* documents) {
    Uses uses;
    for (const std::string& directory : kustomizations) {
        Result<kustomize::References> references =
            kustomize::references(tree, directory, documents);
        if (!references.has_value()) continue;
        if (references->component) uses.components.insert(directory);
        // A release's own entry point stays one where only a dev overlay or an example uses it.
        for (const std::string& used : references->directories)
            if (!is_beside_release(directory) || is_beside_release(used)) uses.used.insert(used);
        uses.files.insert(references->files.begin(), references->files.end());
        uses.directories.emplace(directory, std::move(references->directories));
    }
    return uses;
}

/// Adds `start` and all that it leads to.
void reach(const Uses& uses, const std::string& start, Paths& reached) {
    std::vector<std::string> pending{start};
    while (!pending.empty()) {
        const std::string directory = std::move(pending.back());
        pending.pop_back();
        if (!reached.insert(directory).second) continue;
        const auto more = uses.directories.find(directory);
        if (more != uses.directories.end())
            pending.insert(pending.end(), more->second.begin(), more->second.end());
    }
}

/// Those that nothing refers to, and of each circle one: it cannot be rendered, and that must be
/// said.
Paths entry_points(const Uses& uses, const std::vector<std::string>& kustomizations) {
    Paths entries, reached;
    for (const bool in_circles : {false, true}) {
        for (const std::string& directory : kustomizations) {
            const bool begins =
                in_circles ? !reached.contains(directory) : !uses.used.contains(directory);
            if (!begins || uses.components.contains(directory)) continue;
            entries.insert(directory);
            reach(uses, directory, reached);
        }
    }
    return entries;
}

/// Names of the charts that the chart in `directory` takes from a repository.
Paths vendored_names(const FileTree& tree, const std::string& directory) {
    const std::string path = child(directory, "Chart.yaml");
    const Result<Blob> text = tree.read(path);
    if (!text.has_value()) return {};
    const auto document = yaml::Document::parse(path, *text, yaml::Dialect::kustomization);
    if (!document.has_value() || (*document)->roots().empty()) return {};
    const yaml::Node* const dependencies = (*document)->roots().front()->find("dependencies");
    if (dependencies == nullptr) return {};
    Paths names;
    for (const yaml::Node* const entry : dependencies->items) {
        const std::string_view repository = entry->text_of("repository");
        if (!repository.empty() && !repository.starts_with("file:"))
            names.emplace(entry->text_of("name"));
    }
    return names;
}

/// The chart that holds `directory` under its charts/, if any: "a/charts/b" is of "a".
const std::string* parent_chart(const std::vector<std::string>& charts,
                                std::string_view directory) {
    const std::string_view folder = parent_path(directory);
    if (file_name(folder) != "charts") return nullptr;
    const auto parent = std::lower_bound(charts.begin(), charts.end(), parent_path(folder));
    return parent != charts.end() && *parent == parent_path(folder) ? &*parent : nullptr;
}

std::vector<std::string> own_charts(const FileTree& tree, const std::vector<std::string>& charts) {
    std::vector<std::string> own;
    for (const std::string& chart : charts) {
        const std::string* const parent = parent_chart(charts, chart);
        if (parent == nullptr || !vendored_names(tree, *parent).contains(file_name(chart)))
            own.push_back(chart);
    }
    return own;
}

/// Whether `path` stands in one of `directories`, which are sorted.
bool is_within_any(const Paths& directories, std::string_view path) {
    if (directories.contains(std::string_view())) return true;
    for (std::string_view at = parent_path(path); !at.empty(); at = parent_path(at))
        if (directories.contains(at)) return true;
    return false;
}

}  // namespace

Result<Layout> find_layout(const FileTree& tree, const LayoutOptions& options) {
    Survey survey(tree, options);
    TRY(survey.walk());
    Layout layout = std::move(survey.layout);
    for (std::vector<std::string>* const paths :
         {&survey.kustomizations, &survey.charts, &survey.yaml, &layout.texts, &layout.skipped})
        std::sort(paths->begin(), paths->end());

    const Uses uses = find_uses(tree, survey.kustomizations, options.documents);
    const Paths entries = entry_points(uses, survey.kustomizations);
    for (std::string& directory : survey.kustomizations) {
        const bool entry = entries.contains(directory);
        (entry ? layout.kustomizations : layout.used_kustomizations)
            .push_back(std::move(directory));
    }
    const Paths charts(survey.charts.begin(), survey.charts.end());
    for (std::string& path : survey.yaml)
        if (!uses.files.contains(path) && !is_within_any(charts, path))
            layout.files.push_back(std::move(path));
    layout.charts = own_charts(tree, survey.charts);
    return layout;
}

}  // namespace lockstep::manifest
