#include "kustomize/finish.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "kustomize/internal_notes.h"
#include "kustomize/labels.h"
#include "kustomize/text_map.h"

namespace lockstep::kustomize {

namespace {

// Annotations that are removed at the end whoever set them.
constexpr std::array<std::string_view, 8> removed_names = {
    "internal.config.kubernetes.io/path",
    "internal.config.kubernetes.io/index",
    "internal.config.kubernetes.io/seqindent",
    "internal.config.kubernetes.io/id",
    "internal.config.kubernetes.io/annotations-migration-resource-id",
    "config.kubernetes.io/path",
    "config.kubernetes.io/index",
    "config.k8s.io/id"};
constexpr std::string_view origin = "config.kubernetes.io/origin";
constexpr std::string_view transformations = "alpha.config.kubernetes.io/transformations";
constexpr FieldSpec labels = {.path = "metadata/labels", .create = true};

template <typename List>
bool contains(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_local_config(const Resource& object) {
    const yaml::Node* const value =
        object.root->at("metadata", "annotations", "config.kubernetes.io/local-config");
    return value != nullptr && value->text != "false";
}

Result<void> check_identity(const Resource& object) {
    const std::string_view kind = object.root->text_of("kind");
    const yaml::Node* const name = object.root->at("metadata", "name");
    const bool is_named = name != nullptr && !name->is_null() && !name->text.empty();
    if (!kind.empty() && (is_named || kind.ends_with("List"))) return {};
    return fail(Error::Kind::invalid,
                kind.empty() ? "missing kind in object"
                             : "missing metadata.name in object of kind " + std::string(kind),
                "something that works on the object takes it away", object.root->mark.location());
}

Result<void> rewrite_annotations(yaml::Arena& arena, const BuildMetadata& asked,
                                 yaml::Node& object) {
    yaml::Node* metadata = object.find("metadata");
    if (metadata == nullptr || metadata->is_null()) {
        metadata = yaml::make_mapping(arena);
        object.set(arena, "metadata", metadata);
    }
    const yaml::Node* const annotations = metadata->find("annotations");
    if (annotations == nullptr) return {};
    if (annotations->is_sequence() && !annotations->items.empty())
        return fail(Error::Kind::invalid, "the annotations are a list", {},
                    annotations->mark.location());
    TextMap texts = read_text_map(metadata, "annotations");
    std::erase_if(texts, [&](const auto& entry) {
        return contains(removed_names, entry.first) || is_internal_note(entry.first) ||
               (entry.first == origin && !asked.origins) ||
               (entry.first == transformations && !asked.transformations);
    });
    return write_text_map(arena, *metadata, "annotations", texts);
}

}  // namespace

Result<void> finish(Build& build, const BuildMetadata& metadata, Resources& objects) {
    objects.remove_if(is_local_config);
    if (metadata.managed_by || build.options().managed_by_label) {
        const Pairs label = {{{"app.kubernetes.io/managed-by", {}}, {"kustomize-v5.8.2", {}}}};
        TRY(set_pairs(build, objects, label, std::span(&labels, 1)));
    }
    for (const Resource* const object : objects) TRY(check_identity(*object));
    for (Resource* const object : objects)
        TRY(rewrite_annotations(build.arena(), metadata, *object->root));
    return {};
}

}  // namespace lockstep::kustomize
