#include "workspace/tree_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "manifest/chart.h"
#include "manifest/kustomization.h"
#include "manifest/path_kinds.h"
#include "manifest/text.h"
#include "manifest/yaml_file.h"

namespace lockstep::workspace {

namespace {

using evidence::Unit;
using manifest::Surface;

manifest::Fields fields_of(const project::Project& project) {
    return {project.fields.environment, project.fields.arguments, project.fields.paths};
}

}  // namespace

TreeReader::TreeReader(const project::Project& project, Options options)
    : project_(project), options_(std::move(options)) {}

bool TreeReader::is_wanted(Surface surface) const {
    return options_.surfaces.empty() ||
           std::ranges::find(options_.surfaces, surface) != options_.surfaces.end();
}

bool TreeReader::is_candidate(std::string_view path) {
    const std::string_view name = file_name(path);
    return manifest::is_yaml_name(name) || manifest::is_json_name(name) ||
           manifest::is_kustomization_name(name) || manifest::is_guide(path);
}

Result<manifest::Layout> TreeReader::layout(const FileTree& tree) {
    if (!options_.is_limited) return manifest::find_layout(tree, {.documents = &documents_});
    manifest::Layout layout;
    layout.kustomizations.push_back(options_.only);
    return layout;
}

Result<std::shared_ptr<const evidence::Tree>> TreeReader::read(const FileTree& tree,
                                                               const std::string& id) {
    if (const auto known = trees_.find(id); known != trees_.end()) return known->second;
    const manifest::Layout layout = TRY(this->layout(tree));
    evidence::Tree read;
    read.gaps = layout.gaps;
    add_units(tree, layout, read);
    auto shared = std::make_shared<const evidence::Tree>(std::move(read));
    if (!id.empty()) trees_.emplace(id, shared);
    return shared;
}

void TreeReader::add_units(const FileTree& tree, const manifest::Layout& layout,
                           evidence::Tree& read) {
    const auto add = [&](Unit::Kind kind, const std::vector<std::string>& paths) {
        for (const std::string& path : paths) {
            auto unit = this->unit(tree, kind, path);
            // Most files of a repository name no image: they leave nothing behind.
            if (!unit->facts.declarations.empty() || !unit->facts.gaps.empty())
                read.units.push_back(std::move(unit));
        }
    };
    if (is_wanted(Surface::kustomize)) add(Unit::Kind::kustomization, layout.kustomizations);
    if (is_wanted(Surface::helm)) add(Unit::Kind::chart, layout.charts);
    if (is_wanted(Surface::yaml)) add(Unit::Kind::file, layout.files);
    if (!is_wanted(Surface::text)) return;
    add(Unit::Kind::text, project_.texts.empty() ? layout.texts : configured_texts(tree, layout));
}

/// A glob selects among the texts and manifests of the tree; a plain path names any file (a
/// Makefile, a VERSION).
std::vector<std::string> TreeReader::configured_texts(const FileTree& tree,
                                                      const manifest::Layout& layout) const {
    std::set<std::string> paths;
    for (const project::Text& text : project_.texts) {
        const auto entry = tree.stat(text.path);
        if (entry && entry->kind == FileTree::Kind::file) paths.insert(text.path);
        for (const auto* list : {&layout.texts, &layout.files})
            for (const std::string& path : *list)
                if (project::matches_glob(text.path, path)) paths.insert(path);
    }
    return {paths.begin(), paths.end()};
}

std::shared_ptr<const Unit> TreeReader::unit(const FileTree& tree, Unit::Kind kind,
                                             const std::string& path) {
    std::vector<Reading>& readings = readings_[std::to_string(static_cast<int>(kind)) + ':' + path];
    // Neighbouring releases are the most alike, so the newest reading is tried first.
    for (auto reading = readings.rbegin(); reading != readings.rend(); ++reading)
        if (reading->trace.holds_in(tree)) return reading->unit;
    const TracedTree traced(tree);
    auto unit = std::make_shared<Unit>(Unit{kind, path, {}});
    unit->facts = facts(traced, kind, path);
    Trace trace = traced.trace();
    if (trace.is_comparable()) readings.push_back({std::move(trace), unit});
    return unit;
}

manifest::Facts TreeReader::facts(const FileTree& tree, Unit::Kind kind, const std::string& path) {
    const manifest::ReadOptions reading{.fields = fields_of(project_),
                                        .documents = &documents_,
                                        .load_remote = options_.load_remote,
                                        .helm = options_.helm};
    switch (kind) {
        case Unit::Kind::kustomization:
            return manifest::read_kustomization(tree, path, reading);
        case Unit::Kind::chart:
            return manifest::read_chart(tree, path, reading);
        case Unit::Kind::file:
            return manifest::read_yaml_file(tree, path, reading);
        case Unit::Kind::text:
            return manifest::read_text(tree, path, text_patterns(path));
    }
    return {};
}

std::vector<std::string> TreeReader::text_patterns(const std::string& path) const {
    for (const project::Text& text : project_.texts)
        if (project::matches_glob(text.path, path)) return text.patterns;
    return {};
}

}  // namespace lockstep::workspace
