#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "yaml/event.h"
#include "yaml/node.h"
#include "yaml/parse.h"

namespace lockstep::yaml {

/// Makes one tree after the other out of events: aliases and merge keys expanded, keys checked,
/// limits kept.
class Builder {
  public:
    Builder(Arena& arena, Dialect dialect, const Limits& limits);

    /// Forgets anchors: the next event begins a document.
    void begin_document();
    /// Takes an event of a value: scalar, alias, or start or end of a collection.
    Result<void> add(const Event& event);
    /// The finished document; null where it had no value.
    Node* root() const { return root_; }

  private:
    struct Frame {
        Node* node;
        std::size_t first_child;  // in children_
        std::string_view anchor;
    };
    struct Child {
        Node* node;
        bool is_merge_key;
        bool is_alias;
        bool has_foreign_tag;  // neither !!str nor a merge key's
    };
    struct Anchor {
        Node* node;
        bool complete;
    };

    Result<Node*> make(const Event& event);
    Result<void> add_scalar(const Event& event);
    Result<void> add_alias(const Event& event);
    Result<void> open(const Event& event, Kind kind);
    Result<void> close();
    Result<void> close_mapping(Frame& frame);
    Result<void> check_key(const Child& child, bool in_flow);
    Result<void> make_string_key(Node& key);
    Result<void> merge(const Child& value, std::vector<Pair>& merged) const;
    Result<Node*> expand(const Node& node, std::size_t depth, const Event& event);
    void define(const Event& event, Node* node, bool complete);
    void place(Child child);

    Arena* arena_;
    Dialect dialect_;
    const Limits* limits_;
    std::size_t nodes_ = 0;
    std::size_t alias_nodes_ = 0;
    Node* root_ = nullptr;
    std::vector<Frame> frames_;
    std::vector<Child> children_;  // of all open collections
    std::vector<Pair> pairs_;
    std::vector<Pair> merged_;
    std::unordered_map<std::string_view, Anchor> anchors_;
};

}  // namespace lockstep::yaml
