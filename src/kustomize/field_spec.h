#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "kustomize/resource.h"
#include "yaml/arena.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// A field of some kinds of object. An empty group, version or kind stands for any.
///
/// The parts of `path` are separated by '/', a slash within a part is written "\/". A list on the
/// way stands for each of its elements, whether or not the part says so with a final "[]"; a part
/// that says so is never created. The texts outlive the objects they are used on.
struct FieldSpec {
    std::string_view group;
    std::string_view version;
    std::string_view kind;
    std::string_view path;
    bool create = false;

    bool matches(const Gvk& gvk) const {
        return (kind.empty() || kind == gvk.kind) && (group.empty() || group == gvk.group) &&
               (version.empty() || version == gvk.version);
    }
};

/// What stands at the end of a path where it is created.
enum class Missing { skip, make_mapping, make_sequence, make_scalar };

/// Called with each node at the end of a path: of any kind, null and lists included. May change the
/// node in place.
using Visit = std::function<Result<void>(yaml::Node& node)>;

/// Calls `visit` for each node of `object` at `spec.path`, in order of the document; the caller has
/// asked `spec.matches`. Where the path ends early nothing happens, unless the spec says `create`
/// and `missing` is not `skip`: then mappings are made on the way (a null becomes one too) and what
/// `missing` says at the end. A created scalar is an empty null, one that was null
/// a text that reads "null"; `mark` is its place.
///
/// Errors: `invalid` where a scalar stands on the way, or a part is empty; what `visit` returns.
/// The error has the place of the node at fault.
Result<void> visit_field(yaml::Arena& arena, yaml::Node& object, const FieldSpec& spec,
                         Missing missing, const Visit& visit, yaml::Mark mark = {});

/// kustomize's own field specs, before `configurations` add to them.
std::span<const FieldSpec> default_image_fields();
std::span<const FieldSpec> default_name_fields();  // of namePrefix and nameSuffix
std::span<const FieldSpec> default_namespace_fields();
std::span<const FieldSpec> default_common_label_fields();
std::span<const FieldSpec> default_template_label_fields();
std::span<const FieldSpec> default_volume_claim_template_label_fields();
std::span<const FieldSpec> default_annotation_fields();
std::span<const FieldSpec> default_replica_fields();
std::span<const FieldSpec> default_variable_fields();

/// Which fields name objects of `target`: its kind is matched as a FieldSpec's.
struct NameReferenceSpec {
    FieldSpec target;  // without a path
    std::span<const FieldSpec> referrers;
};
std::span<const NameReferenceSpec> default_name_references();

}  // namespace lockstep::kustomize
