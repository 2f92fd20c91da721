#include "kustomize/internal_notes.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace lockstep::kustomize {

namespace {

using Names = std::vector<std::string_view>;

constexpr std::string_view prefix = "internal.config.kubernetes.io/";
// Those that kustomize 5.8.2 writes.
constexpr std::array<std::string_view, 11> names = {
    "previousKinds",     "previousNames",   "previousNamespaces", "prefixes",
    "suffixes",          "refBy",           "allowNameChange",    "allowKindChange",
    "generatorBehavior", "needsHashSuffix", "helm-generated"};

Names split(std::string_view text) {
    Names parts;
    for (std::size_t comma = text.find(','); comma != std::string_view::npos;
         comma = text.find(',')) {
        parts.push_back(text.substr(0, comma));
        text.remove_prefix(comma + 1);
    }
    parts.push_back(text);
    return parts;
}

struct Notes {
    Names former_names, former_spaces, former_kinds;
};

Result<void> take(const yaml::Pair& pair, Resource& object, Notes& notes) {
    const std::string_view name = pair.key->text.substr(prefix.size());
    const std::string_view text = pair.value->text;
    if (name == "needsHashSuffix")
        object.needs_hash = text == "enabled";
    else if (name == "previousNames")
        notes.former_names = split(text);
    else if (name == "previousNamespaces")
        notes.former_spaces = split(text);
    else if (name == "previousKinds")
        notes.former_kinds = split(text);
    else if (name == "prefixes")
        object.prefixes = split(text);
    else if (name == "suffixes")
        object.suffixes = split(text);
    else if (name != "helm-generated")  // it stays where it is: see helm_charts.h
        return fail(Error::Kind::unsupported,
                    "unsupported: the internal annotation `" + std::string(pair.key->text) +
                        "` on an object that is read",
                    "remove it; it is kustomize's own", pair.key->mark.location());
    return {};
}

Result<void> take_former_ids(const yaml::Node& annotations, const Notes& notes, Resource& object) {
    const std::size_t count = notes.former_names.size();
    if (notes.former_spaces.size() != count || notes.former_kinds.size() != count)
        return fail(Error::Kind::invalid,
                    "the former names, namespaces and kinds of an object are not as many",
                    "remove these annotations; they are kustomize's own",
                    annotations.mark.location());
    for (std::size_t i = 0; i < count; ++i)
        object.former.push_back(
            {notes.former_names[i], notes.former_spaces[i], notes.former_kinds[i]});
    return {};
}

}  // namespace

bool is_internal_note(std::string_view name) {
    return name.starts_with(prefix) &&
           std::ranges::find(names, name.substr(prefix.size())) != names.end();
}

Result<void> take_internal_notes(Resource& object) {
    yaml::Node* const metadata = object.root->find("metadata");
    yaml::Node* const annotations = metadata == nullptr ? nullptr : metadata->find("annotations");
    if (annotations == nullptr) return {};
    Notes notes;
    Names taken;
    for (const yaml::Pair& pair : annotations->pairs) {
        if (!is_internal_note(pair.key->text)) continue;
        TRY(take(pair, object, notes));
        taken.push_back(pair.key->text);
    }
    for (const std::string_view name : taken) annotations->remove(name);
    return taken.empty() ? Result<void>() : take_former_ids(*annotations, notes, object);
}

}  // namespace lockstep::kustomize
