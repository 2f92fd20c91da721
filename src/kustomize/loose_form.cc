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

Result<void> loosen_within(yaml::Arena& arena, yaml::Node& mapping, std::string_view name,
                           const LooseFields& fields) {
    yaml::Node* const field = TRY(find_field(mapping, name));
    return field == nullptr ? Result<void>() : loosen_fields(arena, *field, fields);
}

/// The target of a replacement; no text of it is loosened.
Result<void> loosen_target(yaml::Arena& arena, yaml::Node& target, const LooseFields& options) {
    const LooseFields selector = {
        {},
        {"group", "version", "kind", "name", "namespace", "annotationSelector", "labelSelector"}};
    TRY(loosen_fields(arena, target, {{}, {"select", "reject", "fieldPaths", "options"}}));
    TRY(loosen_within(arena, target, "select", selector));
    TRY(loosen_within(arena, target, "options", options));
    yaml::Node* const rejects = TRY(find_field(target, "reject"));
    if (rejects == nullptr) return {};
    for (yaml::Node* const reject : rejects->items) TRY(loosen_fields(arena, *reject, selector));
    return {};
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
    return loosen_within(arena, node, "options",
                         {{}, {"labels", "annotations", "disableNameSuffixHash", "immutable"}});
}

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Replacement>) {
    TRY(loosen_fields(arena, node, {{"path"}, {"source", "sourceValue", "targets"}}));
    const LooseFields options = {{}, {"delimiter", "index", "encoding", "create"}};
    if (yaml::Node* const source = TRY(find_field(node, "source"))) {
        TRY(loosen_fields(
            arena, *source,
            {{}, {"group", "version", "kind", "name", "namespace", "fieldPath", "options"}}));
        TRY(loosen_within(arena, *source, "options", options));
    }
    yaml::Node* const targets = TRY(find_field(node, "targets"));
    if (targets == nullptr) return {};
    for (yaml::Node* const target : targets->items) TRY(loosen_target(arena, *target, options));
    return {};
}

}  // namespace lockstep::kustomize
