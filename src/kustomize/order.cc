#include "kustomize/order.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

namespace lockstep::kustomize {

namespace {

// The default order of kinds of kustomize 5.8.2; all other kinds stand between the two lists.
constexpr std::array<std::string_view, 22> first_kinds = {"Namespace",
                                                          "ResourceQuota",
                                                          "StorageClass",
                                                          "CustomResourceDefinition",
                                                          "ServiceAccount",
                                                          "PodSecurityPolicy",
                                                          "Role",
                                                          "ClusterRole",
                                                          "RoleBinding",
                                                          "ClusterRoleBinding",
                                                          "ConfigMap",
                                                          "Secret",
                                                          "Endpoints",
                                                          "Service",
                                                          "LimitRange",
                                                          "PriorityClass",
                                                          "PersistentVolume",
                                                          "PersistentVolumeClaim",
                                                          "Deployment",
                                                          "StatefulSet",
                                                          "CronJob",
                                                          "PodDisruptionBudget"};
constexpr std::array<std::string_view, 2> last_kinds = {"MutatingWebhookConfiguration",
                                                        "ValidatingWebhookConfiguration"};

using Ranks = std::unordered_map<std::string_view, int>;

template <typename List, typename Name>
void rank(Ranks& ranks, const List& kinds, int start, Name&& name) {
    for (const auto& kind : kinds) ranks[name(kind)] = start++;
}

Ranks ranks_of(const std::optional<SortOptions>& options) {
    Ranks ranks;
    const auto ranked = [&](const auto& first, const auto& last, auto&& name) {
        rank(ranks, first, -static_cast<int>(first.size()), name);
        rank(ranks, last, 1, name);
    };
    if (options && options->legacy)
        ranked(options->legacy->first, options->legacy->second,
               [](const Text& text) { return text.value; });
    else
        ranked(first_kinds, last_kinds, [](std::string_view text) { return text; });
    return ranks;
}

/// What an object is sorted by: the rank of its kind, then texts that are compared as bytes.
struct Key {
    int rank = 0;
    bool is_namespace = false;    // of any group
    bool core_namespace = false;  // Namespaces of the core group come before others
    std::string kind_text;
    std::string name_text;
    Resource* object = nullptr;
};

std::string joined(std::initializer_list<std::string_view> parts, char separator) {
    std::string text;
    for (const std::string_view part : parts) {
        if (!text.empty()) text += separator;
        text += part;
    }
    return text;
}

Key key_of(Resource* object, const Ranks& ranks) {
    const auto or_else = [](std::string_view text, std::string_view other) {
        return text.empty() ? other : text;
    };
    const Id id = object->id();
    Key key;
    const auto found = ranks.find(id.gvk.kind);
    key.rank = found == ranks.end() ? 0 : found->second;
    key.is_namespace = id.gvk.kind == "Namespace" || id.gvk.kind.ends_with("_Namespace");
    key.core_namespace = id.gvk.kind == "Namespace" && id.gvk.group.empty();
    key.kind_text =
        joined({or_else(id.gvk.group, "~G"), or_else(id.gvk.version, "~V"), id.gvk.kind}, '_');
    key.name_text = joined({or_else(id.space, "~X"), or_else(id.name, "~N")}, '|');
    key.object = object;
    return key;
}

bool before(const Key& a, const Key& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    const int order = a.kind_text.compare(b.kind_text);
    if (order == 0) return a.name_text < b.name_text;
    const bool reversed =
        a.is_namespace && b.is_namespace && (a.core_namespace || b.core_namespace);
    return reversed ? order > 0 : order < 0;
}

}  // namespace

int kind_rank(std::string_view kind) {
    const auto first = std::ranges::find(first_kinds, kind);
    if (first != first_kinds.end()) return static_cast<int>(first - first_kinds.end());
    const auto last = std::ranges::find(last_kinds, kind);
    return last == last_kinds.end() ? 0 : static_cast<int>(last - last_kinds.begin()) + 1;
}

Result<Resources::List> ordered(Resources::List objects,
                                const std::optional<SortOptions>& options) {
    const std::string_view order = options ? options->order.value : "legacy";
    if (order == "fifo") {
        if (!options->legacy) return objects;
        return fail(
            Error::Kind::invalid,
            "the field `sortOptions.legacySortOptions` is set but the selected sort order is "
            "`fifo`, not `legacy`",
            {}, options->order.mark.location());
    }
    if (order != "legacy")
        return fail(
            Error::Kind::invalid,
            "the field `sortOptions.order` must be one of [fifo, legacy], found `" +
                std::string(order) + "`",
            {},
            options->order.empty() ? std::nullopt : std::optional(options->order.mark.location()));
    const Ranks ranks = ranks_of(options);
    std::vector<Key> keys;
    keys.reserve(objects.size());
    for (Resource* const object : objects) keys.push_back(key_of(object, ranks));
    std::vector<const Key*> sorted;
    sorted.reserve(keys.size());
    for (const Key& key : keys) sorted.push_back(&key);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Key* a, const Key* b) { return before(*a, *b); });
    // kustomize gathers the objects anew here, and so finds those that have become one.
    Resources gathered;
    for (const Key* const key : sorted) TRY(gathered.append(key->object));
    return gathered.list();
}

}  // namespace lockstep::kustomize
