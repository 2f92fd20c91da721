#include "release/doctor.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "release/doctor_labels.h"
#include "release/doctor_pipelines.h"
#include "release/doctor_project.h"
#include "release/doctor_registry.h"
#include "release/doctor_remote.h"
#include "release/plan.h"
#include "release/site.h"
#include "workspace/tags.h"

namespace lockstep::release {

namespace {

using Outcome = Check::Outcome;

constexpr std::string_view heads = "refs/heads/";

/// What stays open where something before it is missing.
void leave_open(Examined& examined, std::initializer_list<const char*> ids,
                const std::string& why) {
    for (const char* const id : ids)
        examined.checks.push_back(
            {.id = id, .outcome = Outcome::unknown, .what = "not looked at: " + why, .fix = {}});
}

void add(Examined& examined, std::vector<Check> checks) {
    std::ranges::move(checks, std::back_inserter(examined.checks));
}

/// The plan of the next release, or of the first.
Result<Plan> plan_next(Site& site, const std::string& branch, bool is_first) {
    return make_plan(site, {.version = is_first ? "0.1.0" : "patch", .branch = branch});
}

/// The tag of the product's newest release; empty where there is none.
std::string newest_tag(workspace::Workspace& workspace) {
    const auto tags = workspace.repository()->tags();
    if (!tags) return {};
    const project::Project& project = workspace.project();
    const workspace::SortedTags sorted = workspace::sort_tags(*tags, project, project.name);
    for (std::size_t at = sorted.releases.size(); at-- > 0;)
        if (sorted.releases[at].component.empty() && sorted.releases[at].version)
            return sorted.releases[at].tag;
    return {};
}

/// Everything that the project on the branch says.
class Examination {
  public:
    Examination(Site& site, const RemoteSight& remote, workspace::Workspace workspace,
                Examined& examined)
        : site_(site), remote_(remote), workspace_(std::move(workspace)), examined_(examined) {}

    void run() {
        const project::Project project = workspace_.project();
        const std::string last = newest_tag(workspace_);
        examine_plan(last.empty());
        // Where no plan is possible, any version will do to ask about rights and CI.
        const std::string tag = examined_.version.empty() ? "v0.1.0" : examined_.version;
        add(examined_,
            judge_rehearsal(rehearse_release(site_, remote_, tag, project.release.candidate)));
        add(examined_, {judge_protection(remote_)});
        const auto tip = site_.journal().repository().resolve(remote_.tip.hex());
        const auto tree = tip ? site_.journal().repository().tree(tip->tree) : nullptr;
        add(examined_, judge_registries(look_at_registries(site_, project, tree.get())));
        if (!tip) return leave_open(examined_, {"second-digest", "labels"}, tip.error().message);
        const ci::Refs refs{.tag = tag, .branch = examined_.branch};
        add(examined_,
            judge_pipelines(look_at_pipelines(*tree, refs, candidate_of(tag, project)), project));
        for (const LabelSight& sight : look_at_labels(site_, project, *tree, last))
            add(examined_, {judge_label(sight)});
    }

  private:
    void examine_plan(bool is_first) {
        if (!remote_.identity)
            return leave_open(examined_, {"plan"}, "nobody is there who would make the release");
        const Result<Plan> plan = plan_next(site_, examined_.branch, is_first);
        if (plan) examined_.version = plan->state.tag;
        add(examined_, {judge_plan(plan)});
    }

    Site& site_;
    const RemoteSight& remote_;
    workspace::Workspace workspace_;
    Examined& examined_;
};

}  // namespace

std::string_view to_string(Check::Outcome outcome) {
    switch (outcome) {
        case Outcome::ok:
            return "ok";
        case Outcome::problem:
            return "problem";
        case Outcome::unknown:
            return "unknown";
        case Outcome::skipped:
            break;
    }
    return "skipped";
}

Result<Examined> examine(const Setting& setting, const std::string& remote_name,
                         const std::string& branch) {
    const std::unique_ptr<Site> site = TRY(Site::open(setting, remote_name));
    const RemoteSight remote = look_at_remote(*site, branch);
    Examined examined{.remote = remote.title, .branch = {}, .version = {}, .checks = {}};
    if (remote.branch.starts_with(heads)) examined.branch = remote.branch.substr(heads.size());
    add(examined, judge_remote(remote));
    if (remote.tip.is_null()) {
        leave_open(examined,
                   {"configuration", "push-rights", "atomic-push", "registry-rights",
                    "second-digest", "labels"},
                   "there is no branch to look at");
        return examined;
    }
    Result<workspace::Workspace> workspace = site->open_at(remote.tip);
    const Result<project::Project> project = workspace
                                                 ? Result<project::Project>(workspace->project())
                                                 : std::unexpected(workspace.error());
    add(examined, judge_configuration(project));
    if (workspace)
        Examination(*site, remote, std::move(*workspace), examined).run();
    else
        leave_open(examined,
                   {"push-rights", "atomic-push", "registry-rights", "second-digest", "labels"},
                   "the configuration cannot be read");
    return examined;
}

}  // namespace lockstep::release
