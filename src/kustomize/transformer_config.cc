#include "kustomize/transformer_config.h"

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "kustomize/order.h"

namespace lockstep::kustomize {

namespace {

using Fields = TransformerConfig::Fields;
using NameReferences = std::span<const NameReferenceSpec>;

// Merging compares each with each, as kustomize does.
constexpr std::size_t fields_max = 2000;

/// Whether `spec` stands at the path of `other` and its kinds are among those `other` selects.
bool is_among(const FieldSpec& spec, const FieldSpec& other) {
    return spec.path == other.path && other.matches({spec.group, spec.version, spec.kind});
}

/// What kustomize sorts field specs by.
auto rank(const FieldSpec& spec) {
    const auto or_else = [](std::string_view text, std::string_view other) {
        return std::string(text.empty() ? other : text);
    };
    std::string text = or_else(spec.group, "~G") + '_' + or_else(spec.version, "~V") + '_' +
                       or_else(spec.kind, "~K");
    return std::tuple(kind_rank(spec.kind), std::move(text));
}

template <typename T>
std::span<const T> in_arena(yaml::Arena& arena, const std::vector<T>& list) {
    if (list.empty()) return {};
    T* const made = static_cast<T*>(arena.allocate(list.size() * sizeof(T), alignof(T)));
    std::uninitialized_copy(list.begin(), list.end(), made);
    return {made, list.size()};
}

template <typename T>
bool is_same(std::span<const T> a, std::span<const T> b) {
    return a.data() == b.data() && a.size() == b.size();
}

std::unexpected<Error> too_many() {
    return fail(Error::Kind::unsupported, "unsupported: more than " + std::to_string(fields_max) +
                                              " field specs of one transformer");
}

Result<void> add_new(std::vector<FieldSpec>& all, Fields more) {
    if (more.size() > fields_max) return too_many();
    for (const FieldSpec& spec : more) {
        const auto same = std::ranges::find_if(
            all, [&](const FieldSpec& known) { return is_among(known, spec); });
        if (same == all.end()) {
            all.push_back(spec);
        } else if (same->create != spec.create) {
            return fail(Error::Kind::invalid,
                        "conflicting fieldspecs for `" + std::string(spec.path) + "`",
                        "one creates the field, another does not: make them agree");
        }
        if (all.size() > fields_max) return too_many();
    }
    return {};
}

/// Sorting may bring a field spec for few kinds before one for more kinds, which is then taken for
/// a repetition and dropped by the next merge: so kustomize lets configurations override.
Result<Fields> merged_fields(yaml::Arena& arena, Fields fields, Fields more) {
    if (more.empty()) return fields;
    std::vector<FieldSpec> all(fields.begin(), fields.end());
    TRY(add_new(all, more));
    std::ranges::stable_sort(all, {}, rank);
    return in_arena(arena, all);
}

Result<NameReferences> merged_references(yaml::Arena& arena, NameReferences known,
                                         NameReferences more) {
    if (more.empty()) return known;  // the default ones stand in their order
    if (known.empty() || is_same(known, more)) return more;
    const NameReferences all = TRY(with_references(arena, known, more));
    std::vector<NameReferenceSpec> sorted(all.begin(), all.end());
    std::ranges::stable_sort(sorted, {}, [](const auto& spec) { return rank(spec.target); });
    return in_arena(arena, sorted);
}

}  // namespace

Result<Fields> with_fields(yaml::Arena& arena, Fields fields, Fields more) {
    std::vector<FieldSpec> all(fields.begin(), fields.end());
    TRY(add_new(all, more));
    return all.size() == fields.size() ? fields : in_arena(arena, all);
}

Result<NameReferences> with_references(yaml::Arena& arena, NameReferences known,
                                       NameReferences more) {
    std::vector<NameReferenceSpec> all(known.begin(), known.end());
    for (const NameReferenceSpec& spec : more) {
        const auto same = std::ranges::find_if(all, [&](const NameReferenceSpec& other) {
            return std::tie(other.target.group, other.target.version, other.target.kind) ==
                   std::tie(spec.target.group, spec.target.version, spec.target.kind);
        });
        if (same == all.end())
            all.push_back(spec);
        else
            same->referrers = TRY(with_fields(arena, same->referrers, spec.referrers));
        if (all.size() > fields_max) return too_many();
    }
    return in_arena(arena, all);
}

FieldSpec field_spec(const FieldSpecEntry& entry) {
    return {entry.group.value, entry.version.value, entry.kind.value, entry.path.value,
            entry.create};
}

Fields field_specs(yaml::Arena& arena, const std::vector<FieldSpecEntry>& entries) {
    std::vector<FieldSpec> specs;
    specs.reserve(entries.size());
    for (const FieldSpecEntry& entry : entries) specs.push_back(field_spec(entry));
    return in_arena(arena, specs);
}

Fields sorted_fields(yaml::Arena& arena, const std::vector<FieldSpecEntry>& entries) {
    const Fields fields = field_specs(arena, entries);
    std::vector<FieldSpec> sorted(fields.begin(), fields.end());
    std::ranges::stable_sort(sorted, {}, rank);
    return in_arena(arena, sorted);
}

TransformerConfig default_config() {
    TransformerConfig config;
    config.name_prefix = default_name_fields();
    config.name_suffix = default_name_fields();
    config.space = default_namespace_fields();
    config.common_labels = default_common_label_fields();
    config.template_labels = default_template_label_fields();
    config.volume_claim_template_labels = default_volume_claim_template_label_fields();
    config.common_annotations = default_annotation_fields();
    config.images = default_image_fields();
    config.replicas = default_replica_fields();
    config.variables = default_variable_fields();
    config.name_references = default_name_references();
    return config;
}

Result<TransformerConfig> merged(yaml::Arena& arena, const TransformerConfig& config,
                                 const TransformerConfig& more) {
    using T = TransformerConfig;
    const T own = default_config();
    T all;
    for (Fields T::*const list :
         {&T::name_prefix, &T::name_suffix, &T::space, &T::common_labels, &T::labels,
          &T::template_labels, &T::volume_claim_template_labels, &T::common_annotations, &T::images,
          &T::replicas, &T::variables}) {
        // The default lists, nearly always all there is, hold no repetition.
        const bool is_settled = is_same(more.*list, own.*list) &&
                                ((config.*list).empty() || is_same(config.*list, own.*list));
        all.*list = is_settled ? own.*list : TRY(merged_fields(arena, config.*list, more.*list));
    }
    all.name_references =
        TRY(merged_references(arena, config.name_references, more.name_references));
    return all;
}

}  // namespace lockstep::kustomize
