#include "kustomize/labels.h"

#include <string>
#include <utility>

#include "kustomize/scalar.h"
#include "kustomize/text_map.h"

namespace lockstep::kustomize {

namespace {

/// One pair on its way into all the places of one object. kustomize makes one node for it, which
/// all the new fields share from then on: what changes one of them later changes the others.
class PairSetter {
  public:
    PairSetter(yaml::Arena& arena, const std::pair<Text, Text>& pair)
        : arena_(arena),
          pair_(pair),
          text_(yaml::make_string(arena, pair.second.value, pair.second.mark)) {}

    /// A value that is there keeps its style. A null stays one.
    Result<void> set(yaml::Node& map) {
        if (map.is_null()) return {};
        const Text& key = pair_.first;
        quote_if_misread(*text_);
        if (!map.is_mapping())
            return fail(Error::Kind::invalid,
                        "`" + std::string(key.value) + "` cannot be set: this is no mapping", {},
                        map.mark.location());
        if (yaml::Node* const old = map.find(key.value)) {
            text_->style = old->is_scalar() ? old->style : yaml::Style::plain;
            *old = *text_;
            return {};
        }
        yaml::Node* const new_key = TRY(make_key(arena_, key.value, key.mark));
        map.pairs.push_back(arena_, {new_key, text_});
        return {};
    }

  private:
    yaml::Arena& arena_;
    const std::pair<Text, Text>& pair_;
    yaml::Node* text_;
};

/// kustomize keeps notes in an object's annotations, and has no null there: field specs find them.
bool has_annotations(const Resource& object) {
    const yaml::Node* const annotations = object.root->at("metadata", "annotations");
    return annotations != nullptr || !object.former.empty() || !object.prefixes.empty() ||
           !object.suffixes.empty() || object.behavior != Behavior::unset;
}

FieldSpec as_seen(FieldSpec spec, const Resource& object) {
    if (spec.path == "metadata/annotations") spec.create = spec.create || has_annotations(object);
    return spec;
}

Result<void> set_pair(yaml::Arena& arena, Resource& object, const std::pair<Text, Text>& pair,
                      std::span<const FieldSpec> specs) {
    PairSetter setter(arena, pair);
    const Gvk gvk = object.gvk();
    const auto set = [&](yaml::Node& map) { return setter.set(map); };
    for (const FieldSpec& spec : specs)
        if (spec.matches(gvk))
            TRY(visit_field(arena, *object.root, as_seen(spec, object), Missing::make_mapping, set,
                            pair.first.mark));
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
    for (Resource* const object : objects)
        for (const auto& pair : pairs) {
            TRY(set_pair(build.arena(), *object, pair, specs));
            TRY(build.check_size());
        }
    return {};
}

}  // namespace lockstep::kustomize
