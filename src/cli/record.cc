#include <algorithm>
#include <set>

#include "cli/ask_registries.h"
#include "cli/audit_report.h"
#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/record_push.h"
#include "cli/settled.h"
#include "cli/version.h"
#include "oci/reference.h"
#include "record/record.h"
#include "release/published_charts.h"
#include "verify/finding.h"
#include "verify/judge.h"
#include "workspace/make_record.h"

namespace lockstep::cli {

namespace {

/// The references of the own images that a release declares: by tag where there is one, since that
/// is what may move.
std::vector<std::string> references_of(const verify::ReleaseVerdict& release) {
    std::set<std::string> references;
    for (const verify::JudgedImage& image : release.images) {
        const std::size_t at = image.reference.find('@');
        const std::string name = image.reference.substr(0, at);
        const bool has_tag = name.find(':', name.find('/')) != std::string::npos;
        references.insert(has_tag ? name : image.reference);
    }
    return {references.begin(), references.end()};
}

const evidence::Release& recorded_release(const evidence::History& history) {
    return *std::ranges::find(history.releases, false, &evidence::Release::is_context);
}

/// The references of the packages of charts that a release publishes, in full.
Result<std::vector<std::string>> charts_of(workspace::Workspace& workspace,
                                           const evidence::Release& release) {
    std::vector<std::string> references;
    git::Repository& repository = *workspace.repository();
    const auto tree = repository.tree(TRY(repository.resolve(release.commit)).tree);
    for (const project::Chart* const chart :
         release::charts_published_with(workspace.project(), release.component)) {
        const oci::Reference reference =
            TRY(oci::Reference::parse(TRY(release::chart_reference(*tree, *chart))));
        references.push_back(reference.registry() + '/' + reference.path() + ':' + reference.tag());
    }
    return references;
}

/// Says what is wrong with a release; whether that keeps it from being recorded, and with which
/// exit status.
int refusal_of(const verify::Audit& audit, bool even_if_drifted) {
    const verify::ReleaseVerdict& release = audit.releases.front();
    const int status = verify::exit_status(audit);
    const bool is_accepted = status == exit_ok || release.verdict == verify::Verdict::absent ||
                             (status == exit_finding && even_if_drifted);
    for (const verify::Finding& finding : verify::findings(release)) {
        if (finding.severity() == verify::Severity::note) continue;
        const Error said{.kind = Error::Kind::conflict,
                         .message = std::string(finding.rule()) + ": " + finding.message(),
                         .hint = {},
                         .at = finding.at()};
        if (is_accepted)
            print_warning(to_string(said));
        else
            print_error(said);
    }
    for (const verify::JudgedImage& image : release.images)
        if (image.state == verify::ImageState::unchecked)
            print_warning("image `" + image.reference + "` was not checked: " + image.reason);
    if (is_accepted) return exit_ok;
    const std::string name = '`' + release.release->tag + '`';
    if (status == exit_finding)
        print_error({.kind = Error::Kind::conflict,
                     .message = name + " is not consistent, so it was not recorded",
                     .hint = "to record it as it stands, add --even-if-drifted",
                     .at = {}});
    else
        print_error({.kind = Error::Kind::unavailable,
                     .message = name + " could not be checked whole, so it was not recorded",
                     .hint = {},
                     .at = {}});
    return status;
}

Result<void> check_new(const evidence::History& history, const std::string& tag) {
    if (!history.records.contains(tag)) return {};
    return fail(Error::Kind::conflict, "`" + tag + "` has a record, and that stays",
                "`lockstep verify " + tag + "` holds the release against it");
}

void show(const record::Record& record, const Options& options, Output& out) {
    if (options.format != report::Format::json)
        out.write("would be kept as " + std::string(record::file_name) + " under " +
                  record::ref_of(record.tag) + " (--push does that):\n\n");
    out.write(record::write(record));
}

void show(const record::Record& record, const PushedRecord& pushed, const Options& options,
          Output& out) {
    if (options.format == report::Format::json)
        out.write(record::write(record));
    else
        out.write("recorded `" + record.tag + "` at `" + pushed.remote + "` under " +
                  record::ref_of(record.tag) + '\n');
}

}  // namespace

Result<int> run_record(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    workspace::Options gathering = workspace_options(options, progress);
    gathering.remote_bases = !options.offline;
    auto workspace = TRY(workspace::Workspace::open(std::move(gathering)));
    const std::string tag = TRY(workspace.tag_of(*options.argument));
    evidence::History history = TRY(workspace.release(tag, {}));
    TRY(add_records(workspace, history, options, {.records = workspace::RecordSource::remote}));
    if (const Result<void> is_new = check_new(history, tag); !is_new)
        return settled(is_new.error());
    const std::vector<std::string> charts = TRY(charts_of(workspace, recorded_release(history)));
    TRY(ask_registries(workspace, history, options, AskRegistry::require, charts));
    for (const std::string& notice : history.notices) print_warning(notice);

    const verify::Audit audit =
        verify::judge(history, workspace.project(), {}, verify::Registry::required);
    if (const int status = refusal_of(audit, options.even_if_drifted); status != exit_ok)
        return status;
    const record::Record record =
        TRY(workspace::make_record(workspace, history,
                                   {.origin = record::Record::Origin::afterwards,
                                    .time = now(),
                                    .tool = "lockstep " + std::string(tool_version()),
                                    .images = references_of(audit.releases.front()),
                                    .charts = charts}));
    if (!options.push) {
        show(record, options, out);
        return exit_ok;
    }
    const Result<PushedRecord> pushed = push_record(record, options.directory);
    if (!pushed) return settled(pushed.error());
    show(record, *pushed, options, out);
    return exit_ok;
}

}  // namespace lockstep::cli
