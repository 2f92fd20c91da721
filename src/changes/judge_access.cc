#include <set>
#include <string>

#include "changes/access_rules.h"
#include "changes/judging.h"

namespace lockstep::changes {

namespace {

using yaml::Node;

constexpr std::string_view access_group = "rbac.authorization.k8s.io";

bool is_role(const Judging& judging) {
    return judging.is(access_group, "Role") || judging.is(access_group, "ClusterRole");
}

bool is_binding(const Judging& judging) {
    return judging.is(access_group, "RoleBinding") ||
           judging.is(access_group, "ClusterRoleBinding");
}

std::optional<std::vector<Permission>> permissions(const Node* role) {
    return role == nullptr ? std::vector<Permission>() : permissions_of(*role);
}

std::string warned(const std::vector<Permission>& permissions) {
    std::vector<Permission> powerful;
    for (const Permission& permission : permissions)
        if (is_powerful(permission)) powerful.push_back(permission);
    return powerful.empty() ? std::string()
                            : "; of these, " + shown(powerful) +
                                  " can reach what is secret, or more rights than it has";
}

void judge_role(Judging& judging) {
    const auto before = permissions(judging.object().before);
    const auto after = permissions(judging.object().after);
    if (!before || !after)
        return judging.add(
            Rule::rbac_widened,
            {.why = "its rules are too many to be compared: it may permit more", .field = "rules"});
    const auto more = uncovered(*after, *before);
    const auto less = uncovered(*before, *after);
    if (!more.empty())
        judging.add(Rule::rbac_widened,
                    {.why = "it permits what was not permitted before" + warned(more),
                     .field = "rules",
                     .after = shown(more)});
    if (!less.empty())
        judging.add(Rule::rbac_narrowed,
                    {.why = "it no longer permits this", .field = "rules", .before = shown(less)});
    judging.explain({"rules"});
    for (const FieldChange& field : judging.object().fields)
        if (begins_with(field.path, {"aggregationRule"}))
            judging.add(Rule::rbac_widened, field,
                        "it takes its rules from other ClusterRoles than before");
    if (more.empty() && less.empty() && judging.object().kind == ObjectChange::Kind::changed)
        judging.add(
            Rule::rbac_narrowed,
            {.why = "its rules are written otherwise and permit the same", .field = "rules"});
}

/// "ServiceAccount/kube-system/descheduler-sa"
std::string subject(const Node& node) {
    std::string text = std::string(node.text_of("kind")) + '/';
    if (const std::string_view space = node.text_of("namespace"); !space.empty())
        text.append(space).append("/");
    return text.append(node.text_of("name"));
}

std::set<std::string> subjects_of(const Node* binding) {
    std::set<std::string> subjects;
    const Node* const list = binding == nullptr ? nullptr : binding->find("subjects");
    if (list != nullptr)
        for (const Node* const item : list->items) subjects.insert(subject(*item));
    return subjects;
}

std::string role_of(const Node& binding) {
    const Node* const role = binding.find("roleRef");
    if (role == nullptr) return "(no role)";
    return std::string(role->text_of("kind")) + '/' + std::string(role->text_of("name"));
}

std::string joined(const std::set<std::string>& these, const std::set<std::string>& others) {
    std::string text;
    for (const std::string& each : these)
        if (!others.contains(each)) text.append(text.empty() ? "" : ", ").append(each);
    return text;
}

void judge_binding(Judging& judging) {
    const std::set<std::string> before = subjects_of(judging.object().before);
    const std::set<std::string> after = subjects_of(judging.object().after);
    const std::string more = joined(after, before);
    const std::string less = joined(before, after);
    if (!more.empty())
        judging.add(Rule::rbac_bound, {.why = "it grants " + role_of(*judging.object().after),
                                       .field = "subjects",
                                       .after = more});
    if (!less.empty())
        judging.add(Rule::rbac_narrowed,
                    {.why = "it no longer grants " + role_of(*judging.object().before),
                     .field = "subjects",
                     .before = less});
    if (!more.empty() || !less.empty()) judging.explain({"subjects"});
}

}  // namespace

void judge_access(Judging& judging) {
    if (is_role(judging)) {
        bool has_rules = judging.object().kind != ObjectChange::Kind::changed;
        for (const FieldChange& field : judging.object().fields)
            has_rules = has_rules || begins_with(field.path, {"rules"}) ||
                        begins_with(field.path, {"aggregationRule"});
        if (has_rules) judge_role(judging);
    }
    if (is_binding(judging)) judge_binding(judging);
}

}  // namespace lockstep::changes
