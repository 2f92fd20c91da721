#include "workspace/consumed_projects.h"

#include <algorithm>

#include "git/list_remote.h"
#include "git/remote.h"
#include "record/record.h"
#include "verify/finding.h"
#include "verify/judge.h"
#include "version/style.h"

namespace lockstep::workspace {

namespace {

using consumers::Form;
using consumers::Pin;
using consumers::SeenRelease;
using State = SeenRelease::State;

SeenRelease unknown(std::string reason) {
    return {.state = State::unknown, .reason = std::move(reason)};
}

/// The finding that decided the verdict: the worst, the first of those.
std::string first_finding(const verify::ReleaseVerdict& verdict) {
    std::string text;
    verify::Severity worst = verify::Severity::note;
    for (const verify::Finding& finding : verify::findings(verdict)) {
        if (!text.empty() && finding.severity() <= worst) continue;
        text = finding.message();
        worst = finding.severity();
    }
    return text;
}

bool was_moved(const verify::ReleaseVerdict& verdict) {
    if (!verdict.record) return false;
    return std::ranges::any_of(verdict.record->faults, [](const verify::RecordFault& fault) {
        return fault.fault == verify::Fault::moved_tag;
    });
}

/// What the chart of a release says of itself; empty where there is no such chart.
std::string chart_says(const evidence::Release& release, const std::string& chart,
                       manifest::Subject subject) {
    if (!release.tree || chart.empty()) return {};
    for (const auto& unit : release.tree->units)
        for (const manifest::Declaration& declaration : unit->facts.declarations)
            if (declaration.subject == subject && declaration.image == chart &&
                declaration.surface == manifest::Surface::helm)
                return declaration.declared;
    return {};
}

bool is_same_version(std::string_view a, std::string_view b) {
    const auto left = version::read_written(a);
    const auto right = version::read_written(b);
    return a == b || (left && right && left->version == right->version);
}

}  // namespace

SeenRelease seen_release(const evidence::History& history, const project::Project& project,
                         const std::string& tag, const std::string& chart) {
    const verify::Audit audit = verify::judge(history, project, {}, verify::Registry::unasked);
    const auto verdict = std::ranges::find_if(
        audit.releases, [&](const auto& each) { return tag.empty() || each.release->tag == tag; });
    if (verdict == audit.releases.end()) return unknown("it was not judged");
    SeenRelease seen{
        .state = State::found,
        .reason = {},
        .tag = tag,
        .version = verdict->release->version,
        .verdict = verdict->verdict,
        .finding = first_finding(*verdict),
        .own_images = audit.own_images,
        .image_version = chart_says(*verdict->release, chart, manifest::Subject::app_version)};
    if (was_moved(*verdict)) {
        seen.state = State::withdrawn;
        seen.reason = seen.finding;
    }
    return seen;
}

namespace {

/// "main" of "main" and of "origin/main".
std::string branch_of(const std::string& name, std::string_view prefix) {
    return prefix == "refs/heads/" ? name : name.substr(name.find('/') + 1);
}

}  // namespace

Result<LocalProject> LocalProject::open(const std::string& path, Options options) {
    LocalProject project;
    options.directory = path;
    auto workspace = TRY(Workspace::open(std::move(options)));
    project.path_ = path;
    project.history_ = TRY(workspace.history());
    TRY(workspace.add_records(project.history_, RecordSource::repository));
    project.project_ = workspace.project();
    for (const std::string_view prefix : {"refs/heads/", "refs/remotes/"})
        for (const auto& [ref, id] : TRY(workspace.repository()->refs(prefix)))
            project.branches_.insert(branch_of(ref.substr(prefix.size()), prefix));
    return project;
}

bool LocalProject::publishes(const Pin& pin) const {
    if (pin.chart.empty() || pin.source == consumers::Source::flux_git)
        return !pin.repository.empty() && pin.repository == history_.repository;
    return std::ranges::any_of(history_.releases, [&](const evidence::Release& release) {
        return !chart_says(release, pin.chart, manifest::Subject::chart_version).empty();
    });
}

SeenRelease LocalProject::find(const Pin& pin) const {
    for (const evidence::Release& release : history_.releases) {
        const bool is_meant =
            !pin.chart.empty()
                ? is_same_version(chart_says(release, pin.chart, manifest::Subject::chart_version),
                                  pin.revision)
            : pin.form == Form::commit ? release.commit == pin.revision
                                       : release.tag == pin.revision;
        if (is_meant) return seen_release(history_, project_, release.tag, pin.chart);
    }
    if (pin.form == Form::named && branches_.contains(pin.revision))
        return {.state = State::floating, .reason = "`" + pin.revision + "` is a branch"};
    return unknown("`" + path_ + "` has no release `" + pin.revision +
                   "`: `git fetch --tags` there brings those that are missing");
}

const Result<git::RemoteRefs>& RemoteProjects::refs_of(const std::string& repository) {
    const auto known = refs_.find(repository);
    if (known != refs_.end()) return known->second;
    const std::string patterns[] = {"refs/tags/*", "refs/heads/*",
                                    std::string(record::ref_prefix) + '*'};
    return refs_.emplace(repository, git::list_remote(repository, patterns)).first->second;
}

SeenRelease RemoteProjects::find(const Pin& pin, const std::string& url) {
    if (options_.offline) return unknown("nothing may be fetched (--offline)");
    const auto remote = git::parse_remote_url(url);
    if (!remote) return unknown(to_string(remote.error()));
    if (!*remote) return unknown("`" + url + "` is no URL of a Git repository");
    const Result<git::RemoteRefs>& refs = refs_of((*remote)->repository);
    if (!refs) return unknown(to_string(refs.error()));
    return find_named(pin, url, *refs);
}

SeenRelease RemoteProjects::find_named(const Pin& pin, const std::string& url,
                                       const git::RemoteRefs& refs) {
    const std::string tag_ref = "refs/tags/" + pin.revision;
    if (pin.form == Form::commit) {
        for (const auto& [ref, id] : refs.refs) {
            const auto peeled = refs.peeled.find(ref);
            const git::ObjectId& commit = peeled == refs.peeled.end() ? id : peeled->second;
            if (ref.starts_with("refs/tags/") && commit.hex() == pin.revision)
                return judge(pin, url, pin.revision, ref.substr(10));
        }
        return judge(pin, url, pin.revision, {});
    }
    if (!pin.chart.empty()) {
        for (const auto& [ref, id] : refs.refs)
            if (ref.starts_with("refs/tags/") && is_same_version(ref.substr(10), pin.revision))
                return judge(pin, url, ref.substr(10), ref.substr(10));
        return unknown("the repository has no tag of the chart's version");
    }
    if (refs.refs.contains(tag_ref)) return judge(pin, url, pin.revision, pin.revision);
    if (refs.refs.contains("refs/heads/" + pin.revision))
        return {.state = State::floating, .reason = "`" + pin.revision + "` is a branch"};
    const bool was_begun = refs.refs.contains(record::ref_of(pin.revision));
    return {.state = State::withdrawn,
            .reason = "the remote has no tag `" + pin.revision + "`" +
                      (pin.form == Form::named ? ", and no such branch" : "") +
                      (was_begun ? "; a release of it was begun, and is not published" : "")};
}

SeenRelease RemoteProjects::judge(const Pin& pin, const std::string& url,
                                  const std::string& revision, const std::string& tag) {
    Options options = options_;
    options.whole_tree = pin.source != consumers::Source::kustomize;
    options.remote_bases = true;
    const std::string whole = url.substr(0, url.find('?')) + "?ref=" + revision;
    auto workspace = Workspace::open_url(whole, std::move(options));
    if (!workspace) return unknown(to_string(workspace.error()));
    // A version that a commit has by its tag is expected of it; a tag says its own.
    auto history = workspace->release({}, revision == tag ? std::string_view() : tag);
    if (!history) return unknown(to_string(history.error()));
    const auto added = workspace->add_records(*history, RecordSource::remote);
    if (!added) return unknown(to_string(added.error()));
    SeenRelease seen = seen_release(*history, workspace->project(), {}, pin.chart);
    seen.tag = tag;
    return seen;
}

}  // namespace lockstep::workspace
