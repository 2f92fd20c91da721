#include "workspace/tree_reader.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "base/glob.h"
#include "manifest/chart.h"
#include "manifest/kustomization.h"
#include "manifest/path_kinds.h"
#include "manifest/text.h"
#include "manifest/yaml_file.h"
#include "os/parallel.h"

namespace lockstep::workspace {

using manifest::Surface;

manifest::Fields fields_of(const project::Project& project) {
    return {project.fields.environment, project.fields.arguments, project.fields.paths};
}

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

/// A tree that was not read before.
struct TreeReader::Draft {
    const Input* input;
    std::vector<std::size_t> asked_by = {};  // which of the inputs have this content
    evidence::Tree tree = {};
    std::optional<Error> error = {};  // of the tree as a whole
};

/// A place that trees have something at, and what each of them has there.
struct TreeReader::Place {
    Known::value_type* known;
    std::vector<std::size_t> drafts = {};  // that have it, in their order
    std::vector<std::pair<std::size_t, Unit>> units = {};
};

/// One for each distinct content that is not known.
std::vector<TreeReader::Draft> TreeReader::drafts(std::span<const Input> trees) const {
    std::vector<Draft> drafts;
    std::unordered_map<std::string_view, std::size_t> seen;
    for (std::size_t at = 0; at < trees.size(); ++at) {
        const std::string& id = trees[at].id;
        if (!id.empty() && trees_.contains(id)) continue;
        const bool is_new = id.empty() || seen.try_emplace(id, drafts.size()).second;
        if (is_new) drafts.push_back({.input = &trees[at]});
        (is_new ? drafts.back() : drafts[seen.at(id)]).asked_by.push_back(at);
    }
    return drafts;
}

/// Looks through the drafts; those that cannot be get their error.
std::vector<TreeReader::Place> TreeReader::places(std::vector<Draft>& drafts) {
    std::map<std::pair<Kind, std::string>, std::vector<std::size_t>> found;
    std::mutex mutex;
    os::parallel_for(drafts.size(), options_.threads, [&](std::size_t at) {
        Draft& draft = drafts[at];
        auto layout = this->layout(*draft.input->files);
        if (!layout) {
            draft.error = std::move(layout.error());
            return;
        }
        draft.tree.gaps = std::move(layout->gaps);
        auto units = units_in(*draft.input->files, *layout);
        const std::lock_guard lock(mutex);
        for (auto& unit : units) found[std::move(unit)].push_back(at);
    });
    std::vector<Place> places;
    for (auto& [unit, at] : found) {
        std::ranges::sort(at);
        places.push_back({.known = &*known_.try_emplace(unit).first, .drafts = std::move(at)});
    }
    return places;
}

void TreeReader::read_place(const std::vector<Draft>& drafts, Place& place) {
    auto& [key, readings] = *place.known;
    for (const std::size_t at : place.drafts) {
        Unit unit = this->unit(*drafts[at].input->files, key.first, key.second, readings);
        // Most files of a repository name no image: they leave nothing behind.
        if (!unit->facts.declarations.empty() || !unit->facts.gaps.empty())
            place.units.emplace_back(at, std::move(unit));
    }
}

std::vector<Result<TreeReader::Evidence>> TreeReader::read(std::span<const Input> trees) {
    std::vector<Draft> drafts = this->drafts(trees);
    std::vector<Place> places = this->places(drafts);
    os::parallel_for(places.size(), options_.threads,
                     [&](std::size_t at) { read_place(drafts, places[at]); });
    for (Place& place : places)
        for (auto& [at, unit] : place.units) drafts[at].tree.units.push_back(std::move(unit));

    std::vector<Result<Evidence>> read(trees.size());
    for (Draft& draft : drafts) {
        const Result<Evidence> evidence = finish(draft);
        for (const std::size_t at : draft.asked_by) read[at] = evidence;
    }
    for (std::size_t at = 0; at < trees.size(); ++at)
        if (const auto known = trees_.find(trees[at].id); known != trees_.end())
            read[at] = known->second;
    return read;
}

Result<TreeReader::Evidence> TreeReader::finish(Draft& draft) {
    if (draft.error) return std::unexpected(std::move(*draft.error));
    auto evidence = std::make_shared<const evidence::Tree>(std::move(draft.tree));
    if (!draft.input->id.empty()) trees_.emplace(draft.input->id, evidence);
    return evidence;
}

Result<TreeReader::Evidence> TreeReader::read(const Input& tree) {
    return std::move(read({&tree, 1}).front());
}

std::vector<std::pair<evidence::Unit::Kind, std::string>> TreeReader::units_in(
    const FileTree& tree, manifest::Layout& layout) const {
    std::vector<std::pair<Kind, std::string>> units;
    const auto add = [&](Kind kind, std::vector<std::string>&& paths) {
        for (std::string& path : paths) units.emplace_back(kind, std::move(path));
    };
    std::vector<std::string> texts;
    if (is_wanted(Surface::text))
        texts = project_.texts.empty() ? std::move(layout.texts) : configured_texts(tree, layout);
    if (is_wanted(Surface::kustomize)) add(Kind::kustomization, std::move(layout.kustomizations));
    if (is_wanted(Surface::helm)) add(Kind::chart, std::move(layout.charts));
    if (is_wanted(Surface::yaml)) add(Kind::file, std::move(layout.files));
    add(Kind::text, std::move(texts));
    return units;
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
                if (matches_glob(text.path, path)) paths.insert(path);
    }
    return {paths.begin(), paths.end()};
}

TreeReader::Unit TreeReader::unit(const FileTree& tree, Kind kind, const std::string& path,
                                  Readings& readings) {
    const Result<FileTree::Entry> entry = tree.stat(path);
    const std::string content = entry ? entry->id : std::string();
    if (Unit known = readings.find(tree, content)) return known;
    TracedTree traced(tree);
    Unit unit = std::make_shared<const evidence::Unit>(
        evidence::Unit{kind, path, facts(traced, kind, path)});
    readings.add(content, traced.take_trace(), unit);
    return unit;
}

manifest::Facts TreeReader::facts(const FileTree& tree, Kind kind, const std::string& path) {
    const manifest::ReadOptions reading{.fields = fields_of(project_),
                                        .documents = &documents_,
                                        .load_remote = options_.load_remote,
                                        .load_file = options_.load_file,
                                        .helm = options_.helm};
    switch (kind) {
        case Kind::kustomization:
            return manifest::read_kustomization(tree, path, reading);
        case Kind::chart:
            return manifest::read_chart(tree, path, reading);
        case Kind::file:
            return manifest::read_yaml_file(tree, path, reading);
        case Kind::text:
            return manifest::read_text(tree, path, text_patterns(path));
    }
    return {};
}

std::vector<std::string> TreeReader::text_patterns(const std::string& path) const {
    for (const project::Text& text : project_.texts)
        if (matches_glob(text.path, path)) return text.patterns;
    return {};
}

}  // namespace lockstep::workspace
