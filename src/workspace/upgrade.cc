#include "workspace/upgrade.h"

#include <algorithm>
#include <set>
#include <utility>

#include "manifest/layout.h"
#include "workspace/prefetch.h"

namespace lockstep::workspace {

namespace {

using State = Rendered::State;

Rendered unknown(Error error) {
    return {.state = State::unknown, .error = std::move(error)};
}

Rendered rendered(Workspace& workspace, const FileTree& files, const std::string& root) {
    const auto entry = files.stat(root);
    if (!entry) return unknown(entry.error());
    if (entry->kind == FileTree::Kind::absent) return {};
    const auto file = kustomize::kustomization_file(files, root);
    if (!file) return unknown(file.error());
    if (file->empty()) return {};
    auto rendering = workspace.render(files, root);
    if (!rendering) return unknown(std::move(rendering.error()));
    return {.state = State::found,
            .rendering = std::make_shared<const kustomize::Rendering>(std::move(*rendering))};
}

/// What either revision offers to be applied.
struct EntryPoints {
    std::set<std::string> kustomizations, charts;
};

Result<void> add_entry_points(const Revision& revision, EntryPoints& entries,
                              std::vector<std::string>& notices) {
    const manifest::Layout layout = TRY(manifest::find_layout(*revision.files));
    entries.kustomizations.insert(layout.kustomizations.begin(), layout.kustomizations.end());
    entries.charts.insert(layout.charts.begin(), layout.charts.end());
    for (const manifest::Gap& gap : layout.gaps)
        notices.push_back("not looked into: " + to_string(gap.error));
    return {};
}

/// Folders and candidates of both trees in a handful of round trips. What cannot be had is said
/// where it is read.
void prefetch(Workspace& workspace, const SeenUpgrade& seen) {
    git::Repository& repository = *workspace.repository();
    std::vector<git::ObjectId> trees;
    for (const Revision* const revision : {&seen.from, &seen.to})
        if (const auto commit = repository.resolve(revision->release.commit))
            trees.push_back(commit->tree);
    const auto files = prefetch_directories(repository, trees);
    if (files) static_cast<void>(repository.prefetch(*files).has_value());
}

Result<std::set<std::string>> named_roots(std::span<const std::string> roots) {
    std::set<std::string> named;
    for (const std::string& root : roots) named.insert(TRY(join_path("", root)));
    return named;
}

}  // namespace

Result<SeenUpgrade> see_upgrade(Workspace& workspace, std::string_view from, std::string_view to,
                                std::span<const std::string> roots) {
    RevisionPath path = TRY(workspace.path(from, to));
    SeenUpgrade seen{
        .from = std::move(path.from), .to = std::move(path.to), .path = std::move(path.releases)};
    EntryPoints entries;
    if (roots.empty()) {
        prefetch(workspace, seen);
        TRY(add_entry_points(seen.from, entries, seen.notices));
        TRY(add_entry_points(seen.to, entries, seen.notices));
    } else {
        entries.kustomizations = TRY(named_roots(roots));
    }
    for (const std::string& root : entries.kustomizations) {
        RenderedRoot each{.root = root,
                          .before = rendered(workspace, *seen.from.files, root),
                          .after = rendered(workspace, *seen.to.files, root)};
        const bool is_nowhere =
            each.before.state == State::missing && each.after.state == State::missing;
        if (is_nowhere)
            return fail(Error::Kind::not_found,
                        "`" + root + "` has a kustomization in neither revision",
                        "name a directory that `lockstep render --ref` takes");
        seen.roots.push_back(std::move(each));
    }
    seen.charts.assign(entries.charts.begin(), entries.charts.end());
    return seen;
}

}  // namespace lockstep::workspace
