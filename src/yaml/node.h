#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/file_tree.h"
#include "yaml/arena.h"

namespace lockstep::yaml {

/// One text that was parsed. `path` is relative to the tree's root.
struct Source {
    std::string path;
    Blob text;
};

/// Where a node stands. Line and column count from 1, columns in code points; offset and length are
/// bytes of the source's text (what an edit in place replaces: quotes included). A null source
/// means that no file holds the node (it was computed).
struct Mark {
    const Source* source = nullptr;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;

    Location location() const {
        return source == nullptr ? Location{} : Location{source->path, line, column};
    }
};

enum class Kind : std::uint8_t { scalar, sequence, mapping };

/// How it was written. Collections are `block` or `flow`.
enum class Style : std::uint8_t {
    plain,
    single_quoted,
    double_quoted,
    literal,
    folded,
    block,
    flow
};

/// What a scalar means under the dialect it was read with. `timestamp` and `binary` are
/// resource-dialect values that print in their own way; see parse.h.
enum class Type : std::uint8_t { string, null, boolean, integer, real, timestamp, binary };

struct Node;

struct Pair {
    Node* key;
    Node* value;
};

/// A value of a document: a tree without anchors, aliases, merge keys or tags (all expanded on
/// reading). Nodes live in an arena; those of a parsed document are const and shared by no two
/// places, and `clone` makes a copy to change, with no node in two places either.
struct Node {
    Kind kind = Kind::scalar;
    Style style = Style::plain;
    Type type = Type::string;
    // Of a scalar that a transformer wrote without saying what it is: its type follows from its
    // style and its text, whenever that changes.
    bool untyped = false;
    Mark mark;              // of a scalar that a transformer changed: the scalar that decided it
    std::string_view text;  // of a scalar: its value, unquoted; numbers and booleans as written
    List<Node*> items;      // of a sequence
    List<Pair> pairs;       // of a mapping, in written order; keys are scalars

    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_sequence() const { return kind == Kind::sequence; }
    bool is_mapping() const { return kind == Kind::mapping; }
    bool is_null() const { return kind == Kind::scalar && type == Type::null; }
    bool is_string() const { return kind == Kind::scalar && type == Type::string; }

    /// The value under `key` of a mapping; null where there is none or this is no mapping.
    Node* find(std::string_view key);
    const Node* find(std::string_view key) const;
    /// The key node itself, for its mark.
    const Node* find_key(std::string_view key) const;
    /// find(a)->find(b)…, null as soon as one is missing.
    template <typename... Keys>
    const Node* at(std::string_view key, Keys... more) const {
        const Node* const value = find(key);
        if constexpr (sizeof...(more) == 0) {
            return value;
        } else {
            return value == nullptr ? nullptr : value->at(more...);
        }
    }
    /// The text of the scalar under `key`; empty where there is no such scalar.
    std::string_view text_of(std::string_view key) const;

    /// Sets `key` to `value`, at the end where it is new.
    void set(Arena& arena, std::string_view key, Node* value);
    /// Removes `key`; false where it was not there.
    bool remove(std::string_view key);
};

Node* make_string(Arena& arena, std::string_view text, Mark mark = {});
Node* make_scalar(Arena& arena, std::string_view text, Type type, Mark mark = {});
Node* make_mapping(Arena& arena, Mark mark = {});
Node* make_sequence(Arena& arena, Mark mark = {});

/// A copy of the whole tree below `node`. Texts are borrowed: the arena must `keep` the document
/// they come from.
Node* clone(Arena& arena, const Node& node);

/// The same tree: kinds, types, texts, order of items; the order of keys and the styles do not
/// count.
bool equal(const Node& a, const Node& b);

}  // namespace lockstep::yaml
