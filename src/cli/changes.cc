#include "report/changes.h"
#include <algorithm>
#include <iterator>
#include <map>

#include "changes/charts.h"
#include "changes/images.h"
#include "changes/judge.h"
#include "cli/answerers.h"
#include "cli/audit_report.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "workspace/upgrade.h"

namespace lockstep::cli {
namespace {

using changes::Root;

changes::RootObjects::Objects objects_of(const workspace::Rendered& rendered) {
    switch (rendered.state) {
        case workspace::Rendered::State::missing:
            return {};
        case workspace::Rendered::State::unknown:
            return {.state = Root::State::unknown, .reason = to_string(*rendered.error)};
        case workspace::Rendered::State::found:
            break;
    }
    return {.state = Root::State::found, .objects = rendered.rendering->objects};
}

/// Nothing where an end has no version, so that nobody knows what lies between.
void add_notes(const workspace::SeenUpgrade& seen, changes::Upgrade& upgrade) {
    const auto& from = seen.from.release.version;
    const auto& to = seen.to.release.version;
    if (!from || !to) {
        upgrade.notices.push_back("no release notes: `" +
                                  (from ? upgrade.to.name : upgrade.from.name) +
                                  "` is no release, so that nobody knows what lies between");
        return;
    }
    if (*to < *from)
        upgrade.notices.push_back("this is a downgrade: no release notes lie on the way");
    std::vector<changes::Milestone> path;
    for (const workspace::PassedRelease& each : seen.path)
        path.push_back(
            {.tag = each.release.tag, .version = *each.release.version, .message = each.message});
    std::vector<changes::NoteFile> files;
    for (const workspace::SeenNotes& file : seen.notes) files.push_back({file.path, *file.text});
    upgrade.notes = changes::release_notes(path, files, *from, *to);
}

void add_charts(const workspace::SeenUpgrade& seen, changes::Upgrade& upgrade) {
    const auto files_of = [](const workspace::SeenChart::Files& files) {
        return changes::ChartFiles{.chart = files.chart, .values = files.values};
    };
    for (const workspace::SeenChart& chart : seen.charts) {
        auto change =
            changes::compare_chart(chart.path, files_of(chart.before), files_of(chart.after));
        if (change) upgrade.charts.push_back(std::move(*change));
    }
    if (!seen.charts.empty())
        upgrade.notices.push_back("of charts, values are compared; templates are not rendered");
}

changes::Side side_of(const workspace::Revision& revision, const std::string& name) {
    const evidence::Release& release = revision.release;
    return {.name = release.tag.empty() ? name : release.tag,
            .commit = release.commit,
            .time = release.time};
}

Result<changes::Upgrade> judged(const workspace::SeenUpgrade& seen, const Options& options) {
    changes::JudgeOptions judging;
    if (options.kubernetes)
        judging.kubernetes = TRY(changes::parse_kubernetes_version(*options.kubernetes));
    changes::Upgrade upgrade{.project = {},
                             .from = side_of(seen.from, options.names[0]),
                             .to = side_of(seen.to, options.names[1]),
                             .notices = seen.notices,
                             .roots = {},
                             .changes = {},
                             .effects = {}};
    std::vector<changes::RootObjects> roots;
    for (const workspace::RenderedRoot& root : seen.roots)
        roots.push_back({.root = root.root,
                         .before = objects_of(root.before),
                         .after = objects_of(root.after)});
    changes::judge(roots, judging, upgrade);
    add_notes(seen, upgrade);
    add_charts(seen, upgrade);
    return upgrade;
}

changes::ImageAnswer answer_of(const evidence::SeenImage& seen) {
    using State = changes::ImageAnswer::State;
    if (seen.state == evidence::SeenImage::State::missing)
        return {.state = State::missing, .reason = {}, .platforms = {}};
    if (seen.state == evidence::SeenImage::State::unknown)
        return {.state = State::unknown, .reason = seen.reason, .platforms = {}};
    changes::ImageAnswer answer{.state = State::found, .reason = {}, .platforms = {}};
    for (const evidence::SeenPlatform& platform : seen.platforms)
        answer.platforms.push_back(platform.name);
    return answer;
}

Result<void> ask_for_images(const workspace::Workspace& workspace, const Options& options,
                            changes::Upgrade& upgrade) {
    const std::vector<std::string> images = changes::images_of(upgrade);
    const AskRegistry asking = options.registry.value_or(AskRegistry::off);
    if (images.empty()) return {};
    if (asking == AskRegistry::off) {
        upgrade.notices.emplace_back(
            "registries are not asked (--registry): whether a new image lacks a platform of the "
            "old one is not known");
        return {};
    }
    Answerers answerers(workspace, options, asking);
    if (!answerers.stores() && asking == AskRegistry::require)
        return std::unexpected<Error>(answerers.stores().error());
    std::ranges::copy(answerers.notices(), std::back_inserter(upgrade.notices));
    const evidence::Images seen = workspace::ask_images(
        images, [&](const oci::Reference& reference) { return answerers.find(reference); });
    std::map<std::string, changes::ImageAnswer, std::less<>> answers;
    for (const auto& [reference, image] : seen) answers.emplace(reference, answer_of(image));
    changes::judge_images(answers, upgrade);
    return {};
}

int status_of(const changes::Upgrade& upgrade, const Options& options) {
    const auto severity = changes::severity_of(upgrade);
    if (options.fail_on && severity && *severity >= *options.fail_on) return exit_finding;
    const bool lacks_image = options.registry == AskRegistry::require && upgrade.is_image_unknown;
    return changes::is_partial(upgrade) || lacks_image ? exit_unchecked : exit_ok;
}

}  // namespace

Result<int> run_changes(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    workspace::Options gathering = workspace_options(options, progress);
    // What `kubectl apply -k` would apply is what people ask about.
    gathering.remote_bases = !options.offline;
    auto workspace = TRY(workspace::Workspace::open(std::move(gathering)));
    const workspace::SeenUpgrade seen = TRY(
        workspace::see_upgrade(workspace, options.names[0], options.names[1], options.rendered));
    changes::Upgrade upgrade = TRY(judged(seen, options));
    upgrade.project = workspace.name();
    TRY(ask_for_images(workspace, options, upgrade));
    report::write(upgrade, options.format, report_options(options), out.stream());
    return status_of(upgrade, options);
}

}  // namespace lockstep::cli
