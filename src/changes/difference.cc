#include "changes/difference.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "changes/alignment.h"
#include "changes/value.h"

namespace lockstep::changes {

namespace {

using kustomize::Schema;
using yaml::Node;
using yaml::Pair;

std::vector<const Pair*> sorted(const Node& mapping) {
    std::vector<const Pair*> pairs;
    pairs.reserve(mapping.pairs.size());
    for (const Pair& pair : mapping.pairs) pairs.push_back(&pair);
    std::ranges::stable_sort(
        pairs, [](const Pair* a, const Pair* b) { return a->key->text < b->key->text; });
    return pairs;
}

class Comparison {
  public:
    std::vector<FieldChange> take() { return std::move(changes_); }

    void compare(const Node& before, const Node& after, const Schema* schema) {
        if (is_same(before, after)) return;
        if (before.is_mapping() && after.is_mapping())
            compare_mappings(before, after, schema);
        else if (before.is_sequence() && after.is_sequence())
            compare_lists(before, after, schema);
        else
            add(FieldChange::Kind::changed, &before, &after);
    }

  private:
    void add(FieldChange::Kind kind, const Node* before, const Node* after) {
        changes_.push_back({.kind = kind, .path = path_, .before = before, .after = after});
    }

    /// Either may be null.
    void compare_at(Step step, const Node* before, const Node* after, const Schema* schema) {
        path_.push_back(std::move(step));
        if (before == nullptr)
            add(FieldChange::Kind::added, nullptr, after);
        else if (after == nullptr)
            add(FieldChange::Kind::removed, before, nullptr);
        else
            compare(*before, *after, schema);
        path_.pop_back();
    }

    void compare_mappings(const Node& before, const Node& after, const Schema* schema) {
        const auto old_pairs = sorted(before), new_pairs = sorted(after);
        auto a = old_pairs.begin();
        auto b = new_pairs.begin();
        while (a != old_pairs.end() || b != new_pairs.end()) {
            const bool has_old = a != old_pairs.end(), has_new = b != new_pairs.end();
            const bool takes_old = has_old && (!has_new || (*a)->key->text <= (*b)->key->text);
            const bool takes_new = has_new && (!has_old || (*b)->key->text <= (*a)->key->text);
            const std::string_view name = takes_old ? (*a)->key->text : (*b)->key->text;
            compare_at({.kind = Step::Kind::field, .text = std::string(name)},
                       takes_old ? (*a)->value : nullptr, takes_new ? (*b)->value : nullptr,
                       schema == nullptr ? nullptr : schema->field(name));
            if (takes_old) ++a;
            if (takes_new) ++b;
        }
    }

    void compare_lists(const Node& before, const Node& after, const Schema* schema) {
        const Alignment alignment = align(before, after, schema);
        if (alignment.is_reordered) add_order(before, after, alignment);
        for (const auto& [from, to, key] : alignment.pairings) {
            Step step{.kind = key.empty() ? Step::Kind::index : Step::Kind::element,
                      .text = key,
                      .from = from,
                      .to = to};
            compare_at(std::move(step), from == Step::none ? nullptr : before.items[from],
                       to == Step::none ? nullptr : after.items[to],
                       schema == nullptr ? nullptr : schema->element);
        }
    }

    void add_order(const Node& before, const Node& after, const Alignment& alignment) {
        FieldChange change{.kind = FieldChange::Kind::reordered,
                           .path = path_,
                           .before = &before,
                           .after = &after};
        for (const auto& pairing : alignment.pairings)
            if (pairing.to != Step::none) change.order.push_back(pairing.from);
        changes_.push_back(std::move(change));
    }

    Path path_;
    std::vector<FieldChange> changes_;
};

/// Changes below one node, their paths read from `depth` on.
using Changes = std::vector<const FieldChange*>;

Node* made(yaml::Arena& arena, const Node* before, const Changes& changes, std::size_t depth);

std::vector<Changes> by_step(const Changes& changes, std::size_t depth) {
    std::vector<Changes> groups;
    for (const FieldChange* const change : changes) {
        const bool continues =
            !groups.empty() && groups.back().front()->path[depth] == change->path[depth];
        if (!continues) groups.emplace_back();
        groups.back().push_back(change);
    }
    return groups;
}

Node* made_mapping(yaml::Arena& arena, const Node& before, const Changes& changes,
                   std::size_t depth) {
    Node* const mapping = yaml::clone(arena, before);
    for (const Changes& group : by_step(changes, depth)) {
        const std::string_view name = arena.copy(group.front()->path[depth].text);
        const Node* const old = before.find(name);
        if (Node* const value = made(arena, old, group, depth + 1))
            mapping->set(arena, name, value);
        else
            mapping->remove(name);
    }
    return mapping;
}

Node* made_list(yaml::Arena& arena, const Node& before, const Changes& changes, std::size_t depth) {
    std::vector<Node*> stays;
    for (const Node* const item : before.items) stays.push_back(yaml::clone(arena, *item));
    std::vector<std::pair<std::size_t, Node*>> comes;
    const FieldChange* order = nullptr;
    Changes inside;
    for (const FieldChange* const change : changes)
        if (change->path.size() == depth)
            order = change;
        else
            inside.push_back(change);
    for (const Changes& group : by_step(inside, depth)) {
        const Step& step = group.front()->path[depth];
        const Node* const old = step.from == Step::none ? nullptr : before.items[step.from];
        Node* const value = made(arena, old, group, depth + 1);
        if (step.from == Step::none)
            comes.emplace_back(step.to, value);
        else
            stays[step.from] = value;
    }
    std::vector<Node*> items;
    if (order == nullptr) {
        for (Node* const item : stays)
            if (item != nullptr) items.push_back(item);
    } else {
        for (const std::size_t from : order->order)
            if (from != Step::none) items.push_back(stays[from]);
    }
    std::ranges::sort(comes, {}, [](const auto& each) { return each.first; });
    for (const auto& [at, item] : comes)
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(std::min(at, items.size())), item);
    Node* const list = yaml::make_sequence(arena, before.mark);
    for (Node* const item : items) list->items.push_back(arena, item);
    return list;
}

/// Null where it is removed.
Node* made(yaml::Arena& arena, const Node* before, const Changes& changes, std::size_t depth) {
    const FieldChange& first = *changes.front();
    const bool is_whole = first.path.size() == depth && first.kind != FieldChange::Kind::reordered;
    if (is_whole) return first.after == nullptr ? nullptr : yaml::clone(arena, *first.after);
    return before->is_mapping() ? made_mapping(arena, *before, changes, depth)
                                : made_list(arena, *before, changes, depth);
}

}  // namespace

std::vector<FieldChange> difference(const Node& before, const Node& after, const Schema* schema) {
    Comparison comparison;
    comparison.compare(before, after, schema);
    return comparison.take();
}

Node* applied(yaml::Arena& arena, const Node& before, const std::vector<FieldChange>& changes) {
    if (changes.empty()) return yaml::clone(arena, before);
    Changes all;
    for (const FieldChange& change : changes) all.push_back(&change);
    return made(arena, &before, all, 0);
}

}  // namespace lockstep::changes
