#include "cli/gather.h"

#include "cli/typed_url.h"
#include "os/file.h"

namespace lockstep::cli {
namespace {

using workspace::Workspace;

Result<Gathered> gather_url(const Options& options, workspace::Options gathering) {
    auto workspace = TRY(Workspace::open_url(*options.release, std::move(gathering)));
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

/// Written so that it can only be a directory.
bool names_directory(std::string_view text) {
    return text == "." || text == ".." || text.starts_with("./") || text.starts_with("../") ||
           text.starts_with('/');
}

}  // namespace

Result<Gathered> gather(const Options& options, const workspace::Options& gathering) {
    if (!options.release.has_value())
        return gather_directory(options.directory, options, gathering);
    const std::string& release = *options.release;
    const std::string directory =
        release.starts_with('/') ? release : options.directory + "/" + release;
    if (names_directory(release)) return gather_directory(directory, options, gathering);
    if (TRY(typed_url(release)).has_value()) return gather_url(options, gathering);
    auto revision = gather_revision(options, gathering);
    if (!revision && revision.error().kind == Error::Kind::not_found && os::is_directory(directory))
        return gather_directory(directory, options, gathering);
    return revision;
}

}  // namespace lockstep::cli
