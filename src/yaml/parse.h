#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "yaml/node.h"

namespace lockstep::yaml {

/// Which rules say what a plain scalar means.
enum class Dialect {
    /// YAML 1.2-like, as Kubernetes resources are read: only true/false are booleans, `yes`, `on`,
    /// `y` are strings; 0x10, 0o10,
    /// 0b11, 010 and 1_000 are integers; an unquoted date is a `timestamp`.
    resource,
    /// YAML 1.1, as kustomization files are read: yes/no/on/off/y/n are booleans, base-60 is a
    /// string, 010 is octal.
    kustomization,
};

/// What one text may hold before it is refused as `invalid`. The defaults stop "billion laughs"
/// inputs long before memory does.
struct Limits {
    std::size_t bytes = 32u << 20;
    std::size_t nodes = 1'000'000;      // after expansion of aliases
    std::size_t alias_nodes = 200'000;  // nodes made by expanding aliases
    unsigned depth = 200;
    /// Under `resource`: whether keys may be no strings, as kustomize has it until it prints.
    bool any_key = false;
};

/// The documents of one text. Immutable once made and shared by who needs it; nodes point into it,
/// so hold it as long as them.
class Document {
  public:
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;
    ~Document();

    const Source& source() const { return *source_; }
    /// One root for each document of the stream that is not empty. A document that is only
    /// comments, `null`, `~` or `{}` counts as empty under `resource`.
    const std::vector<const Node*>& roots() const { return roots_; }

    /// Bytes that the nodes take.
    std::size_t size() const { return arena_.size(); }

    /// Parses `text`, known to people as `path`.
    ///
    /// Aliases and merge keys (`<<`) are expanded, tags applied and dropped, comments dropped, CRLF
    /// read as LF. UTF-8 and UTF-16 byte order marks are accepted. Under `resource` the text is cut
    /// at lines beginning with `---` and each piece is read alone (anchors do not cross, line
    /// numbers still count in the file); duplicate keys are errors. Under `kustomization` only the
    /// first document is read, and the last of duplicate keys wins.
    ///
    /// A scalar's place is its exact bytes, quotes included, without tag and anchor; a block
    /// scalar's ends with its last line that is not blank, its line break left out; a collection's
    /// length says nothing. In UTF-16 offsets are bytes of that text.
    ///
    /// Keys become strings. Under `resource` one that is none is an error, unless the limits say
    /// otherwise; so is what kustomize cannot read although YAML allows it: `\/`, an unquoted `?`
    /// between brackets, a byte order mark that begins a later line. Refused although kustomize
    /// reads it: `{a:}`, a tagged key at the top, a number with a point as key of a kustomization.
    ///
    /// Errors, all with path:line:column: `invalid` for what breaks YAML's rules, is not UTF-8, or
    /// is over a limit.
    static Result<std::shared_ptr<const Document>> parse(std::string path, Blob text,
                                                         Dialect dialect,
                                                         const Limits& limits = {});

  private:
    Document();

    std::unique_ptr<Source> source_;
    Arena arena_;
    std::vector<const Node*> roots_;
};

/// The documents of one text whose nodes belong to somebody's arena.
struct Trees {
    const Source* source;
    std::vector<Node*> roots;
};

/// What `Document::parse` reads, with its errors, made in `arena`, which keeps the text too: to be
/// changed without a copy.
Result<Trees> parse_into(Arena& arena, std::string path, Blob text, Dialect dialect,
                         const Limits& limits = {});

}  // namespace lockstep::yaml
