#include "changes/rules.h"

namespace lockstep::changes {

namespace {

using enum Rule;
using enum Severity;

constexpr RuleRow rows[] = {
    {immutable_field, "immutable-field", breaking,
     "delete the object and apply the new one; `kubectl delete --cascade=orphan` keeps what it "
     "made"},
    {immutable_in_older, "immutable-in-older", attention,
     "name the cluster's version with --kubernetes"},
    {immutable_once_started, "immutable-once-started", attention,
     "delete the Job first if it has ever started"},
    {address_kept, "address-kept", attention, ""},
    {claim_resized, "claim-resized", attention, "compare it with the claim's `status.capacity`"},
    {api_removed, "api-removed", breaking,
     "do not upgrade on this cluster before the manifests name another version"},
    {api_deprecated, "api-deprecated", attention,
     "it works today; the cluster's next upgrades end it"},
    {api_version_changed, "api-version-changed", attention,
     "`kubectl api-versions` tells whether the cluster serves it"},
    {crd_removed, "crd-removed", breaking,
     "keep the definition until no object of it is needed: deleting it deletes them all"},
    {crd_version_removed, "crd-version-removed", breaking,
     "move clients to another version, and stored objects out of it: `status.storedVersions` must "
     "not name it"},
    {crd_version_unserved, "crd-version-unserved", breaking,
     "move clients to another version first"},
    {crd_storage_changed, "crd-storage-changed", attention,
     "objects stay stored as they are until they are written: rewrite them before the old version "
     "goes"},
    {crd_field_removed, "crd-field-removed", breaking,
     "take the field out of your objects: what the schema does not know is dropped at the next "
     "write"},
    {crd_field_required, "crd-field-required", breaking, "set the field in your objects first"},
    {crd_field_changed, "crd-field-changed", breaking,
     "check your objects against the new schema first"},
    {entry_point_removed, "entry-point-removed", breaking, "apply another entry point"},
    {entry_point_added, "entry-point-added", info, ""},
    {object_removed, "object-removed", attention,
     "it stays in the cluster until it is deleted or pruned"},
    {object_moved, "object-moved", attention, "the old one stays until it is deleted or pruned"},
    {rbac_widened, "rbac-widened", attention, "check that you want to grant this"},
    {rbac_narrowed, "rbac-narrowed", info, ""},
    {rbac_bound, "rbac-bound", attention, "check that you want to grant this"},
    {container_added, "container-added", attention, "its image must be reachable from the nodes"},
    {image_moved, "image-moved", attention,
     "mirrors, allow-lists and pull secrets must know the new name"},
    {image_missing, "image-missing", breaking, "wait until it is published, or mirror it"},
    {image_platform_lost, "image-platform-lost", breaking,
     "keep its pods off nodes of that platform, or stay"},
    {command_changed, "command-changed", attention, "adapt your own patches of the command"},
    {flag_removed, "flag-removed", attention, "adapt your own patches of the arguments"},
    {port_removed, "port-removed", attention,
     "services, monitors and network policies that name it find nothing"},
    {probe_changed, "probe-changed", attention,
     "watch the rollout: a probe that fails restarts or holds back"},
    {resources_changed, "resources-changed", attention, "check that nodes and quotas have room"},
    {security_changed, "security-changed", attention,
     "check it against the pod security of the namespace"},
    {host_path, "host-path", attention, "check that the namespace may mount paths of the node"},
    {scheduling_changed, "scheduling-changed", attention, "check that nodes match"},
    {account_changed, "account-changed", attention,
     "whatever grants rights to the old account must name the new one"},
    {traffic_changed, "traffic-changed", attention, "check who reaches it, and under which name"},
    {schedule_changed, "schedule-changed", attention, ""},
    {disruption_changed, "disruption-changed", attention, "check that nodes can still be drained"},
    {quota_changed, "quota-changed", attention, "check that what runs there fits"},
    {admission_changed, "admission-changed", attention,
     "what it refuses, and what happens while it does not answer, holds for the whole cluster"},
};

static_assert([] {
    std::uint8_t at = 0;
    for (const RuleRow& row : rows)
        if (static_cast<std::uint8_t>(row.rule) != at++) return false;
    return true;
}());

}  // namespace

std::span<const RuleRow> rules() {
    return rows;
}

const RuleRow& row_of(Rule rule) {
    return rows[static_cast<std::size_t>(rule)];
}

}  // namespace lockstep::changes
