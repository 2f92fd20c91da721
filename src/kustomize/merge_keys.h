#pragma once

#include <span>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "yaml/arena.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// What a strategic merge has to know of a type: which lists are merged, and by which keys. All
/// other lists are replaced.
struct Schema {
    struct Field {
        std::string_view name;
        const Schema* schema;
    };

    std::span<const Field> fields;  // sorted by name
    const Schema* other_fields = nullptr;
    const Schema* element = nullptr;         // of a list
    bool merges = false;                     // a list that is merged
    std::span<const std::string_view> keys;  // none: a set of scalars

    /// The schema of a field; null where there is none, and an object found there brings its own.
    const Schema* field(std::string_view name) const;
};

/// The schemas by type: Kubernetes 1.21's, or those of a user's OpenAPI document, which take their
/// place altogether.
class Schemas {
  public:
    struct Type {
        std::string_view api_version;
        std::string_view kind;
        const Schema* schema;
    };

    /// Kubernetes 1.21's.
    Schemas();

    /// Those of `document`: the `definitions` that have an `x-kubernetes-group-version-kind`, and
    /// the scopes that its `paths` show. The arena holds the result, the document has to outlive
    /// it.
    static Schemas from_open_api(yaml::Arena& arena, const yaml::Node& document);

    /// Null where the type is unknown: then all its lists are replaced.
    const Schema* find(std::string_view api_version, std::string_view kind) const;

    /// The types that only a user's document says to be in no namespace, by its `paths`.
    std::span<const Type> cluster_scoped() const { return cluster_scoped_; }

    /// A single schema, whose references are to definitions of Kubernetes; null where it refers to
    /// one that is not known here.
    const Schema* read(yaml::Arena& arena, const yaml::Node& schema) const;
    /// The same for a definition, by its name.
    const Schema* definition(std::string_view name) const;

    /// The schema that a comment gives to the field of a key, and to that of its copies; null where
    /// there is none.
    const Schema* in_comment(const yaml::Node* key) const {
        if (key == nullptr) return nullptr;
        const auto found = comments_.find(key->text.data());
        return found == comments_.end() ? nullptr : found->second;
    }
    bool has_comments() const { return !comments_.empty(); }
    void add_comment(const yaml::Node& key, const Schema& schema) {
        comments_.emplace(key.text.data(), &schema);
    }

  private:
    Schemas(std::span<const Type> types, std::span<const Type> cluster_scoped)
        : types_(types), cluster_scoped_(cluster_scoped) {}

    std::span<const Type> types_;  // sorted by kind, then api_version
    std::span<const Type> cluster_scoped_;
    // By where the text of the key is: copies of a key share it, other keys never do.
    std::unordered_map<const char*, const Schema*> comments_;
};

}  // namespace lockstep::kustomize
