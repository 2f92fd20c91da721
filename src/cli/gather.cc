#include "cli/gather.h"

#include "cli/typed_url.h"
#include "os/file.h"

namespace lockstep::cli {
namespace {

using workspace::Workspace;

Result<Gathered> gather_url(std::string_view url, const Options& options,
                            workspace::Options gathering) {
    auto workspace = TRY(Workspace::open_url(url, std::move(gathering)));
    auto history = TRY(workspace.release("", options.expect));
    return Gathered{std::move(workspace), std::move(history)};
}

Result<Gathered> gather_directory(std::string directory, const Options& options,
                                  workspace::Options gathering) {
    gathering.directory = std::move(directory);
    auto workspace = TRY(Workspace::open(std::move(gathering)));
    auto history = TRY(workspace.work_tree(options.expect));
    return Gathered{std::move(workspace), std::move(history)};
}

Result<Gathered> gather_revision(const Options& options, workspace::Options gathering) {
    auto workspace = TRY(Workspace::open(std::move(gathering)));
    auto history = TRY(workspace.release(*options.release, options.expect));
    return Gathered{std::move(workspace), std::move(history)};
}

/// A URL, else a directory: a revision would be a guess.
Result<Gathered> gather_kustomization(const Options& options, workspace::Options gathering) {
    const std::string& named = *options.kustomization;
    if (TRY(typed_url(named)).has_value()) return gather_url(named, options, std::move(gathering));
    std::string directory = named.starts_with('/') ? named : options.directory + "/" + named;
    if (!os::is_directory(directory))
        return fail(Error::Kind::usage, "`" + named + "` is neither a directory nor a URL",
                    "write a URL as https://host/owner/repo//directory?ref=v1.2.3");
    gathering.only_directory = true;
    return gather_directory(std::move(directory), options, std::move(gathering));
}

/// Manifests that a renderer prints. Whoever names the images needs no project around them.
Result<Gathered> gather_standard_input(const Options& options, workspace::Options gathering) {
    const Blob text = std::make_shared<const std::string>(TRY(os::read_standard_input()));
    auto workspace = TRY(options.images.empty() ? Workspace::open(std::move(gathering))
                                                : Workspace::open_apart(std::move(gathering)));
    auto history = TRY(workspace.given(text, "standard input", options.expect));
    return Gathered{std::move(workspace), std::move(history)};
}

}  // namespace

Result<Gathered> gather(const Options& options, const workspace::Options& gathering) {
    if (options.from_stdin) return gather_standard_input(options, gathering);
    if (options.kustomization) return gather_kustomization(options, gathering);
    if (!options.release.has_value())
        return gather_directory(options.directory, options, gathering);
    const std::string& release = *options.release;
    const std::string directory =
        release.starts_with('/') ? release : options.directory + "/" + release;
    if (names_directory(release)) return gather_directory(directory, options, gathering);
    if (TRY(typed_url(release)).has_value()) return gather_url(release, options, gathering);
    auto revision = gather_revision(options, gathering);
    if (!revision && revision.error().kind == Error::Kind::not_found && os::is_directory(directory))
        return gather_directory(directory, options, gathering);
    return revision;
}

}  // namespace lockstep::cli
