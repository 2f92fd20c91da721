#include "kustomize/labels.h"

#include <string>

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

}  // namespace

Result<std::span<const FieldSpec>> label_fields(yaml::Arena& arena, const Label& label,
                                                const TransformerConfig& config) {
    static constexpr FieldSpec metadata = {{}, {}, {}, "metadata/labels", true};
    TransformerConfig::Fields specs =
        TRY(with_fields(arena, field_specs(arena, label.fields), config.labels));
    const auto add = [&](TransformerConfig::Fields more) -> Result<void> {
        specs = TRY(with_fields(arena, specs, more));
        return {};
    };
    if (label.include_selectors) {
        TRY(add(config.common_labels));
        return specs;
    }
    if (label.include_templates) TRY(add(config.template_labels));
    if (label.include_volume_claim_templates) TRY(add(config.volume_claim_template_labels));
    TRY(add({&metadata, 1}));
    return specs;
}

Result<void> set_pairs(Build& build, Resources& objects, const Pairs& pairs,
                       std::span<const FieldSpec> specs) {
    if (pairs.empty()) return {};
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

}  // namespace lockstep::kustomize
