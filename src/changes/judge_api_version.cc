#include <string>

#include "changes/api_lifecycle.h"
#include "changes/judging.h"

namespace lockstep::changes {

namespace {

std::string since(KubernetesVersion version) {
    return "since Kubernetes " + to_string(version);
}

std::string successor_of(const ApiLifecycle& row) {
    return row.successor.empty() ? "it has no successor"
                                 : "its successor " + std::string(row.successor) + " is served " +
                                       since(row.succeeded);
}

void judge_lifecycle(Judging& judging, const ApiLifecycle& row) {
    const std::string what = std::string(row.api_version) + ' ' + std::string(row.kind);
    const std::string gone =
        "`" + what + "` is not served any more as of Kubernetes " + to_string(row.removed);
    if (!judging.target())
        judging.add(Rule::api_deprecated, {.why = gone + "; " + successor_of(row),
                                           .advice = "name the cluster's version with --kubernetes",
                                           .field = "apiVersion"});
    else if (*judging.target() >= row.removed)
        judging.add(
            Rule::api_removed,
            {.why = gone + ", so applying it fails; " + successor_of(row), .field = "apiVersion"});
    else if (*judging.target() >= row.succeeded)
        judging.add(Rule::api_deprecated,
                    {.why = gone + "; " + successor_of(row), .field = "apiVersion"});
}

/// Says whether the target serves the version that the object was moved to.
void judge_step(Judging& judging) {
    const Identity& before = judging.object().before_id;
    const Identity& after = judging.object().after_id;
    const ApiLifecycle* const row = predecessor_of(after);
    const std::string step = before.api_version() + " -> " + after.api_version();
    const std::string served =
        row == nullptr ? std::string("when the cluster began to serve it is not known here")
                       : "`" + after.api_version() + "` is served " + since(row->succeeded);
    const bool is_unserved =
        row != nullptr && judging.target() && *judging.target() < row->succeeded;
    const bool is_served = row != nullptr && judging.target() && !is_unserved;
    judging.explain({"apiVersion"});
    if (is_served) return;
    judging.add(is_unserved ? Rule::api_removed : Rule::api_version_changed,
                {.why = "the object is now written as " + step + "; " + served,
                 .field = "apiVersion",
                 .before = before.api_version(),
                 .after = after.api_version()});
}

}  // namespace

void judge_api_version(Judging& judging) {
    if (judging.object().kind == ObjectChange::Kind::removed) return;
    if (const ApiLifecycle* const row = lifecycle_of(judging.object().after_id))
        judge_lifecycle(judging, *row);
    if (judging.object().before_id.api_version() != judging.object().after_id.api_version())
        judge_step(judging);
}

}  // namespace lockstep::changes
