#pragma once

#include "changes/upgrade.h"

namespace lockstep::report::testing {

/// An upgrade with something of every kind, and foreign texts that try to be more than texts.
inline changes::Upgrade every_change() {
    using namespace changes;
    const Identity job{"batch", "v1", "Job", "kube-system", "kite-job"};
    const Identity role{"rbac.authorization.k8s.io", "v1", "ClusterRole", "", "kite"};
    const Identity old_map{"", "v1", "ConfigMap", "kite", "c-2222222222"};
    const Identity map{"", "v1", "ConfigMap", "kite", "c-4444444444"};
    Upgrade upgrade;
    upgrade.project = "kite";
    upgrade.from = {"v1.0.0", "1111111111111111111111111111111111111111", 1'700'000'000};
    upgrade.to = {"v1.2.0", "2222222222222222222222222222222222222222", 1'710'000'000};
    upgrade.kubernetes = "1.31";
    upgrade.notices = {"of charts, values are compared; templates are not rendered"};
    upgrade.roots = {{"deploy/job", Root::State::found, Root::State::found, "", 3},
                     {"deploy/web", Root::State::found, Root::State::unknown,
                      "deploy/web/kustomization.yaml:3:3: no such file <b>x</b>", 0}};
    upgrade.changes.push_back(
        {.kind = ObjectChange::Kind::changed,
         .before = job,
         .after = job,
         .roots = {"deploy/job"},
         .fields = {{.path = "spec.template.spec.containers.[name=kite].image",
                     .before = "kite:v1.0.0",
                     .after = "kite:v1.2.0",
                     .at = Location{"deploy/job/job.yaml", 12, 9},
                     .is_explained = true},
                    {.path = "metadata.labels.[app.kubernetes.io/version]",
                     .before = "1.0.0",
                     .after = "1.2.0",
                     .fold = Fold::version_label}},
         .effects = {
             {Severity::breaking, "immutable-field",
              "spec.template.spec.containers.[name=kite].image", "kite:v1.0.0", "kite:v1.2.0",
              "the API server refuses a change of `spec.template` of a Job, so applying it fails",
              "`kubectl delete job kite-job -n kube-system` first"}}});
    upgrade.changes.push_back(
        {.kind = ObjectChange::Kind::added,
         .before = role,
         .after = role,
         .roots = {"deploy/job", ""},
         .fields = {},
         .effects = {{Severity::attention, "rbac-widened", "rules", "", "pods: get, list",
                      "it permits what was not permitted before", ""}}});
    upgrade.changes.push_back({.kind = ObjectChange::Kind::changed,
                               .before = old_map,
                               .after = map,
                               .roots = {"a", "b", "c", "d", "e", "f"},
                               .fields = {{.path = "data.[config.yaml]",
                                           .before = "\"one\\n</script>\\n\"",
                                           .after = "\"two\\n\"",
                                           .lines = {"-one", "-</script>", "+two\x1b[31m"}}},
                               .effects = {}});
    upgrade.unserved = {{{"policy", "v1beta1", "PodDisruptionBudget", "", "kite"},
                         {"deploy/job"},
                         {Severity::breaking, "api-removed", "apiVersion", "", "",
                          "`policy/v1beta1 PodDisruptionBudget` is not served any more", "wait"}}};
    upgrade.effects = {{Severity::breaking, "entry-point-removed", "deploy/old", "", "",
                        "it is not there any more: applying it fails",
                        "apply another entry point"}};
    upgrade.notes = {
        {.tag = "v1.2.0",
         .version = version::Version::parse("1.2.0").value(),
         .source = VersionNotes::Source::section,
         .place = "CHANGELOG.md:7",
         .notes = {{changelog::Topic::breaking, "Breaking changes",
                    "the flag `--x` is gone | [a](b)"},
                   {changelog::Topic::other, "", "<img src=x onerror=alert(1)>"}}},
        {.tag = "", .version = version::Version::parse("1.1.0").value(), .place = {}, .notes = {}}};
    upgrade.charts = {
        {.path = "charts/kite",
         .is_added = false,
         .is_removed = false,
         .reason = {},
         .fields = {
             {.kind = FieldChange::Kind::added, .path = "values.yaml:replicas", .after = "2"}}}};
    return upgrade;
}

}  // namespace lockstep::report::testing
