#include "yaml/builder.h"

#include <algorithm>

#include "base/backticks.h"
#include "base/base64.h"
#include "base/check.h"
#include "yaml/number.h"
#include "yaml/pair_list.h"
#include "yaml/tag.h"

namespace lockstep::yaml {

namespace {

std::unexpected<Error> refuse(const Mark& mark, std::string message, std::string hint = {}) {
    return fail(Error::Kind::invalid, std::move(message), std::move(hint), mark.location());
}

}  // namespace

Builder::Builder(Arena& arena, Dialect dialect, const Limits& limits)
    : arena_(&arena), dialect_(dialect), limits_(&limits) {
    // What most manifests need: they are small and many.
    frames_.reserve(16);
    children_.reserve(64);
    pairs_.reserve(16);
}

void Builder::begin_document() {
    root_ = nullptr;
    frames_.clear();
    children_.clear();
    anchors_.clear();
}

Result<void> Builder::add(const Event& event) {
    switch (event.kind) {
        case Event::Kind::scalar:
            return add_scalar(event);
        case Event::Kind::alias:
            return add_alias(event);
        case Event::Kind::mapping_start:
            return open(event, Kind::mapping);
        case Event::Kind::sequence_start:
            return open(event, Kind::sequence);
        case Event::Kind::mapping_end:
        case Event::Kind::sequence_end:
            return close();
        default:
            return {};
    }
}

Result<Node*> Builder::make(const Event& event) {
    if (++nodes_ > limits_->nodes) {
        return refuse(event.mark, "more than " + std::to_string(limits_->nodes) +
                                      " values: too many for one file");
    }
    Node* const node = arena_->make<Node>();
    node->style = event.style;
    node->mark = event.mark;
    return node;
}

Result<void> Builder::add_scalar(const Event& event) {
    // libyaml reads on where kustomize sees a key begin, and then fails.
    const bool in_flow = !frames_.empty() && frames_.back().node->style == Style::flow;
    if (in_flow && event.style == Style::plain && event.text.contains('?')) {
        return refuse(event.mark, "kustomize cannot read an unquoted `?` between brackets",
                      "put the value in quotes");
    }
    Node* const node = TRY(make(event));
    node->type = TRY(scalar_type(event, dialect_));
    if (dialect_ == Dialect::kustomization && node->type == Type::timestamp) {
        node->type = Type::string;
    }
    node->text = event.borrowed ? event.text : arena_->copy(event.text);
    if (dialect_ == Dialect::kustomization && node->type == Type::binary) {
        node->type = Type::string;
        node->text = arena_->copy(*decode_base64(event.text));
    }
    if (!event.anchor.empty()) define(event, node, true);
    const bool foreign =
        !event.tag.empty() && event.tag != "!" && event.tag != "tag:yaml.org,2002:str";
    place({node, is_merge_key(event, dialect_), false, foreign});
    return {};
}

Result<void> Builder::add_alias(const Event& event) {
    const auto found = anchors_.find(event.anchor);
    if (found == anchors_.end()) {
        return refuse(event.mark, "unknown anchor: the alias " +
                                      in_backticks("*" + std::string(event.anchor)) +
                                      " names an anchor that is not defined before it");
    }
    if (!found->second.complete) {
        return refuse(event.mark, "the anchor " + in_backticks("&" + std::string(event.anchor)) +
                                      " contains itself");
    }
    place({TRY(expand(*found->second.node, frames_.size(), event)), false, true, false});
    return {};
}

Result<Node*> Builder::expand(const Node& node, std::size_t depth, const Event& event) {
    if (++alias_nodes_ > limits_->alias_nodes || ++nodes_ > limits_->nodes) {
        return refuse(event.mark,
                      "the aliases of this file stand for more than " +
                          std::to_string(std::min(limits_->alias_nodes, limits_->nodes)) +
                          " values: too many");
    }
    if (depth > limits_->depth) {
        return refuse(event.mark, "nested deeper than " + std::to_string(limits_->depth) +
                                      " levels by this alias");
    }
    Node* const copy = arena_->make<Node>(node);
    copy->items = {};
    copy->items.reserve(*arena_, node.items.size());
    for (const Node* const item : node.items) {
        copy->items.push_back(*arena_, TRY(expand(*item, depth + 1, event)));
    }
    copy->pairs = {};
    copy->pairs.reserve(*arena_, node.pairs.size());
    for (const Pair& pair : node.pairs) {
        Node* const key = TRY(expand(*pair.key, depth + 1, event));
        copy->pairs.push_back(*arena_, {key, TRY(expand(*pair.value, depth + 1, event))});
    }
    return copy;
}

Result<void> Builder::open(const Event& event, Kind kind) {
    if (frames_.size() >= limits_->depth) {
        return refuse(event.mark,
                      "nested deeper than " + std::to_string(limits_->depth) + " levels");
    }
    Node* const node = TRY(make(event));
    node->kind = kind;
    Frame frame{node, 0, {}};
    if (!event.anchor.empty()) {
        define(event, node, false);
        frame.anchor = anchors_.find(event.anchor)->first;
    }
    place({node, false, false, false});
    frame.first_child = children_.size();
    frames_.push_back(frame);
    return {};
}

Result<void> Builder::close() {
    CHECK(!frames_.empty());
    Frame frame = frames_.back();
    if (frame.node->is_mapping()) {
        TRY(close_mapping(frame));
    } else {
        frame.node->items.reserve(*arena_, children_.size() - frame.first_child);
        for (std::size_t at = frame.first_child; at < children_.size(); ++at) {
            frame.node->items.push_back(*arena_, children_[at].node);
        }
    }
    children_.resize(frame.first_child);
    frames_.pop_back();
    if (!frame.anchor.empty()) {
        Anchor& anchor = anchors_.find(frame.anchor)->second;
        if (anchor.node == frame.node) anchor.complete = true;
    }
    return {};
}

Result<void> Builder::close_mapping(Frame& frame) {
    pairs_.clear();
    merged_.clear();
    const Child* merge_key = nullptr;
    for (std::size_t at = frame.first_child; at + 1 < children_.size(); at += 2) {
        const Child& key = children_[at];
        const Child& value = children_[at + 1];
        if (!key.is_merge_key) {
            TRY(check_key(key, frame.node->style == Style::flow));
            pairs_.push_back({key.node, value.node});
            continue;
        }
        if (dialect_ == Dialect::kustomization) {
            TRY(merge(value, pairs_));  // as if written here: what follows overrides it
            continue;
        }
        if (merge_key != nullptr) return refuse(key.node->mark, "a second `<<` in one mapping");
        merge_key = &key;
        TRY(merge(value, merged_));
    }
    if (dialect_ == Dialect::kustomization) {
        drop_duplicates(pairs_, Keep::last);
    } else {
        if (const Pair* const second = find_duplicate(pairs_)) {
            const auto first = std::ranges::find(pairs_, second->key->text,
                                                 [](const Pair& pair) { return pair.key->text; });
            return refuse(second->key->mark,
                          "mapping key " + in_backticks(second->key->text) +
                              " already defined at line " + std::to_string(first->key->mark.line),
                          "remove one of the two");
        }
        // kustomize clears away the first key `<<`, even one that merged nothing.
        if (merge_key == nullptr) {
            const auto quoted_one =
                std::ranges::find(pairs_, "<<", [](const Pair& pair) { return pair.key->text; });
            if (quoted_one != pairs_.end()) pairs_.erase(quoted_one);
        }
        drop_duplicates(merged_, Keep::last);
        pairs_.insert(pairs_.end(), merged_.begin(), merged_.end());
        if (!merged_.empty()) drop_duplicates(pairs_, Keep::first);
    }
    frame.node->pairs.reserve(*arena_, pairs_.size());
    for (const Pair& pair : pairs_) frame.node->pairs.push_back(*arena_, pair);
    return {};
}

Result<void> Builder::check_key(const Child& child, bool in_flow) {
    Node& key = *child.node;
    if (!key.is_scalar())
        return refuse(key.mark, "invalid map key: a mapping or a list, not a string");
    if (dialect_ == Dialect::kustomization) return make_string_key(key);
    if (child.has_foreign_tag) return refuse(key.mark, "the tag of a key can only be !!str");
    if (key.type == Type::string) return {};
    // kustomize writes such keys in quotes before it looks at them again.
    const bool quoted_by_then =
        key.text.empty() || (in_flow && key.type == Type::timestamp && key.text.contains(':'));
    if (quoted_by_then && key.style == Style::plain) {
        key.type = Type::string;
        return {};
    }
    if (limits_->any_key) return {};
    return refuse(key.mark, "unsupported type: the key " + in_backticks(key.text) + " is no string",
                  "put it in quotes");
}

/// JSON has only strings for keys: `y`, `010` and `true` become "true", "8" and "true".
Result<void> Builder::make_string_key(Node& key) {
    if (key.type == Type::string) return {};
    std::string text;
    if (key.type == Type::boolean) {
        const char second = key.text.size() > 1 ? static_cast<char>(key.text[1] | 0x20) : '\0';
        const char first = static_cast<char>(key.text[0] | 0x20);
        text = first == 'y' || first == 't' || second == 'n' ? "true" : "false";
    } else if (key.type == Type::integer) {
        append_number(*parse_integer(key.text), text);
    } else {
        return refuse(key.mark,
                      "unsupported type: the key " + in_backticks(key.text) + " is no string",
                      "put it in quotes");
    }
    key.text = arena_->copy(text);
    key.type = Type::string;
    return {};
}

/// Appends what `value` adds, the strongest last.
Result<void> Builder::merge(const Child& value, std::vector<Pair>& merged) const {
    const auto take = [&](const Node& mapping) {
        merged.insert(merged.end(), mapping.pairs.begin(), mapping.pairs.end());
    };
    if (value.node->is_mapping()) {
        take(*value.node);
        return {};
    }
    if (!value.node->is_sequence() || value.is_alias) {
        return refuse(value.node->mark,
                      "`<<` merges a mapping or a list of mappings, nothing else");
    }
    for (std::size_t at = value.node->items.size(); at-- > 0;) {
        const Node& item = *value.node->items[at];
        if (!item.is_mapping()) {
            return refuse(item.mark, "`<<` merges mappings, and this item of its list is none");
        }
        take(item);
    }
    return {};
}

void Builder::define(const Event& event, Node* node, bool complete) {
    const auto found = anchors_.find(event.anchor);
    if (found != anchors_.end()) {
        found->second = {node, complete};
    } else {
        anchors_.emplace(arena_->copy(event.anchor), Anchor{node, complete});
    }
}

void Builder::place(Child child) {
    if (frames_.empty()) {
        root_ = child.node;
        return;
    }
    const Frame& frame = frames_.back();
    const bool is_key = frame.node->is_mapping() && (children_.size() - frame.first_child) % 2 == 0;
    child.is_merge_key = child.is_merge_key && is_key;
    children_.push_back(child);
}

}  // namespace lockstep::yaml
