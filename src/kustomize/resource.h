#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

class Schemas;

/// What kind of thing an object is. Views into the object's arena.
struct Gvk {
    std::string_view group;  // "" for the core group
    std::string_view version;
    std::string_view kind;
    const Schemas* schemas = nullptr;  // where more than Kubernetes' own may be known of it

    bool operator==(const Gvk& other) const {
        return group == other.group && version == other.version && kind == other.kind;
    }
    /// Another kind of the same group and version.
    Gvk of_kind(std::string_view other) const { return {group, version, other, schemas}; }
};

/// "apps/v1" and "Deployment", taken apart as kustomize does: at the first slash.
Gvk make_gvk(std::string_view api_version, std::string_view kind);

/// Whether Kubernetes 1.21, or else the user's own schema, says for certain that the kind is in no
/// namespace. Unknown kinds are not.
bool is_cluster_scoped(const Gvk& gvk);

/// What an object is called. Two ids are equal when kind, group, version and name are, and the
/// namespaces are the same to Kubernetes: "" is "default", and cluster-scoped kinds have none.
struct Id {
    Gvk gvk;
    std::string_view name;
    std::string_view space;  // the namespace as written

    std::string_view effective_space() const;
    bool operator==(const Id& other) const;

    struct Hash {
        std::size_t operator()(const Id& id) const;
    };
};

/// "Deployment.v1.apps/name.namespace", as kustomize's messages have it.
std::string to_string(const Id& id);

/// A generator's `behavior:`, any other text being `create`; unset on what no generator made.
enum class Behavior : unsigned char { unset, create, merge, replace };

/// One object on its way through the build.
struct Resource {
    /// A name it had before. Group and version are always the present ones, as in kustomize.
    struct Former {
        std::string_view name;
        std::string_view space;
        std::string_view kind;
    };

    yaml::Node* root = nullptr;
    const Schemas* schemas = nullptr;        // of the build
    std::vector<Former> former;              // oldest first
    std::vector<std::string_view> prefixes;  // that were added to the name, innermost first
    std::vector<std::string_view> suffixes;
    bool needs_hash = false;                     // a generated object whose name gets a hash
    const yaml::Node* read_as = nullptr;         // of one that was read so: see node_json.h
    Behavior behavior = Behavior::unset;         // of a generated object
    std::vector<const Resource*> referenced_by;  // whose name references were changed to this one

    Gvk gvk() const;
    std::string_view name() const;   // metadata.name; "" where there is none
    std::string_view space() const;  // metadata.namespace; "" where there is none

    Id id() const;
    /// The id it was loaded with.
    Id original_id() const;
    /// Calls `visit(const Id&)` for each former id, oldest first, then for the present one.
    template <typename Visit>
    void each_id(Visit&& visit) const {
        const Gvk now = gvk();
        for (const Former& old : former) visit(Id{now.of_kind(old.kind), old.name, old.space});
        visit(id());
    }
    /// Whether it has or ever had this id.
    bool had_id(const Id& wanted) const;

    /// Call before the name, the namespace or the kind is changed.
    void remember_id();

    /// Sets metadata.name or metadata.namespace; the mapping is made where it is missing.
    void set_name(yaml::Arena& arena, std::string_view name, yaml::Mark mark = {});
    void set_space(yaml::Arena& arena, std::string_view space, yaml::Mark mark = {});
};

/// The objects gathered so far, in order, no two of one present id. Borrows the resources.
class Resources {
  public:
    using List = std::vector<Resource*>;

    bool empty() const { return list_.empty(); }
    std::size_t size() const { return list_.size(); }
    List::const_iterator begin() const { return list_.begin(); }
    List::const_iterator end() const { return list_.end(); }
    const List& list() const { return list_; }

    /// `invalid` where an object of that id is there already.
    Result<void> append(Resource* resource);
    /// All of `others`, in order.
    Result<void> append_all(const Resources& others);

    /// Removes those for which `drop(const Resource&)` is true, in one pass.
    template <typename Drop>
    void remove_if(Drop&& drop) {
        std::erase_if(list_, [&](const Resource* resource) { return drop(*resource); });
        ids_changed();
    }

    /// How many objects have a present id: at most one, unless a transformer made two fall
    /// together.
    std::size_t count_with_id(const Id& id);
    /// The objects that have or ever had `id`, in order.
    List that_had_id(const Id& id);
    /// The objects that have or were loaded with that name, and perhaps others; in order.
    List perhaps_named(std::string_view name);

    /// To be told after a transformer changed names, namespaces or kinds, and before the next
    /// question.
    void ids_changed() { knows_ids_ = knows_former_ids_ = are_unique_ = false; }

    /// `invalid` where two objects have one id, which a transformer may have given them.
    Result<void> check_unique();

  private:
    struct Holders {
        const Resource* first = nullptr;
        std::size_t count = 0;
    };

    void index_ids();
    void index_former_ids();
    void add_former_ids(Resource* resource);

    List list_;
    // Each index is made by the first question after a change, so that a build asks in constant
    // time whatever its size. Most lists are only ever asked for present ids.
    std::unordered_map<Id, Holders, Id::Hash> ids_;  // present ones, while `knows_ids_`
    // Present and former ones, while `knows_former_ids_`.
    std::unordered_map<Id, List, Id::Hash> had_id_;
    std::unordered_map<std::string_view, List> had_name_;
    bool knows_ids_ = false;
    bool knows_former_ids_ = false;
    bool are_unique_ = true;  // for certain: append sees to it
};

}  // namespace lockstep::kustomize
