#include <ctime>
#include <memory>

#include "cli/audit_report.h"
#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/commit_files.h"
#include "cli/exit_status.h"
#include "cli/pins.h"
#include "cli/sync_report.h"
#include "cli/typed_version.h"
#include "cli/write_edits.h"
#include "edit/edit.h"
#include "git/work_tree.h"
#include "os/directory.h"
#include "verify/judge.h"

namespace lockstep::cli {

namespace {

using workspace::Workspace;

/// The work tree, or the plain folder.
struct Place {
    std::string root;
    std::shared_ptr<const FileTree> files;
    bool is_repository = false;
};

Result<Place> place_of(Workspace& workspace, const Options& options) {
    if (git::Repository* const repository = workspace.repository())
        return Place{repository->work_tree().value_or(""), TRY(git::WorkTree::open(*repository)),
                     true};
    return Place{options.directory,
                 TRY(os::Directory::open(options.directory, {.hidden = {".git"}})), false};
}

/// "2026-11-28"
std::string date_of(std::int64_t time) {
    const std::time_t seconds = time;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[16] = {};
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &parts)};
}

Result<edit::Edits> planned(const Workspace& workspace, const verify::Audit& audit,
                            const FileTree& files, const edit::Options& options) {
    return edit::plan(files, audit, workspace.project(), options);
}

verify::Audit judged(const Workspace& workspace, const evidence::History& history,
                     const Options& options) {
    return verify::judge(history, workspace.project(), options.surfaces, verify::Registry::unasked);
}

/// What can be corrected in the command is its error; what cannot be edited is a finding.
Result<int> refusal(const Error& error) {
    if (error.kind == Error::Kind::usage || error.kind == Error::Kind::internal)
        return std::unexpected<Error>(error);
    print_error(error);
    return exit_finding;
}

std::vector<std::string> paths_of(const edit::Edits& edits) {
    std::vector<std::string> paths;
    for (const edit::FileEdit& file : edits.files) paths.push_back(file.path);
    return paths;
}

Result<void> check_committed(const Place& place, const edit::Edits& edits) {
    if (!place.is_repository)
        return fail(Error::Kind::usage, "`" + place.root + "` is no Git repository",
                    "leave out --commit");
    if (edits.files.empty()) return {};
    TRY(check_identity(place.root));
    const auto changed = TRY(uncommitted(place.root, paths_of(edits)));
    if (changed.empty()) return {};
    return fail(Error::Kind::conflict,
                "`" + changed.front() +
                    "` has changes that are not committed, and --commit would "
                    "take them along",
                "commit or stash them, or leave out --commit", Location{changed.front()});
}

bool pins(const Options& options, const Workspace& workspace) {
    return options.pin_digests ||
           workspace.project().release.mode == project::Release::Mode::digest;
}

/// Judges the tree again, which must leave nothing to edit.
Result<std::string> judge_again(Workspace& workspace, const Options& options,
                                const edit::Options& wanted, const std::string& version) {
    const evidence::History history = TRY(workspace.work_tree(version));
    const verify::Audit audit = judged(workspace, history, options);
    const Place place = TRY(place_of(workspace, options));
    const edit::Edits left = TRY(planned(workspace, audit, *place.files, wanted));
    if (left.files.empty()) return std::string(to_string(audit.releases.front().verdict));
    const edit::FileEdit& file = left.files.front();
    return fail(
        Error::Kind::unsupported,
        "written and judged again, `" + file.replacements.front().before + "` still stands here",
        "`git diff` shows what was written; report it with the file", file.replacements.front().at);
}

}  // namespace

Result<int> run_sync(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    workspace::Options gathering = workspace_options(options, progress);
    gathering.remote_bases = !options.offline;
    Workspace workspace = TRY(Workspace::open(std::move(gathering)));
    const std::string typed = options.argument.value_or("");
    TRY(typed_version(typed, workspace.project(), {}));
    const evidence::History history = TRY(workspace.work_tree(typed));
    const TypedVersion next = TRY(typed_version(typed, workspace.project(), history));
    const verify::Audit audit = judged(workspace, history, options);
    const Place place = TRY(place_of(workspace, options));

    edit::Options wanted{.tag = next.tag,
                         .version = next.version.str(),
                         .date = date_of(now()),
                         .may_add_entries = workspace.project().release.may_add_entries};
    if (pins(options, workspace)) {
        auto found = find_pins(audit.releases.front(), workspace, options, next.tag);
        if (!found) return refusal(found.error());
        wanted.digests = std::move(*found);
    }
    Result<edit::Edits> edits = planned(workspace, audit, *place.files, wanted);
    if (!edits) return refusal(edits.error());
    Synced synced{.tag = next.tag,
                  .version = wanted.version,
                  .edits = std::move(*edits),
                  .is_dry = options.is_dry_run,
                  .verdict = {},
                  .commit = {}};
    if (options.commits)
        if (const auto clean = check_committed(place, synced.edits); !clean)
            return refusal(clean.error());
    if (options.is_dry_run) {
        write_synced(synced, options, out);
        return exit_ok;
    }
    if (const auto written = write_edits(place.root, synced.edits.files); !written)
        return refusal(written.error());
    auto verdict = judge_again(workspace, options, wanted, typed);
    if (!verdict) return refusal(verdict.error());
    synced.verdict = std::move(*verdict);
    if (options.commits && !synced.edits.files.empty()) {
        auto commit =
            commit_files(place.root, paths_of(synced.edits), "Set version " + synced.version);
        if (!commit) return refusal(commit.error());
        synced.commit = std::move(*commit);
    }
    write_synced(synced, options, out);
    return synced.verdict == "drifted" ? exit_finding : exit_ok;
}

}  // namespace lockstep::cli
