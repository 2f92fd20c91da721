#include "kustomize/validate.h"

#include <algorithm>
#include <vector>

#include "kustomize/builtin_transformers.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

constexpr std::string_view validated_by = "validated-by";

/// A node as it was seen: which one, and what it held.
struct Seen {
    const Node* node;
    Node value;
    std::size_t children;

    bool operator==(const Seen& other) const {
        const Node& a = value;
        const Node& b = other.value;
        return node == other.node && children == other.children && a.kind == b.kind &&
               a.style == b.style && a.type == b.type && a.text == b.text &&
               a.mark.source == b.mark.source && a.mark.offset == b.mark.offset;
    }
};

/// All nodes of all objects, and how many ids and additions to its name each remembers.
struct Snapshot {
    std::vector<Seen> nodes;
    std::vector<std::size_t> memories;

    bool operator==(const Snapshot&) const = default;

    void add(const Node& node, const Node* left_out) {
        const std::size_t at = nodes.size();
        nodes.push_back({&node, node, node.items.size()});
        for (const Node* const item : node.items) add(*item, left_out);
        for (const yaml::Pair& pair : node.pairs) {
            if (pair.value == left_out) continue;
            nodes[at].children += 1;
            add(*pair.key, left_out);
            add(*pair.value, left_out);
        }
    }
};

/// Labels that hold nothing but `validated-by`; null where there are none such.
const Node* lone_mark(const Resource& object) {
    const Node* const labels = object.root->at("metadata", "labels");
    const bool lone = labels != nullptr && labels->pairs.size() == 1 &&
                      labels->pairs[0].key->text == validated_by;
    return lone ? labels : nullptr;
}

Snapshot snapshot(const Resources& objects, bool without_mark) {
    Snapshot seen;
    for (const Resource* const object : objects) {
        seen.add(*object->root, without_mark ? lone_mark(*object) : nullptr);
        for (const std::size_t size :
             {object->former.size(), object->prefixes.size(), object->suffixes.size()})
            seen.memories.push_back(size);
    }
    return seen;
}

/// kustomize takes the label away for its comparison, and writes the other labels anew: those that
/// were read from a file are then no longer the same, those that were made may be.
Result<void> check_marked(const Resources& objects) {
    for (const Resource* const object : objects) {
        const Node* const labels = object->root->at("metadata", "labels");
        if (labels == nullptr || labels->pairs.size() < 2 || labels->find(validated_by) == nullptr)
            continue;
        for (const yaml::Pair& pair : labels->pairs) {
            const bool is_read = pair.key->mark.source == object->root->mark.source;
            if (pair.key->text == validated_by || is_read) continue;
            return fail(Error::Kind::unsupported,
                        "unsupported: a validator that marks an object with other labels that "
                        "were made on the way",
                        "leave the label `validated-by` out", pair.key->mark.location());
        }
    }
    return {};
}

}  // namespace

Result<void> run_validators(Build& build, const Loader& loader, const Resources& configs,
                            Resources& objects) {
    for (const Resource* const config : configs) {
        const Snapshot before = snapshot(objects, false);
        const yaml::Mark mark = config->root->mark;
        TRY(run_transformer(build, loader, *config, objects));
        if (snapshot(objects, true) == before) continue;
        TRY(check_marked(objects));
        return fail(Error::Kind::invalid, "validator shouldn't modify the resource map",
                    "list it under `transformers`", mark.location());
    }
    return {};
}

}  // namespace lockstep::kustomize
