#include "cli/audit_report.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "os/file.h"
#include "verify/propose.h"

namespace lockstep::cli {
namespace {

/// Where the file belongs: at the top of the work tree.
Result<std::string> target(workspace::Workspace& workspace, const Options& options) {
    git::Repository* const repository = workspace.repository();
    if (repository == nullptr) return options.directory + "/lockstep.yaml";
    if (!repository->work_tree().has_value())
        return fail(Error::Kind::usage,
                    "`" + options.directory + "` is a bare repository: there is nowhere to write",
                    "use --stdout");
    return *repository->work_tree() + "/lockstep.yaml";
}

Result<void> refuse_to_replace(const std::string& path) {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    for (const std::string_view name : project::file_names)
        if (os::canonical_path(folder + std::string(name)).has_value())
            return fail(Error::Kind::usage, "`" + folder + std::string(name) + "` exists",
                        "use --stdout to look at the difference, --force to replace it");
    return {};
}

/// What only exists here: without a history there is nothing to learn from.
Result<evidence::History> learn_from(workspace::Workspace& workspace) {
    if (workspace.repository() == nullptr) return workspace.work_tree("");
    return workspace.history();
}

}  // namespace

Result<int> run_init(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    auto workspace = TRY(workspace::Workspace::open(workspace_options(options, progress)));
    std::string path;
    if (!options.to_stdout) {
        path = TRY(target(workspace, options));
        if (!options.force) TRY(refuse_to_replace(path));
    }
    const evidence::History history = TRY(learn_from(workspace));
    const verify::Proposal proposal = verify::propose(history);
    const std::string text = project::write(proposal.project, proposal.reasons);
    if (options.to_stdout) {
        out.write(text);
        return exit_ok;
    }
    TRY(os::replace_file(path, text), "writing `" + path + "`");
    if (!options.quiet) print_message("wrote " + path + "\n");
    return exit_ok;
}

}  // namespace lockstep::cli
