#include <string>
#include <string_view>
#include <vector>

#include "changes/judging.h"

namespace lockstep::changes {

namespace {

using Fields = std::vector<std::string_view>;

/// A field of a kind that deserves a look, whatever it changes to.
struct Watched {
    std::string_view group, kind;
    Fields fields;  // none: every field but metadata
    Rule rule;
    std::string_view why;
};

constexpr std::string_view network = "networking.k8s.io";
constexpr std::string_view admission = "admissionregistration.k8s.io";

const std::vector<Watched>& table() {
    using enum Rule;
    static const std::vector<Watched> rows = {
        {"", "Service", {"spec", "type"}, traffic_changed, "the Service is reached in another way"},
        {"", "Service", {"spec", "ports"}, traffic_changed, "the Service listens on other ports"},
        {"", "Service", {"spec", "selector"}, traffic_changed, "the Service leads to other pods"},
        {"",
         "Service",
         {"spec", "externalTrafficPolicy"},
         traffic_changed,
         "traffic from outside takes another way"},
        {network, "Ingress", {"spec"}, traffic_changed, "what comes from outside is led otherwise"},
        {network, "NetworkPolicy", {}, traffic_changed, "other traffic is let through"},
        {"policy",
         "PodDisruptionBudget",
         {},
         disruption_changed,
         "other numbers of pods may be missing while nodes are drained"},
        {"",
         "ResourceQuota",
         {},
         quota_changed,
         "what may run in the namespace is limited otherwise"},
        {"", "LimitRange", {}, quota_changed, "what may run in the namespace is limited otherwise"},
        {"batch", "CronJob", {"spec", "schedule"}, schedule_changed, "it runs at other times"},
        {"batch",
         "CronJob",
         {"spec", "suspend"},
         schedule_changed,
         "whether it runs at all changes"},
        {"batch", "CronJob", {"spec", "timeZone"}, schedule_changed, "it runs at other times"},
        {"batch",
         "CronJob",
         {"spec", "concurrencyPolicy"},
         schedule_changed,
         "runs that overlap are treated otherwise"},
        {admission,
         "ValidatingWebhookConfiguration",
         {},
         admission_changed,
         "what the API server asks about changes"},
        {admission,
         "MutatingWebhookConfiguration",
         {},
         admission_changed,
         "what the API server asks about changes"},
        {admission,
         "ValidatingAdmissionPolicy",
         {},
         admission_changed,
         "what the API server refuses changes"},
        {admission,
         "ValidatingAdmissionPolicyBinding",
         {},
         admission_changed,
         "what the API server refuses changes"},
    };
    return rows;
}

bool is_metadata(const FieldChange& field) {
    return begins_with(field.path, {"metadata"}) || begins_with(field.path, {"apiVersion"});
}

/// From "asks, and goes on where nobody answers" to "refuses where nobody answers".
bool begins_to_fail(const FieldChange& field) {
    return fields_of(field.path) == "webhooks.failurePolicy" && field.after != nullptr &&
           field.after->text == "Fail";
}

void judge_field(Judging& judging, const FieldChange& field) {
    if (begins_to_fail(field))
        return judging.add(Rule::admission_changed, field,
                           "from now on requests are refused while the webhook does not answer");
    for (const Watched& row : table()) {
        if (!judging.is(row.group, row.kind)) continue;
        const bool matches =
            row.fields.empty() ? !is_metadata(field) : begins_with(field.path, row.fields);
        if (matches) judging.add(row.rule, field, std::string(row.why));
    }
    const bool is_pod_security = judging.is("", "Namespace") &&
                                 begins_with(field.path, {"metadata", "labels"}) &&
                                 field.path.back().text.starts_with("pod-security.kubernetes.io/");
    if (is_pod_security)
        judging.add(Rule::security_changed, field, "other pods are let into the namespace",
                    "check what runs there against the level");
}

/// What makes itself felt by being there.
void judge_added(Judging& judging) {
    const bool is_webhook = judging.is(admission, "ValidatingWebhookConfiguration") ||
                            judging.is(admission, "MutatingWebhookConfiguration");
    if (is_webhook)
        judging.add(
            Rule::admission_changed,
            {.why = "from now on the API server asks a webhook, and refuses what that refuses"});
    if (judging.is(admission, "ValidatingAdmissionPolicyBinding"))
        judging.add(Rule::admission_changed,
                    {.why = "from now on a policy refuses what it does not take"});
    if (judging.is("", "ResourceQuota") || judging.is("", "LimitRange"))
        judging.add(Rule::quota_changed,
                    {.why = "from now on what runs in the namespace is limited"});
    if (judging.is(network, "NetworkPolicy"))
        judging.add(
            Rule::traffic_changed,
            {.why =
                 "from now on the pods that it selects get only the traffic that it lets through"});
    if (judging.is("policy", "PodDisruptionBudget"))
        judging.add(Rule::disruption_changed,
                    {.why = "from now on it can hold up the draining of nodes"});
}

void judge_removed(Judging& judging) {
    if (judging.is("apiextensions.k8s.io", "CustomResourceDefinition")) return;
    judging.add(Rule::object_removed, {.why = "it is no longer part of what is applied"});
}

}  // namespace

void judge_effects_of_fields(Judging& judging) {
    switch (judging.object().kind) {
        case ObjectChange::Kind::added:
            return judge_added(judging);
        case ObjectChange::Kind::removed:
            return judge_removed(judging);
        case ObjectChange::Kind::changed:
            for (const FieldChange& field : judging.object().fields) judge_field(judging, field);
    }
}

}  // namespace lockstep::changes
