#include "kustomize/namespace.h"

#include <string>
#include <unordered_set>

#include "kustomize/field_spec.h"

namespace lockstep::kustomize {

namespace {

constexpr FieldSpec metadata_namespace = {{}, {}, {}, "metadata/namespace", true};

/// Sets the texts of scalars to the namespace.
class Setter {
  public:
    Setter(Build& build, const Text& space) : build_(build), space_(space) {}

    Result<void> set(yaml::Node& scalar) const {
        if (!scalar.is_scalar())
            return fail(Error::Kind::invalid, "expected the name of a namespace here", {},
                        scalar.mark.location());
        scalar.type = yaml::Type::string;
        scalar.text = space_.value;
        scalar.mark = space_.mark;
        return {};
    }

    Result<void> at(yaml::Node& object, const FieldSpec& spec) const {
        return visit_field(
            build_.arena(), object, spec, Missing::make_scalar,
            [this](yaml::Node& scalar) { return set(scalar); }, space_.mark);
    }

    /// Only subjects named `default` are set, whatever they are.
    Result<void> at_subjects(yaml::Node& binding) const {
        yaml::Node* const subjects = binding.find("subjects");
        if (subjects == nullptr || subjects->is_null()) return {};
        if (!subjects->is_sequence())
            return fail(Error::Kind::invalid, "`subjects` is no list", {},
                        subjects->mark.location());
        for (yaml::Node* const subject : subjects->items) {
            if (subject->text_of("name") != "default") continue;
            yaml::Node* const old = subject->find("namespace");
            if (old != nullptr && !old->is_null()) {
                TRY(set(*old));
                continue;
            }
            subject->set(build_.arena(), "namespace",
                         yaml::make_string(build_.arena(), space_.value, space_.mark));
        }
        return {};
    }

  private:
    Build& build_;
    const Text& space_;
};

Result<void> set_namespace(const Setter& setter, Resource& object) {
    yaml::Node& root = *object.root;
    const Gvk gvk = object.gvk();
    if (!is_cluster_scoped(gvk)) TRY(setter.at(root, metadata_namespace));
    if (gvk.kind == "RoleBinding" || gvk.kind == "ClusterRoleBinding")
        TRY(setter.at_subjects(root));
    for (const FieldSpec& spec : default_namespace_fields()) {
        if (spec.path == metadata_namespace.path || !spec.matches(gvk)) continue;
        // Only core Namespaces are renamed, not what other groups call so.
        if (spec.path == "metadata/name" && root.text_of("apiVersion") != "v1") continue;
        TRY(setter.at(root, spec));
    }
    return {};
}

}  // namespace

Result<void> apply_namespace(Build& build, Resources& objects, const Text& space) {
    if (space.empty()) return {};
    const Setter setter(build, space);
    std::unordered_set<Id, Id::Hash> ids;
    for (Resource* const object : objects) {
        object->remember_id();
        TRY(set_namespace(setter, *object));
        const Id id = object->id();
        if (!ids.insert(id).second)
            return fail(Error::Kind::invalid,
                        "namespace transformation produces ID conflict: " + to_string(id), {},
                        space.mark.location());
    }
    objects.ids_changed();
    return {};
}

}  // namespace lockstep::kustomize
