#include "yaml/node.h"

#include <algorithm>
#include <vector>

namespace lockstep::yaml {

namespace {

Node* make(Arena& arena, Kind kind, Style style, Mark mark) {
    Node* const node = arena.make<Node>();
    node->kind = kind;
    node->style = style;
    node->mark = mark;
    return node;
}

Pair* find_pair(Node& mapping, std::string_view key) {
    for (Pair& pair : mapping.pairs) {
        if (pair.key->text == key) return &pair;
    }
    return nullptr;
}

const Pair* find_pair(const Node& mapping, std::string_view key) {
    return find_pair(const_cast<Node&>(mapping), key);
}

std::vector<const Pair*> by_key(const Node& mapping) {
    std::vector<const Pair*> sorted;
    sorted.reserve(mapping.pairs.size());
    for (const Pair& pair : mapping.pairs) sorted.push_back(&pair);
    std::ranges::sort(sorted, {}, [](const Pair* pair) { return pair->key->text; });
    return sorted;
}

bool equal_pairs(const Node& a, const Node& b) {
    if (a.pairs.size() != b.pairs.size()) return false;
    const auto same = [](const Pair& x, const Pair& y) {
        return x.key->type == y.key->type && x.key->text == y.key->text &&
               equal(*x.value, *y.value);
    };
    const auto same_key = [](const Pair& x, const Pair& y) { return x.key->text == y.key->text; };
    if (std::ranges::equal(a.pairs, b.pairs, same_key)) {
        return std::ranges::equal(a.pairs, b.pairs, same);
    }
    return std::ranges::equal(by_key(a), by_key(b),
                              [&](const Pair* x, const Pair* y) { return same(*x, *y); });
}

}  // namespace

Node* Node::find(std::string_view key) {
    Pair* const pair = find_pair(*this, key);
    return pair == nullptr ? nullptr : pair->value;
}

const Node* Node::find(std::string_view key) const {
    const Pair* const pair = find_pair(*this, key);
    return pair == nullptr ? nullptr : pair->value;
}

const Node* Node::find_key(std::string_view key) const {
    const Pair* const pair = find_pair(*this, key);
    return pair == nullptr ? nullptr : pair->key;
}

std::string_view Node::text_of(std::string_view key) const {
    const Node* const value = find(key);
    return value != nullptr && value->is_scalar() ? value->text : std::string_view{};
}

void Node::set(Arena& arena, std::string_view key, Node* value) {
    if (Pair* const pair = find_pair(*this, key)) {
        pair->value = value;
    } else {
        pairs.push_back(arena, {make_string(arena, key), value});
    }
}

bool Node::remove(std::string_view key) {
    const Pair* const pair = find_pair(*this, key);
    if (pair == nullptr) return false;
    pairs.erase(static_cast<std::size_t>(pair - pairs.begin()));
    return true;
}

Node* make_string(Arena& arena, std::string_view text, Mark mark) {
    return make_scalar(arena, text, Type::string, mark);
}

Node* make_scalar(Arena& arena, std::string_view text, Type type, Mark mark) {
    Node* const node = make(arena, Kind::scalar, Style::plain, mark);
    node->type = type;
    node->text = arena.copy(text);
    return node;
}

Node* make_mapping(Arena& arena, Mark mark) {
    return make(arena, Kind::mapping, Style::block, mark);
}

Node* make_sequence(Arena& arena, Mark mark) {
    return make(arena, Kind::sequence, Style::block, mark);
}

Node* clone(Arena& arena, const Node& node) {
    Node* const copy = arena.make<Node>(node);
    copy->items = {};
    copy->pairs = {};
    copy->items.reserve(arena, node.items.size());
    for (const Node* const item : node.items) copy->items.push_back(arena, clone(arena, *item));
    copy->pairs.reserve(arena, node.pairs.size());
    for (const Pair& pair : node.pairs) {
        copy->pairs.push_back(arena, {clone(arena, *pair.key), clone(arena, *pair.value)});
    }
    return copy;
}

bool equal(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.type != b.type || a.text != b.text) return false;
    if (a.kind == Kind::mapping) return equal_pairs(a, b);
    return std::ranges::equal(a.items, b.items,
                              [](const Node* x, const Node* y) { return equal(*x, *y); });
}

}  // namespace lockstep::yaml
