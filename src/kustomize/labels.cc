#include "kustomize/labels.h"

#include <span>
#include <string>
#include <vector>

#include "kustomize/field_spec.h"
#include "kustomize/text_map.h"

namespace lockstep::kustomize {

namespace {

/// Sets `key` of a mapping; a value that is there keeps its style.
Result<void> set_pair(yaml::Arena& arena, yaml::Node& map, const Text& key, const Text& value) {
    if (!map.is_mapping())
        return fail(Error::Kind::invalid,
                    "`" + std::string(key.value) + "` cannot be set: this is no mapping", {},
                    map.mark.location());
    yaml::Node* const text = yaml::make_string(arena, value.value, value.mark);
    if (const yaml::Node* const old = map.find(key.value)) {
        if (old->is_scalar()) text->style = old->style;
        map.set(arena, key.value, text);
        return {};
    }
    yaml::Node* const new_key = TRY(make_key(arena, key.value, key.mark));
    map.pairs.push_back(arena, {new_key, text});
    return {};
}

Result<void> set_pairs(Build& build, Resources& objects, const Pairs& pairs,
                       std::span<const FieldSpec> specs) {
    for (Resource* const object : objects) {
        const Gvk gvk = object->gvk();
        for (const FieldSpec& spec : specs) {
            if (!spec.matches(gvk)) continue;
            const auto set = [&](yaml::Node& map) -> Result<void> {
                for (const auto& [key, value] : pairs)
                    TRY(set_pair(build.arena(), map, key, value));
                return {};
            };
            TRY(visit_field(build.arena(), *object->root, spec, Missing::make_mapping, set,
                            pairs.front().first.mark));
        }
    }
    return {};
}

/// Whether `spec` stands for everything `other` does, at the same path.
bool covers(const FieldSpec& spec, const FieldSpec& other) {
    const auto selected = [](std::string_view is, std::string_view wanted) {
        return wanted.empty() || is == wanted;
    };
    return spec.path == other.path && selected(spec.group, other.group) &&
           selected(spec.version, other.version) && selected(spec.kind, other.kind);
}

/// The field specs of one entry, without the ones that are there already.
class Specs {
  public:
    Result<void> add(const FieldSpec& spec) {
        for (const FieldSpec& known : specs_) {
            if (!covers(known, spec)) continue;
            if (known.create == spec.create) return {};
            return fail(Error::Kind::invalid,
                        "conflicting field specs for `" + std::string(spec.path) + "`");
        }
        specs_.push_back(spec);
        return {};
    }
    Result<void> add_all(std::span<const FieldSpec> specs) {
        for (const FieldSpec& spec : specs) TRY(add(spec));
        return {};
    }
    std::span<const FieldSpec> list() const { return specs_; }

  private:
    std::vector<FieldSpec> specs_;
};

Result<Specs> specs_of(const Label& label) {
    Specs specs;
    for (const FieldSpecEntry& field : label.fields)
        TRY(specs.add({field.group.value, field.version.value, field.kind.value, field.path.value,
                       field.create}));
    if (label.include_selectors) {
        TRY(specs.add_all(default_common_label_fields()));
        return specs;
    }
    if (label.include_templates) TRY(specs.add_all(default_template_label_fields()));
    if (label.include_volume_claim_templates)
        TRY(specs.add_all(default_volume_claim_template_label_fields()));
    TRY(specs.add({{}, {}, {}, "metadata/labels", true}));
    return specs;
}

}  // namespace

Result<void> apply_labels(Build& build, Resources& objects, const Kustomization& file) {
    for (const Label& label : file.labels) {
        const Specs specs = TRY(specs_of(label));
        if (!label.pairs.empty()) TRY(set_pairs(build, objects, label.pairs, specs.list()));
    }
    if (file.common_labels.empty()) return {};
    return set_pairs(build, objects, file.common_labels, default_common_label_fields());
}

Result<void> apply_annotations(Build& build, Resources& objects, const Pairs& annotations) {
    if (annotations.empty()) return {};
    return set_pairs(build, objects, annotations, default_annotation_fields());
}

}  // namespace lockstep::kustomize
