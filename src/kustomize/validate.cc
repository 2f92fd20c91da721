#include "kustomize/validate.h"

#include <algorithm>
#include <vector>

#include "kustomize/builtin_transformers.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

constexpr std::string_view validated_by = "validated-by";

/// Whether writing what is there already counts: kustomize puts a new node in the place of the old
/// one, but for replacements, which change the old one.
enum class Rewriting { is_change, is_none };

/// A node as it was seen: which one, and what it held. Who writes a text anew has it elsewhere.
struct Seen {
    const Node* node;
    Node value;
    std::size_t children;

    bool same(const Seen& other, Rewriting rewriting) const {
        const Node& a = value;
        const Node& b = other.value;
        return node == other.node && children == other.children && a.kind == b.kind &&
               a.style == b.style && a.type == b.type && a.text == b.text &&
               (rewriting == Rewriting::is_none || a.text.data() == b.text.data());
    }
};

/// Labels without `validated-by`.
class OtherLabels {
  public:
    explicit OtherLabels(const Resource& object)
        : labels_(object.root->at("metadata", "labels")),
          mark_(labels_ == nullptr ? nullptr : labels_->find(validated_by)),
          source_(object.root->mark.source) {}

    /// What is left out to see the object as kustomize compares it. It takes the label away and
    /// writes the others anew: only if those were made, and in order, they are the same again.
    const Node* left_out() const {
        if (mark_ == nullptr) return nullptr;
        if (labels_->pairs.size() == 1) return labels_;
        std::string_view last;
        for (const yaml::Pair& pair : labels_->pairs) {
            if (pair.value == mark_) continue;
            if (pair.key->mark.source == source_ || pair.key->text < last) return nullptr;
            last = pair.key->text;
        }
        return mark_;
    }

  private:
    const Node* labels_;
    const Node* mark_;
    const yaml::Source* source_;
};

/// All nodes of all objects, and how many ids and additions to its name each remembers.
class Snapshot {
  public:
    enum class Mark { seen, left_out };

    Snapshot(const Resources& objects, Mark mark) {
        for (const Resource* const object : objects) {
            const Node* const left_out =
                mark == Mark::seen ? nullptr : OtherLabels(*object).left_out();
            add(*object->root, left_out);
            for (const std::size_t size :
                 {object->former.size(), object->prefixes.size(), object->suffixes.size()})
                memories_.push_back(size);
        }
    }

    bool same(const Snapshot& other, Rewriting rewriting) const {
        return memories_ == other.memories_ &&
               std::ranges::equal(nodes_, other.nodes_, [&](const Seen& a, const Seen& b) {
                   return a.same(b, rewriting);
               });
    }

  private:
    void add(const Node& node, const Node* left_out) {
        const std::size_t at = nodes_.size();
        nodes_.push_back({&node, node, node.items.size()});
        for (const Node* const item : node.items) add(*item, left_out);
        for (const yaml::Pair& pair : node.pairs) {
            if (pair.value == left_out) continue;
            nodes_[at].children += 1;
            add(*pair.key, left_out);
            add(*pair.value, left_out);
        }
    }

    std::vector<Seen> nodes_;
    std::vector<std::size_t> memories_;
};

}  // namespace

Result<void> run_validators(Build& build, const Loader& loader, const Resources& configs,
                            Resources& objects) {
    for (const Resource* const config : configs) {
        const yaml::Mark mark = config->root->mark;
        const bool replaces = config->gvk().kind == "ReplacementTransformer";
        const Snapshot before(objects, Snapshot::Mark::seen);
        TRY(run_transformer(build, loader, *config, objects));
        const Snapshot after(objects, Snapshot::Mark::left_out);
        if (after.same(before, replaces ? Rewriting::is_none : Rewriting::is_change)) continue;
        return fail(Error::Kind::invalid, "validator shouldn't modify the resource map",
                    "list it under `transformers`", mark.location());
    }
    return {};
}

}  // namespace lockstep::kustomize
