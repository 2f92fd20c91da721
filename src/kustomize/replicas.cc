#include "kustomize/replicas.h"

#include <string>
#include <unordered_map>

namespace lockstep::kustomize {

namespace {

using ByName = std::unordered_map<std::string_view, Resources::List>;

ByName by_any_name(const Resources& objects) {
    ByName found;
    for (Resource* const object : objects)
        object->each_id([&](const Id& id) {
            Resources::List& list = found[id.name];
            if (list.empty() || list.back() != object) list.push_back(object);
        });
    return found;
}

bool was_selected(const Resource& object, std::string_view name, const FieldSpec& spec) {
    bool selected = false;
    object.each_id(
        [&](const Id& id) { selected = selected || (id.name == name && spec.matches(id.gvk)); });
    return selected;
}

Result<void> set_count(Build& build, Resource& object, const FieldSpec& spec,
                       const Replica& replica) {
    if (!spec.matches(object.gvk())) return {};
    const std::string_view text = build.arena().copy(std::to_string(replica.count));
    const auto set = [&](yaml::Node& count) -> Result<void> {
        if (!count.is_scalar())
            return fail(Error::Kind::invalid, "expected a number of replicas here", {},
                        count.mark.location());
        // A number that was quoted stays so, and is a text.
        const bool plain = count.style == yaml::Style::plain;
        count.untyped = false;
        count.type = plain ? yaml::Type::integer : yaml::Type::string;
        count.text = text;
        count.mark = replica.count_mark;
        return {};
    };
    return visit_field(build.arena(), *object.root, spec, Missing::make_scalar, set,
                       replica.count_mark);
}

}  // namespace

Result<void> apply_replicas(Build& build, Resources& objects, std::span<const Replica> replicas,
                            std::span<const FieldSpec> specs) {
    if (replicas.empty()) return {};
    const ByName named = by_any_name(objects);
    for (const Replica& replica : replicas) {
        bool found = false;
        const auto candidates = named.find(replica.name.value);
        for (const FieldSpec& spec : specs) {
            if (candidates == named.end()) break;
            for (Resource* const object : candidates->second) {
                if (!was_selected(*object, replica.name.value, spec)) continue;
                found = true;
                TRY(set_count(build, *object, spec, replica));
            }
        }
        if (!found)
            return fail(Error::Kind::invalid,
                        "resource with name " + std::string(replica.name.value) +
                            " does not match a config with the following GVK: Deployment, "
                            "StatefulSet, ReplicaSet, ReplicationController",
                        "name an object of one of these kinds", replica.name.mark.location());
    }
    return {};
}

}  // namespace lockstep::kustomize
