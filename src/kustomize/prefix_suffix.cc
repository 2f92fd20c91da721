#include "kustomize/prefix_suffix.h"

#include <string>

#include "kustomize/field_spec.h"
#include "kustomize/scalar.h"

namespace lockstep::kustomize {

namespace {

bool keeps_its_name(const Gvk& gvk) {
    return gvk.kind == "CustomResourceDefinition" || gvk.kind == "Namespace" ||
           (gvk.kind == "APIService" && gvk.group == "apiregistration.k8s.io");
}

/// `compose(old name)` is the new one; `history(object)` remembers what was added.
template <typename Compose, typename History>
Result<void> rename(Build& build, Resources& objects, yaml::Mark mark, Compose&& compose,
                    History&& history) {
    for (Resource* const object : objects) {
        const Gvk original = object->original_id().gvk;
        if (keeps_its_name(original)) continue;
        for (const FieldSpec& spec : default_name_fields()) {
            if (!spec.matches(original) || !spec.matches(object->gvk())) continue;
            history(*object);
            object->remember_id();
            const auto set = [&](yaml::Node& name) -> Result<void> {
                if (!name.is_scalar())
                    return fail(Error::Kind::invalid, "expected a name here", {},
                                name.mark.location());
                set_untyped(name, build.arena().copy(compose(std::string(name.text))), mark);
                return {};
            };
            TRY(visit_field(build.arena(), *object->root, spec, Missing::skip, set));
        }
    }
    objects.ids_changed();
    return {};
}

}  // namespace

Result<void> apply_prefix(Build& build, Resources& objects, const Text& prefix) {
    if (prefix.empty()) return {};
    return rename(
        build, objects, prefix.mark,
        [&](std::string name) { return std::string(prefix.value) + std::move(name); },
        [&](Resource& object) { object.prefixes.push_back(prefix.value); });
}

Result<void> apply_suffix(Build& build, Resources& objects, const Text& suffix) {
    if (suffix.empty()) return {};
    return rename(
        build, objects, suffix.mark,
        [&](std::string name) { return std::move(name) + std::string(suffix.value); },
        [&](Resource& object) { object.suffixes.push_back(suffix.value); });
}

}  // namespace lockstep::kustomize
