#include "cli/audit_report.h"

#include <fstream>
#include <map>

#include "cli/ask_registries.h"
#include "cli/clock.h"
#include "cli/color.h"
#include "cli/version.h"
#include "os/environment.h"
#include "os/terminal.h"
#include "verify/judge.h"

namespace lockstep::cli {
namespace {

/// GitHub shows what stands in this file on the page of the run.
void append_step_summary(const verify::Audit& audit, const report::Options& options) {
    const std::string path = os::environment("GITHUB_STEP_SUMMARY").value_or("");
    if (path.empty()) return;
    std::ofstream file(path, std::ios::app | std::ios::binary);
    report::write(audit, report::Format::markdown, options, file);
    file.close();
    if (!file) print_warning("the step summary `" + path + "` could not be written");
}

/// Says that images were not checked, with the reason of the first.
void warn_of_unchecked(const verify::Audit& audit) {
    std::map<std::string, std::string> unchecked;  // references, with the reasons
    for (const verify::ReleaseVerdict& release : audit.releases) {
        for (const verify::JudgedImage& image : release.images)
            if (image.state == verify::ImageState::unchecked)
                unchecked.emplace(image.reference, image.reason);
        if (!release.record) continue;
        for (const verify::UnaskedRecord& unasked : release.record->unchecked)
            unchecked.emplace(unasked.reference, unasked.reason);
    }
    if (unchecked.empty()) return;
    const auto& [reference, reason] = *unchecked.begin();
    print_warning(std::to_string(unchecked.size()) +
                  (unchecked.size() == 1 ? " image was" : " images were") + " not checked; `" +
                  reference + "`: " + reason);
}

verify::Registry meaning_of(AskRegistry asking) {
    if (asking == AskRegistry::off) return verify::Registry::unasked;
    return asking == AskRegistry::require ? verify::Registry::required : verify::Registry::optional;
}

}  // namespace

report::Options report_options(const Options& options) {
    report::Options report = {.color = wants_color(options),
                              .quiet = options.quiet,
                              .verbose = options.verbose,
                              .tool_version = std::string(tool_version()),
                              .now = now()};
    if (const auto width = os::terminal_width(os::StandardStream::out)) report.width = *width;
    return report;
}

workspace::Options workspace_options(const Options& options, Progress& progress) {
    return {.directory = options.directory,
            .configuration = options.configuration,
            .cache_directory = os::cache_directory().value_or(""),
            .offline = options.offline,
            .helm_render = options.helm_render,
            .remote_bases = options.remote_bases,
            .may_reach_private = options.allow_private,
            .jobs = options.jobs,
            .surfaces = options.surfaces,
            .progress = [&progress](std::size_t done, std::size_t total, std::string_view what) {
                progress.show(done, total, what);
            }};
}

Result<void> add_records(workspace::Workspace& workspace, evidence::History& history,
                         const Options& options, const Habits& habits) {
    switch (options.records) {
        case AskRecords::off:
            return {};
        case AskRecords::automatic:
            return workspace.add_records(history, habits.records);
        case AskRecords::require:
            return workspace.add_records(history, workspace::RecordSource::required);
    }
    return {};
}

Result<int> judge_and_report(workspace::Workspace& workspace, evidence::History history,
                             const Options& options, const Habits& habits, Output& out) {
    const AskRegistry asking = options.registry.value_or(habits.registry);
    TRY(add_records(workspace, history, options, habits));
    if (asking != AskRegistry::off) TRY(ask_registries(workspace, history, options, asking));
    const verify::Audit audit =
        verify::judge(history, workspace.project(), options.surfaces, meaning_of(asking));
    const report::Options shown = report_options(options);
    report::write(audit, options.format, shown, out.stream());
    if (options.format == report::Format::github) append_step_summary(audit, shown);
    // Not every format has a place for what is no finding, and this decides the exit status.
    if (asking == AskRegistry::require) warn_of_unchecked(audit);
    return verify::exit_status(audit);
}

}  // namespace lockstep::cli
