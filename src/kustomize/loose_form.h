#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kustomize/kustomization.h"
#include "kustomize/replacement_entry.h"
#include "yaml/arena.h"
#include "yaml/node.h"

/// Transformers and generators that are written as objects are decoded less strictly than a
/// kustomization file: unknown fields are passed over, and where a text belongs, numbers and
/// booleans become their text. `loosen` changes a tree so that the strict decoders take it; the
/// overload says what it is decoded to. A field that Go embeds does not take numbers.
namespace lockstep::kustomize {

template <typename T>
struct As {};

Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Text> type);
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Pairs> type);
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<FieldSpecEntry> type);
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<SelectorEntry> type);
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<PatchOptions> type);
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Image> type);
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Replica> type);
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Generator> type);
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<Replacement> type);
inline Result<void> loosen(yaml::Arena&, yaml::Node&, As<bool>) {
    return {};
}
inline Result<void> loosen(yaml::Arena&, yaml::Node&, As<std::int64_t>) {
    return {};
}

template <typename T>
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<std::vector<T>>) {
    for (yaml::Node* const item : node.items) TRY(loosen(arena, *item, As<T>{}));
    return {};
}
template <typename T>
Result<void> loosen(yaml::Arena& arena, yaml::Node& node, As<std::optional<T>>) {
    return loosen(arena, node, As<T>{});
}

struct LooseFields {
    std::initializer_list<std::string_view> texts;
    std::initializer_list<std::string_view> others;
};

/// Drops the fields of a mapping that are not named, and loosens those that are texts.
Result<void> loosen_fields(yaml::Arena& arena, yaml::Node& mapping, const LooseFields& fields);

/// The value of a field, its name compared without regard to case; null where there is none.
/// `unsupported` where it is there in two spellings.
Result<yaml::Node*> find_field(yaml::Node& mapping, std::string_view name);

}  // namespace lockstep::kustomize
