#include "workspace/upgrade.h"

#include <algorithm>
#include <set>
#include <utility>

#include "changelog/files.h"
#include "manifest/layout.h"
#include "manifest/path_kinds.h"
#include "workspace/prefetch.h"
#include "yaml/parse.h"

namespace lockstep::workspace {

namespace {

using State = Rendered::State;

Rendered unknown(Error error) {
    return {.state = State::unknown, .error = std::move(error)};
}

/// Objects of a file as `kubectl apply -f` takes them: those of a List one by one.
Rendered manifests_of(const FileTree& files, const std::string& path) {
    auto text = files.read(path);
    if (!text) return unknown(std::move(text.error()));
    kustomize::Rendering rendering;
    const auto parsed =
        yaml::parse_into(rendering.arena, path, std::move(*text), yaml::Dialect::resource);
    if (!parsed) return unknown(parsed.error());
    for (const yaml::Node* const root : parsed->roots) {
        const yaml::Node* const items = root->find("items");
        const bool is_list = root->text_of("kind").ends_with("List") && items != nullptr;
        if (is_list)
            rendering.objects.insert(rendering.objects.end(), items->items.begin(),
                                     items->items.end());
        else
            rendering.objects.push_back(root);
    }
    return {.state = State::found,
            .rendering = std::make_shared<const kustomize::Rendering>(std::move(rendering))};
}

Rendered rendered(Workspace& workspace, const FileTree& files, const std::string& root) {
    const auto entry = files.stat(root);
    if (!entry) return unknown(entry.error());
    if (entry->kind == FileTree::Kind::absent) return {};
    if (entry->kind == FileTree::Kind::file) return manifests_of(files, root);
    const auto file = kustomize::kustomization_file(files, root);
    if (!file) return unknown(file.error());
    if (file->empty()) return {};
    auto rendering = workspace.render(files, root);
    if (!rendering) return unknown(std::move(rendering.error()));
    return {.state = State::found,
            .rendering = std::make_shared<const kustomize::Rendering>(std::move(*rendering))};
}

/// Whether a text has lines that begin with each of these: a file of manifests, or a template of
/// some.
bool names_objects(std::string_view text) {
    const auto has_line = [&](std::string_view begin) {
        return text.starts_with(begin) || text.contains('\n' + std::string(begin));
    };
    return has_line("apiVersion:") && has_line("kind:") && has_line("metadata:");
}

bool is_for_users(const std::string& path) {
    return !manifest::is_beside_release(parent_path(path)) && !manifest::is_meant_to_move(path);
}

/// What either revision offers to be applied.
struct EntryPoints {
    std::set<std::string> roots, charts;
};

Result<void> add_entry_points(const Revision& revision, EntryPoints& entries,
                              std::vector<std::string>& notices) {
    const manifest::Layout layout = TRY(manifest::find_layout(*revision.files));
    entries.roots.insert(layout.kustomizations.begin(), layout.kustomizations.end());
    entries.charts.insert(layout.charts.begin(), layout.charts.end());
    for (const std::string& path : layout.files) {
        if (!is_for_users(path)) continue;
        const auto text = revision.files->read(path);
        if (!text || names_objects(**text)) entries.roots.insert(path);
    }
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

/// Null where there is none.
Result<Blob> file_at(const FileTree& files, const std::string& path) {
    return TRY(files.look(path)).bytes;
}

Result<SeenChart::Files> chart_files(const FileTree& files, const std::string& chart) {
    const std::string folder = chart.empty() ? chart : chart + '/';
    SeenChart::Files found;
    found.chart = TRY(file_at(files, folder + "Chart.yaml"));
    found.values = TRY(file_at(files, folder + "values.yaml"));
    return found;
}

/// Files named by a version that is not on the way say nothing about it.
bool is_on_path(std::string_view name, const SeenUpgrade& seen) {
    const auto version = changelog::version_of_file(name);
    if (!version) return true;
    return std::ranges::any_of(seen.path, [&](const PassedRelease& each) {
        const version::Version& other = *each.release.version;
        return other.major() == version->major() && other.minor() == version->minor();
    });
}

class NoteFinder {
  public:
    NoteFinder(const FileTree& files, const SeenUpgrade& seen) : files_(files), seen_(seen) {}

    /// Change logs of a folder, and what its folders of notes hold. Whole: files named by a version
    /// are notes, too.
    Result<void> search(const std::string& folder, bool is_whole, unsigned depth) {
        if (!folder.empty() && TRY(files_.stat(folder)).kind != FileTree::Kind::directory)
            return {};
        for (const FileTree::Entry& each : TRY(files_.list(folder))) {
            const std::string path = folder.empty() ? each.name : folder + '/' + each.name;
            const bool is_named = changelog::is_change_log(each.name) ||
                                  (is_whole && changelog::version_of_file(each.name));
            if (each.kind == FileTree::Kind::file && is_named && is_on_path(each.name, seen_))
                TRY(add(path));
            if (each.kind == FileTree::Kind::directory && depth > 0 &&
                changelog::is_folder_of_notes(each.name))
                TRY(search(path, true, depth - 1));
        }
        return {};
    }

    Result<void> add(const std::string& path) {
        if (found_.size() == files_max) return {};
        Blob text = TRY(file_at(files_, path));
        if (text != nullptr) found_.push_back({path, std::move(text)});
        return {};
    }

    std::vector<SeenNotes> take() { return std::move(found_); }

  private:
    static constexpr std::size_t files_max = 200;
    const FileTree& files_;
    const SeenUpgrade& seen_;
    std::vector<SeenNotes> found_;
};

/// The change log that the configuration names comes first.
Result<std::vector<SeenNotes>> note_files(Workspace& workspace, const SeenUpgrade& seen) {
    NoteFinder finder(*seen.to.files, seen);
    const std::string& configured = workspace.project().release.changelog;
    if (!configured.empty()) TRY(finder.add(configured));
    TRY(finder.search("", false, 2));
    TRY(finder.search("docs", false, 2));
    return finder.take();
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
    SeenUpgrade seen{.from = std::move(path.from), .to = std::move(path.to)};
    for (evidence::Release& release : path.releases) {
        std::string message = TRY(workspace.tag_message(release));
        seen.path.push_back({std::move(release), std::move(message)});
    }
    EntryPoints entries;
    if (roots.empty()) {
        prefetch(workspace, seen);
        TRY(add_entry_points(seen.from, entries, seen.notices));
        TRY(add_entry_points(seen.to, entries, seen.notices));
    } else {
        entries.roots = TRY(named_roots(roots));
    }
    for (const std::string& root : entries.roots) {
        RenderedRoot each{.root = root,
                          .before = rendered(workspace, *seen.from.files, root),
                          .after = rendered(workspace, *seen.to.files, root)};
        const bool is_nowhere =
            each.before.state == State::missing && each.after.state == State::missing;
        if (is_nowhere)
            return fail(Error::Kind::not_found,
                        "`" + root + "` is a kustomization or a file in neither revision",
                        "name a directory that `lockstep render --ref` takes");
        seen.roots.push_back(std::move(each));
    }
    for (const std::string& chart : entries.charts) {
        auto before = TRY(chart_files(*seen.from.files, chart));
        auto after = TRY(chart_files(*seen.to.files, chart));
        seen.charts.push_back(
            {.path = chart, .before = std::move(before), .after = std::move(after)});
    }
    if (seen.roots.empty() && seen.charts.empty())
        return fail(Error::Kind::not_found,
                    "neither revision has a kustomization, a manifest or a chart to compare",
                    "name what is applied with --render");
    seen.notes = TRY(note_files(workspace, seen));
    return seen;
}

}  // namespace lockstep::workspace
