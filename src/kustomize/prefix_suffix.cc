#include "kustomize/prefix_suffix.h"

#include <string>
#include <vector>

#include "kustomize/node_kind.h"
#include "kustomize/scalar.h"

namespace lockstep::kustomize {

namespace {

bool keeps_its_name(const Gvk& gvk) {
    return gvk.kind == "CustomResourceDefinition" || gvk.kind == "Namespace" ||
           (gvk.kind == "APIService" && gvk.group == "apiregistration.k8s.io");
}

using Names = std::vector<std::string_view> Resource::*;

/// What is added to a name, on which side.
struct Addition {
    const Text& text;
    Names history;
    bool before;

    std::string to(std::string_view name) const {
        const std::string_view added = text.value;
        return before ? std::string(added).append(name) : std::string(name).append(added);
    }
};

Result<void> add_at(Build& build, Resource& object, const FieldSpec& spec,
                    const Addition& addition) {
    // Whether there are annotations depends on the notes that kustomize keeps in them.
    if (spec.path == "metadata/annotations")
        return fail(Error::Kind::unsupported, "unsupported: a prefix or suffix of annotations", {},
                    addition.text.mark.location());
    if (spec.path == "metadata/name" && !addition.text.empty()) {
        (object.*addition.history).push_back(addition.text.value);
        object.remember_id();
    }
    if (!spec.matches(object.gvk())) return {};
    const auto set = [&](yaml::Node& name) -> Result<void> {
        if (!name.is_scalar())
            return fail(Error::Kind::invalid,
                        wrong_node_kind(yaml::Kind::scalar, name) + ": expected a name here", {},
                        name.mark.location());
        set_untyped(name, build.arena().copy(addition.to(name.text)), addition.text.mark);
        return {};
    };
    return visit_field(build.arena(), *object.root, spec, Missing::make_scalar, set,
                       addition.text.mark);
}

Result<void> add(Build& build, Resources& objects, const Addition& addition,
                 std::span<const FieldSpec> specs) {
    for (Resource* const object : objects) {
        const Gvk original = object->original_id().gvk;
        if (keeps_its_name(original)) continue;
        for (const FieldSpec& spec : specs)
            if (spec.matches(original)) TRY(add_at(build, *object, spec, addition));
        TRY(build.check_size());
    }
    objects.ids_changed();
    return {};
}

}  // namespace

Result<void> apply_prefix(Build& build, Resources& objects, const Text& prefix,
                          std::span<const FieldSpec> specs) {
    return add(build, objects, {prefix, &Resource::prefixes, true}, specs);
}

Result<void> apply_suffix(Build& build, Resources& objects, const Text& suffix,
                          std::span<const FieldSpec> specs) {
    return add(build, objects, {suffix, &Resource::suffixes, false}, specs);
}

}  // namespace lockstep::kustomize
