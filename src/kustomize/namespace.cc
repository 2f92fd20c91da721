#include "kustomize/namespace.h"

#include <string>
#include <unordered_set>

#include "kustomize/helm_charts.h"
#include "kustomize/node_kind.h"

namespace lockstep::kustomize {

namespace {

constexpr FieldSpec metadata_namespace = {{}, {}, {}, "metadata/namespace", true};

using Subjects = NamespaceChange::Subjects;

/// Sets the texts of scalars to the namespace.
class Setter {
  public:
    Setter(Build& build, const NamespaceChange& change)
        : build_(build), change_(change), space_(change.space) {}

    Result<void> set(yaml::Node& scalar) const {
        if (!scalar.is_scalar())
            return fail(Error::Kind::invalid,
                        wrong_node_kind(yaml::Kind::scalar, scalar) +
                            ": expected the name of a namespace here",
                        {}, scalar.mark.location());
        if (change_.unset_only && !scalar.is_null() && !scalar.text.empty()) return {};
        scalar.untyped = false;
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

    /// kustomize takes a null for the text "null" where it asks whether there is one.
    Result<void> at_metadata(yaml::Node& object) const {
        const yaml::Node* const old = object.at("metadata", "namespace");
        if (change_.unset_only && old != nullptr && old->is_null()) return {};
        return at(object, metadata_namespace);
    }

    Result<void> at_subjects(yaml::Node& binding) const {
        if (change_.subjects == Subjects::none) return {};
        yaml::Node* const subjects = binding.find("subjects");
        if (subjects == nullptr || subjects->is_null()) return {};
        if (!subjects->is_sequence())
            return fail(Error::Kind::invalid, "`subjects` is no list", {},
                        subjects->mark.location());
        for (yaml::Node* const subject : subjects->items) {
            if (!is_meant(*subject)) continue;
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
    /// Whether a subject is set: one named `default` is, whatever it is.
    bool is_meant(const yaml::Node& subject) const {
        return change_.subjects == Subjects::named_default
                   ? subject.text_of("name") == "default"
                   : subject.text_of("kind") == "ServiceAccount";
    }

    Build& build_;
    const NamespaceChange& change_;
    const Text& space_;
};

bool is_role_binding(std::string_view kind) {
    return kind == "RoleBinding" || kind == "ClusterRoleBinding";
}

Result<void> set_namespace(const Setter& setter, std::span<const FieldSpec> specs,
                           Resource& object) {
    yaml::Node& root = *object.root;
    const Gvk gvk = object.gvk();
    if (!is_cluster_scoped(gvk)) TRY(setter.at_metadata(root));
    if (is_role_binding(gvk.kind)) TRY(setter.at_subjects(root));
    for (const FieldSpec& spec : specs) {
        if (spec.path == metadata_namespace.path || !spec.matches(gvk)) continue;
        // Subjects are set above; only core objects are renamed, not what other groups call so.
        if (is_role_binding(spec.kind) && spec.path == "subjects/namespace") continue;
        if (spec.path == "metadata/name" && root.text_of("apiVersion") != "v1") continue;
        TRY(setter.at(root, spec));
    }
    return {};
}

}  // namespace

Result<void> set_namespace(Build& build, Resource& object, const NamespaceChange& change) {
    return set_namespace(Setter(build, change), change.specs, object);
}

Result<void> apply_namespace(Build& build, Resources& objects, const NamespaceChange& change) {
    if (change.space.empty()) return {};
    const Setter setter(build, change);
    std::unordered_set<Id, Id::Hash> ids;
    for (Resource* const object : objects) {
        // helm has decided where those belong.
        if (!is_from_chart(*object->root)) {
            object->remember_id();
            TRY(set_namespace(setter, change.specs, *object));
        }
        const Id id = object->id();
        if (!ids.insert(id).second)
            return fail(Error::Kind::invalid,
                        "namespace transformation produces ID conflict: " + to_string(id), {},
                        change.space.mark.location());
    }
    objects.ids_changed();
    return {};
}

}  // namespace lockstep::kustomize
