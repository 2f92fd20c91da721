#include "kustomize/render.h"

#include "cli/check_render.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/helm_program.h"
#include "cli/typed_url.h"
#include "git/remote.h"
#include "git/repository.h"
#include "kustomize/explain.h"
#include "os/directory.h"
#include "os/environment.h"
#include "os/file.h"
#include "workspace/remote_bases.h"
#include "workspace/remote_files.h"

namespace lockstep::cli {
namespace {

/// A directory of a tree, which may lie on disk, in a Git tree, or far away.
struct Place {
    std::shared_ptr<const FileTree> tree;
    std::string directory;
    std::string root = {};  // of the tree, where that is on disk
};

Result<Place> fetched(const git::RemoteUrl& url, bool offline) {
    const git::FetchOptions options = {.cache_directory = TRY(os::cache_directory()),
                                       .offline = offline};
    git::Fetched remote = TRY(git::fetch(url, options));
    return Place{remote.repository.tree(remote.commit.tree), url.path};
}

Result<Place> at_revision(const Options& options, const std::string& directory) {
    auto repository = TRY(git::Repository::open(options.directory, {.offline = options.offline}));
    const git::Commit commit = TRY(repository.resolve(*options.ref));
    std::string path = TRY(join_path(repository.prefix(), directory));
    return Place{repository.tree(commit.tree), std::move(path)};
}

/// How far up a render on disk may reach: the repository that holds the directory, else the folder
/// we work in, else everywhere, as with kustomize.
Result<std::string> root_for(const std::string& directory, const std::string& base) {
    for (std::string at = directory; !at.empty(); at.erase(at.rfind('/')))
        if (os::canonical_path(at + "/.git").has_value()) return at;
    const std::string from = TRY(os::canonical_path(base));
    const bool is_below = directory == from || directory.starts_with(from + "/");
    return is_below ? from : "/";
}

Result<Place> on_disk(const Options& options, const std::string& directory) {
    const std::string named =
        directory.starts_with('/') ? directory : options.directory + "/" + directory;
    if (!os::is_directory(named))
        return fail(Error::Kind::not_found, "`" + directory + "` is no directory",
                    "name a directory with a kustomization.yaml");
    const std::string path = TRY(os::canonical_path(named));
    const std::string root = TRY(root_for(path, options.directory));
    const std::size_t below = root == "/" ? 1 : std::min(path.size(), root.size() + 1);
    return Place{TRY(os::Directory::open(root)), path.substr(below), root};
}

/// `path` as people can open it from where they are; as it is where it is none of the tree on disk.
std::string shown_path(const std::string& path, const Place& place) {
    if (place.root.empty()) return path;
    const auto entry = place.tree->stat(path);
    if (!entry || entry->kind == FileTree::Kind::absent) return path;
    const std::string whole = (place.root == "/" ? "" : place.root) + "/" + path;
    const std::string here = os::canonical_path(".").value_or("") + "/";
    return whole.starts_with(here) ? whole.substr(here.size()) : whole;
}

Result<Place> find(const Options& options) {
    const std::string& directory = *options.argument;
    if (options.ref.has_value()) return at_revision(options, directory);
    if (const auto url = TRY(typed_url(directory)); url.has_value())
        return fetched(*url, options.offline);
    return on_disk(options, directory);
}

Result<kustomize::Remote> load_remote(std::string_view text, bool offline) {
    const auto url = TRY(git::parse_remote_url(text));
    if (!url.has_value())
        return fail(Error::Kind::invalid, "`" + std::string(text) + "` is no URL of a repository");
    Place place = TRY(fetched(*url, offline));
    return workspace::remote_of(*url, std::move(place.tree));
}

/// One step of an explanation, for people.
std::string shown(const kustomize::Explanation::Step& step, const Place& place) {
    std::string text = "  " + step.value.value_or("(removed)");
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 3))
        text.replace(at, 1, "\n  ");
    text += "\n      ";
    if (step.at) {
        const Location at{shown_path(step.at->path, place), step.at->line, step.at->column};
        text += to_string(at) + "  ";
    }
    return text + step.doer + " of " + shown_path(step.asked_by, place) + "\n";
}

/// The error with a place that people can open.
std::unexpected<Error> shown(Error error, const Place& place) {
    if (error.at) error.at->path = shown_path(error.at->path, place);
    return std::unexpected<Error>(std::move(error));
}

Result<kustomize::Remote> pull_chart(HelmProgram& helm, const kustomize::ChartSource& chart,
                                     bool offline) {
    if (!offline) return helm.pull(chart);
    return fail(Error::Kind::unavailable,
                "the chart `" + chart.name + "` is not in the tree, and would have to be pulled",
                "--offline forbids it");
}

/// What a render needs beside its options.
struct Tools {
    Tools(const Place& place, const Options& options)
        : files({.fetch = true,
                 .offline = options.offline,
                 .may_reach_private = options.allow_private}),
          helm(options.helm_command, {place.tree.get(), place.root}) {}
    kustomize::Documents documents;
    workspace::RemoteFiles files;
    HelmProgram helm;
};

kustomize::Options rendering_options(const Options& options, Tools& tools) {
    kustomize::Options rendering = {
        .load_restrictions = options.load_restrictions,
        .sorts = options.reorder,
        .managed_by_label = options.managed_by_label,
        .load_remote = [&](std::string_view url) { return load_remote(url, options.offline); },
        .load_file = [&](std::string_view url) { return tools.files.load(url); },
        .documents = &tools.documents};
    if (!options.enable_helm) return rendering;
    rendering.inflate_chart = [&](const auto& chart) { return tools.helm.inflate(chart); };
    rendering.pull_chart = [&](const auto& chart) {
        return pull_chart(tools.helm, chart, options.offline);
    };
    return rendering;
}

Result<int> explain(const Place& place, const Options& options, Output& out) {
    const std::string& path = *options.explain;
    const auto scalar = TRY(kustomize::parse_scalar_path(path));
    Tools tools(place, options);
    auto found =
        kustomize::explain(*place.tree, place.directory, scalar, rendering_options(options, tools));
    if (!found) return shown(std::move(found.error()), place);
    for (const kustomize::Explanation& explanation : *found) {
        out.write(explanation.object + ": " + path.substr(path.find(':') + 1) + "\n");
        for (const auto& step : explanation.steps) out.write(shown(step, place));
    }
    return exit_ok;
}

Result<OwnRender> render(const Place& place, const Options& options) {
    Tools tools(place, options);
    auto rendered =
        kustomize::render(*place.tree, place.directory, rendering_options(options, tools));
    if (!rendered) return shown(std::move(rendered.error()), place);
    for (const std::string& warning : rendered->warnings) print_warning(warning);
    std::string text = TRY(kustomize::print(*rendered));
    return OwnRender{std::move(*rendered), std::move(text)};
}

/// Prints what another program prints too.
Result<int> render_checked(const Place& place, const Options& options, Output& out) {
    if (options.offline)
        return fail(Error::Kind::usage, "`--check-with` and `--offline` contradict each other",
                    "the other program fetches what it needs");
    const OtherRenderer other = TRY(OtherRenderer::find(options.check_with));
    Result<OwnRender> own = render(place, options);
    const RenderedPlace rendered{*place.tree, place.directory, place.root};
    if (TRY(check_render(other, rendered, own, options)) == RenderCheck::different)
        return exit_finding;
    out.write(TRY(std::move(own)).text);
    return exit_ok;
}

}  // namespace

Result<int> run_render(const Options& options, Output& out) {
    const Place place = TRY(find(options));
    if (options.explain) return explain(place, options, out);
    if (options.check_with != CheckWith::nothing) return render_checked(place, options, out);
    out.write(TRY(render(place, options)).text);
    return exit_ok;
}

}  // namespace lockstep::cli
