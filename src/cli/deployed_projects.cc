#include "cli/deployed_projects.h"

#include <algorithm>
#include <set>

#include "cli/answerers.h"
#include "cli/audit_report.h"
#include "cli/typed_url.h"
#include "git/remote.h"
#include "oci/reference.h"
#include "os/file.h"
#include "workspace/ask_images.h"

namespace lockstep::cli {

namespace {

using workspace::Workspace;

/// References that are asked for where a digest is none of the first: what runs is rarely older.
constexpr std::size_t references_max = 400;

Result<DeployedProject> with_records(Workspace workspace, evidence::History history,
                                     const Options& options) {
    TRY(workspace.add_records(
        history,
        options.offline ? workspace::RecordSource::repository : workspace::RecordSource::remote,
        workspace::Recorded::alone));
    return DeployedProject(std::move(workspace), std::move(history));
}

Result<DeployedProject> open_folder(const std::string& folder, const Options& options,
                                    Progress& progress) {
    workspace::Options gathering = workspace_options(options, progress);
    if (folder != options.directory) gathering.configuration.reset();
    gathering.directory = folder;
    Workspace workspace = TRY(Workspace::open(std::move(gathering)));
    evidence::History history = TRY(workspace.history());
    return with_records(std::move(workspace), std::move(history), options);
}

Result<DeployedProject> open_url(const std::string& url, const std::string& ref,
                                 const Options& options, Progress& progress) {
    if (ref.empty())
        return fail(Error::Kind::usage, "`" + url + "` names no release to expect",
                    "add it: ?ref=v1.2.3");
    workspace::Options gathering = workspace_options(options, progress);
    gathering.configuration.reset();
    gathering.remote_bases = true;  // as `kubectl apply -k` would
    Workspace workspace = TRY(Workspace::open_url(url, std::move(gathering)));
    evidence::History history = TRY(workspace.release({}, {}));
    if (!history.releases.back().version)
        return fail(Error::Kind::usage, "`" + ref + "` of `" + url + "` is no release",
                    "name one: ?ref=v1.2.3");
    DeployedProject project = TRY(with_records(std::move(workspace), std::move(history), options));
    project.expect(ref);
    return project;
}

Result<DeployedProject> open_own(const std::vector<std::string>& releases, const Options& options,
                                 Progress& progress) {
    Workspace workspace = TRY(Workspace::open(workspace_options(options, progress)));
    const std::string tag =
        releases.empty() ? std::string() : TRY(workspace.tag_of(releases.front()));
    evidence::History history = TRY(workspace.history());
    DeployedProject own = TRY(with_records(std::move(workspace), std::move(history), options));
    own.expect(tag);
    return own;
}

}  // namespace

DeployedProject::DeployedProject(Workspace workspace, evidence::History history)
    : workspace_(std::move(workspace)),
      history_(std::make_unique<evidence::History>(std::move(history))),
      images_(std::make_unique<verify::KnownImages>(*history_, workspace_.project())) {}

Result<void> DeployedProject::ask(const std::vector<std::string>& tags, const Options& options) {
    if (is_asked_whole_) return {};
    is_asked_whole_ = tags.empty() || options.offline;
    if (options.offline) return {};
    std::set<std::string> wanted;
    for (const verify::ReleaseImage& image : images_->images()) {
        const bool is_meant =
            tags.empty() || std::ranges::find(tags, image.release->tag) != tags.end();
        if (is_meant && !history_->images.contains(image.reference) &&
            wanted.size() < references_max)
            wanted.insert(image.reference);
    }
    if (wanted.empty()) return {};
    const std::vector<std::string> references(wanted.begin(), wanted.end());
    Answerers answerers(workspace_, options, AskRegistry::automatic);
    evidence::Images images = workspace::ask_images(
        references, [&](const oci::Reference& reference) { return answerers.find(reference); });
    history_->images.merge(images);
    images_ = std::make_unique<verify::KnownImages>(*history_, workspace_.project());
    return {};
}

verify::ExpectedProject DeployedProject::expected() const {
    return {.name = history_->project,
            .images = images_.get(),
            .release = expected_.empty() ? nullptr : images_->release_called(expected_)};
}

std::vector<std::string> DeployedProject::tags_of(const evidence::Deployed& deployed) const {
    std::set<std::string> tags;
    if (!expected_.empty()) tags.insert(expected_);
    const auto add = [&](const std::string& image) {
        const oci::Parts parts = oci::split(image);
        const auto reference = oci::Reference::parse(parts.name);
        if (!reference) return;
        const std::string name = reference->registry() + "/" + reference->path();
        if (!images_->is_own(name)) return;
        if (const evidence::Release* release = images_->release_of(name, parts.tag))
            tags.insert(release->tag);
        else if (const evidence::Release* newest = images_->newest(name))
            tags.insert(newest->tag);
    };
    for (const evidence::SeenWorkload& workload : deployed.workloads)
        for (const evidence::DeclaredContainer& container : workload.containers)
            add(container.image);
    for (const evidence::SeenPod& pod : deployed.pods)
        for (const evidence::SeenContainer& container : pod.containers) add(container.image);
    return {tags.begin(), tags.end()};
}

Result<std::vector<DeployedProject>> deployed_projects(const Options& options, Progress& progress) {
    std::vector<DeployedProject> projects;
    std::vector<std::string> releases;
    for (const std::string& name : options.names) {
        const std::string folder = name.starts_with('/') ? name : options.directory + "/" + name;
        if (names_directory(name)) {
            projects.push_back(TRY(open_folder(folder, options, progress)));
        } else if (const auto url = TRY(typed_url(name))) {
            projects.push_back(TRY(open_url(name, url->ref, options, progress)));
        } else {
            releases.push_back(name);
        }
    }
    if (releases.size() > 1)
        return fail(
            Error::Kind::usage,
            "`" + releases[0] + "` and `" + releases[1] + "` are two releases, and one is expected",
            "a folder is written as ./FOLDER");
    if (!projects.empty() && releases.empty()) return projects;
    projects.insert(projects.begin(), TRY(open_own(releases, options, progress)));
    return projects;
}

Result<verify::DeployedAudit> judge_projects(const evidence::Deployed& deployed,
                                             std::vector<DeployedProject>& projects,
                                             const Options& options) {
    const auto judge = [&] {
        std::vector<verify::ExpectedProject> expected;
        for (const DeployedProject& project : projects) expected.push_back(project.expected());
        return verify::judge_deployed(deployed, expected);
    };
    for (DeployedProject& project : projects) {
        const std::vector<std::string> tags = project.tags_of(deployed);
        if (!tags.empty()) TRY(project.ask(tags, options));
    }
    verify::DeployedAudit audit = judge();
    const bool is_anything_strange = std::ranges::any_of(audit.workloads, [](const auto& workload) {
        return std::ranges::any_of(workload.containers, [](const auto& container) {
            return std::ranges::any_of(container.running, [](const auto& image) {
                return !image.id.digest.empty() && image.releases.empty();
            });
        });
    });
    if (!is_anything_strange) return audit;
    bool has_asked = false;
    for (DeployedProject& project : projects) {
        if (project.is_asked_whole()) continue;
        TRY(project.ask({}, options));
        has_asked = true;
    }
    return has_asked ? judge() : audit;
}

}  // namespace lockstep::cli
