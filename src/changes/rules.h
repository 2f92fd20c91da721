#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "changes/severity.h"

namespace lockstep::changes {

/// What a change can mean. The table in rules.cc has one row for each, in this order.
enum class Rule : std::uint8_t {
    immutable_field,
    immutable_in_older,
    immutable_once_started,
    address_kept,
    claim_resized,
    api_removed,
    api_deprecated,
    api_version_changed,
    crd_removed,
    crd_version_removed,
    crd_version_unserved,
    crd_storage_changed,
    crd_field_removed,
    crd_field_required,
    crd_field_changed,
    entry_point_removed,
    entry_point_added,
    object_removed,
    object_moved,
    rbac_widened,
    rbac_narrowed,
    rbac_bound,
    container_added,
    image_moved,
    image_missing,
    image_platform_lost,
    command_changed,
    flag_removed,
    port_removed,
    probe_changed,
    resources_changed,
    security_changed,
    host_path,
    scheduling_changed,
    account_changed,
    traffic_changed,
    schedule_changed,
    disruption_changed,
    quota_changed,
    admission_changed,
};

struct RuleRow {
    Rule rule;
    std::string_view id;  // "immutable-field"
    Severity severity;
    std::string_view advice;  // what to do, where the finding knows nothing better
};

std::span<const RuleRow> rules();
const RuleRow& row_of(Rule rule);

}  // namespace lockstep::changes
