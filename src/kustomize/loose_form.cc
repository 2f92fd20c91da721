#include "kustomize/loose_form.h"

#include <algorithm>
#include <string>

#include "kustomize/decode.h"
#include "kustomize/json_form.h"
#include "yaml/number.h"

namespace lockstep::kustomize {

namespace {

bool contains(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::ranges::any_of(names, [&](std::string_view one) { return same_name(one, name); });
}

/// A number's text, as Go writes one of the size that it gives a number on its way to a text.
std::string number_text(const yaml::Node& number) {
    const std::optional<double> real = yaml::parse_real(number.text);
    if (number.type == yaml::Type::integer || !real) return std::string(number.text);
    return go_g32(static_cast<float>(*real));
}

}  // namespace

Result<yaml::Node*> find_field(yaml::Node& mapping, std::string_view name) {
    yaml::Node* found = nullptr;
    for (const yaml::Pair& pair : mapping.pairs) {
        if (!same_name(pair.key->text, name)) continue;
        if (found != nullptr) return repeated_field(*pair.key);
        found = pair.value;
    }
    return found;
}

Result<void> loosen_fields(yaml::Arena& arena, yaml::Node& mapping, const LooseFields& fields) {
    if (!mapping.is_mapping()) return {};
    yaml::List<yaml::Pair> kept;
    for (const yaml::Pair& pair : mapping.pairs) {
        const bool is_text = contains(fields.texts, pair.key->text);
        if (!is_text && !contains(fields.others, pair.key->text)) continue;
        if (is_text) TRY(loosen(arena, *pair.value, As<Text>{}));
        kept.push_back(arena, pair);
    }
    mapping.pairs = kept;
    return {};
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Text>) {
    const bool is_number = node.type == yaml::Type::integer || node.type == yaml::Type::real;
    if (!node.is_scalar() || (!is_number && node.type != yaml::Type::boolean)) return {};
    if (is_number) {
        node.text = arena.copy(number_text(node));
    } else {
        bool value = false;
        TRY(decode(node, value));
        node.text = value ? "true" : "false";
    }
    node.type = yaml::Type::string;
    return {};
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Pairs>) {
    for (const yaml::Pair& pair : node.pairs) TRY(loosen(arena, *pair.value, As<Text>{}));
    return {};
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<FieldSpecEntry>) {
    return loosen_fields(arena, node, {{"path"}, {"group", "version", "kind", "create"}});
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<SelectorEntry>) {
    return loosen_fields(arena, node,
                         {{"annotationSelector", "labelSelector"},
                          {"group", "version", "kind", "name", "namespace"}});
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<PatchOptions>) {
    return loosen_fields(arena, node, {{}, {"allowNameChange", "allowKindChange"}});
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Image>) {
    return loosen_fields(arena, node, {{"name", "newName", "tagSuffix", "newTag", "digest"}, {}});
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Replica>) {
    return loosen_fields(arena, node, {{"name"}, {"count"}});
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Generator>) {
    TRY(loosen_fields(arena, node,
                      {{},
                       {"name", "namespace", "behavior", "literals", "files", "envs", "env",
                        "options", "type"}}));
    yaml::Node* const options = TRY(find_field(node, "options"));
    if (options == nullptr) return {};
    return loosen_fields(arena, *options,
                         {{}, {"labels", "annotations", "disableNameSuffixHash", "immutable"}});
}

}  // namespace lockstep::kustomize
