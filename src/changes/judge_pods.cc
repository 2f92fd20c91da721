#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "changes/judging.h"
#include "changes/quantity.h"

namespace lockstep::changes {

namespace {

using yaml::Node;
using Fields = std::vector<std::string_view>;

/// Where an object keeps the description of its pods; nothing where it has none.
std::optional<Fields> pod_fields(const Identity& id) {
    if (id.group.empty() && id.kind == "Pod") return Fields{"spec"};
    if (id.group == "batch" && id.kind == "CronJob")
        return Fields{"spec", "jobTemplate", "spec", "template", "spec"};
    const bool is_app = id.group == "apps" && (id.kind == "Deployment" || id.kind == "DaemonSet" ||
                                               id.kind == "ReplicaSet" || id.kind == "StatefulSet");
    const bool is_other = (id.group == "batch" && id.kind == "Job") ||
                          (id.group.empty() && id.kind == "ReplicationController");
    if (is_app || is_other) return Fields{"spec", "template", "spec"};
    return std::nullopt;
}

bool is_containers(std::string_view field) {
    return field == "containers" || field == "initContainers";
}

const Node* at(const Node* object, const Fields& fields) {
    for (const std::string_view field : fields)
        if (object != nullptr) object = object->find(field);
    return object;
}

const Node* container_called(const Node* pod, std::string_view list, std::string_view name) {
    const Node* const containers = pod == nullptr ? nullptr : pod->find(list);
    if (containers == nullptr) return nullptr;
    for (const Node* const container : containers->items)
        if (container->text_of("name") == name) return container;
    return nullptr;
}

/// "registry.k8s.io/descheduler/descheduler" of "…:v0.29.0@sha256:…"
std::string_view repository_of(std::string_view image) {
    image = image.substr(0, image.find('@'));
    const std::size_t colon = image.rfind(':');
    const std::size_t slash = image.rfind('/');
    const bool has_tag =
        colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash);
    return has_tag ? image.substr(0, colon) : image;
}

void judge_image(Judging& judging, const FieldChange& field) {
    if (field.kind != FieldChange::Kind::changed) return;
    const std::string_view before = repository_of(field.before->text);
    const std::string_view after = repository_of(field.after->text);
    if (before != after)
        judging.add(Rule::image_moved, field,
                    "the image comes from `" + std::string(after) + "`, no longer from `" +
                        std::string(before) + '`');
}

/// "cpu" where more is asked for, or less is allowed.
void judge_resources(Judging& judging, const FieldChange& field, std::span<const Step> rest) {
    if (rest.size() < 2 || field.kind == FieldChange::Kind::removed) {
        if (rest.size() < 2 && field.kind == FieldChange::Kind::added)
            judging.add(Rule::resources_changed, field,
                        "the container now asks for room, or is limited");
        return;
    }
    const bool is_limit = rest[1].is_field("limits");
    const auto before = field.before == nullptr || !field.before->is_scalar()
                            ? std::nullopt
                            : parse_quantity(field.before->text);
    const auto after = field.after->is_scalar() ? parse_quantity(field.after->text) : std::nullopt;
    const bool is_less = before && after && *after < *before;
    const bool is_more = before && after && *after > *before;
    const bool is_new = field.kind == FieldChange::Kind::added;
    if (is_limit && (is_new || is_less))
        judging.add(Rule::resources_changed, field, "the container may use less than before");
    else if (!is_limit && (is_new || is_more))
        judging.add(Rule::resources_changed, field, "the container asks for more room than before");
}

/// "--leader-elect" of "--leader-elect=true"; empty where it is no flag.
std::string_view flag_of(std::string_view argument) {
    return argument.size() > 1 && argument.starts_with('-') ? argument.substr(0, argument.find('='))
                                                            : std::string_view();
}

std::set<std::string_view> flags_of(const Node* container) {
    std::set<std::string_view> flags;
    if (container == nullptr) return flags;
    for (const std::string_view list : {"command", "args"})
        if (const Node* const arguments = container->find(list))
            for (const Node* const argument : arguments->items)
                if (const auto flag = flag_of(argument->text); !flag.empty()) flags.insert(flag);
    return flags;
}

/// The first argument of the command is the program; flags behind it are judged as flags.
void judge_command(Judging& judging, const FieldChange& field, std::span<const Step> rest) {
    const bool is_program = rest.size() < 2 || rest[1].from == 0 || rest[1].to == 0;
    const bool is_flag = rest.size() >= 2 &&
                         (field.before == nullptr || !flag_of(field.before->text).empty()) &&
                         (field.after == nullptr || !flag_of(field.after->text).empty());
    if (is_program && !is_flag)
        judging.add(Rule::command_changed, field, "the container starts another program");
}

void judge_container(Judging& judging, const FieldChange& field, std::span<const Step> rest) {
    if (rest.empty()) {
        if (field.kind == FieldChange::Kind::added)
            judging.add(Rule::container_added, field, "a container is new");
        return;
    }
    const std::string_view name = rest.front().text;
    if (name == "image") return judge_image(judging, field);
    if (name == "command") return judge_command(judging, field, rest);
    if (name == "resources") return judge_resources(judging, field, rest);
    if (name == "securityContext")
        return judging.add(Rule::security_changed, field, "the container runs with other rights");
    if (name.ends_with("Probe"))
        return judging.add(Rule::probe_changed, field, "when the container counts as well changes");
    if (name == "ports" && field.kind != FieldChange::Kind::added)
        judging.add(Rule::port_removed, field, "a port is not declared as before");
}

void judge_volume(Judging& judging, const FieldChange& field, std::span<const Step> rest) {
    const bool is_whole = rest.size() == 1;
    const Node* const path =
        is_whole && field.after != nullptr ? field.after->find("hostPath") : nullptr;
    const bool is_inside = rest.size() > 1 && rest[1].is_field("hostPath");
    if (path != nullptr || (is_inside && field.kind != FieldChange::Kind::removed))
        judging.add(Rule::host_path, field, "the pods see another path of their node");
}

void judge_pod_field(Judging& judging, const FieldChange& field, std::span<const Step> rest) {
    const std::string_view name = rest.front().text;
    if (is_containers(name) && rest.size() > 1)
        return judge_container(judging, field, rest.subspan(2));
    if (name == "volumes" && rest.size() > 1) return judge_volume(judging, field, rest.subspan(1));
    constexpr std::string_view rights[] = {"securityContext", "hostNetwork", "hostPID",
                                           "hostIPC",         "hostUsers",   "runtimeClassName"};
    if (std::ranges::find(rights, name) != std::end(rights))
        return judging.add(Rule::security_changed, field, "the pods run with other rights");
    constexpr std::string_view places[] = {"nodeSelector",
                                           "affinity",
                                           "tolerations",
                                           "priorityClassName",
                                           "schedulerName",
                                           "nodeName",
                                           "topologySpreadConstraints"};
    if (std::ranges::find(places, name) != std::end(places))
        return judging.add(Rule::scheduling_changed, field, "the pods are placed otherwise");
    if (name == "serviceAccountName" || name == "serviceAccount")
        return judging.add(Rule::account_changed, field, "the pods act as another account");
    if (name == "imagePullSecrets")
        judging.add(Rule::account_changed, field, "images are pulled with other credentials",
                    "the Secret must be there in the namespace");
}

/// Flags that a container of both has no more.
void judge_flags(Judging& judging, const Fields& fields) {
    const Node* const before = at(judging.object().before, fields);
    const Node* const after = at(judging.object().after, fields);
    for (const std::string_view list : {"containers", "initContainers"}) {
        const Node* const containers = after == nullptr ? nullptr : after->find(list);
        if (containers == nullptr) continue;
        for (const Node* const container : containers->items) {
            const std::string_view name = container->text_of("name");
            const auto old_flags = flags_of(container_called(before, list, name));
            const auto new_flags = flags_of(container);
            std::string gone, came;
            for (const std::string_view flag : old_flags)
                if (!new_flags.contains(flag)) gone.append(gone.empty() ? "" : " ").append(flag);
            for (const std::string_view flag : new_flags)
                if (!old_flags.contains(flag)) came.append(came.empty() ? "" : " ").append(flag);
            if (!gone.empty())
                judging.add(
                    Rule::flag_removed,
                    {.why = "the container `" + std::string(name) + "` is started without " + gone +
                            (came.empty() ? "" : ", and with " + came)});
        }
    }
}

}  // namespace

void judge_pods(Judging& judging) {
    if (judging.object().kind != ObjectChange::Kind::changed) return;
    const auto fields = pod_fields(judging.id());
    if (!fields) return;
    for (const FieldChange& field : judging.object().fields)
        if (begins_with(field.path, *fields) && field.path.size() > fields->size())
            judge_pod_field(judging, field, std::span(field.path).subspan(fields->size()));
    judge_flags(judging, *fields);
}

}  // namespace lockstep::changes
