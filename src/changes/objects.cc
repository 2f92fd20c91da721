#include "changes/objects.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "changes/value.h"
#include "kustomize/merge_keys.h"

namespace lockstep::changes {

namespace {

using yaml::Node;

constexpr std::size_t none = Step::none;

/// Under which an object is looked for; looser from one to the next.
Identity exactly(const Identity& identity) {
    return identity;
}
/// Kinds that moved out of `extensions` are the same objects under their new group.
Identity in_any_version(Identity identity) {
    identity.version.clear();
    if (identity.group != "extensions") return identity;
    const std::string& kind = identity.kind;
    if (kind == "Deployment" || kind == "DaemonSet" || kind == "ReplicaSet")
        identity.group = "apps";
    if (kind == "Ingress" || kind == "NetworkPolicy") identity.group = "networking.k8s.io";
    if (kind == "PodSecurityPolicy") identity.group = "policy";
    return identity;
}
/// Empty where it has no hash.
Identity without_hash(Identity identity) {
    const bool may_have =
        identity.group.empty() && (identity.kind == "ConfigMap" || identity.kind == "Secret");
    identity.name = may_have ? std::string(name_before_hash(identity.name)) : std::string();
    return identity;
}

class Matching {
  public:
    Matching(std::span<const Node* const> before, std::span<const Node* const> after)
        : from_(after.size(), none), is_taken_(before.size(), false) {
        for (const Node* const object : before) before_.push_back(identity_of(*object));
        for (const Node* const object : after) after_.push_back(identity_of(*object));
        match(exactly, false);
        match(in_any_version, false);
        match(without_hash, true);
    }

    const Identity& before(std::size_t at) const { return before_[at]; }
    const Identity& after(std::size_t at) const { return after_[at]; }
    /// The place of the old one, or none.
    std::size_t from(std::size_t to) const { return from_[to]; }
    bool is_taken(std::size_t from) const { return is_taken_[from]; }

  private:
    using Places = std::map<Identity, std::deque<std::size_t>>;

    /// Takes those that are left with each other, first with first; only where there is one of each
    /// if `is_single`.
    template <typename Key>
    void match(Key key, bool is_single) {
        Places old, fresh;
        for (std::size_t at = 0; at < before_.size(); ++at)
            if (!is_taken_[at]) old[key(before_[at])].push_back(at);
        for (std::size_t at = 0; at < after_.size(); ++at)
            if (from_[at] == none) fresh[key(after_[at])].push_back(at);
        for (auto& [identity, places] : fresh) {
            const auto found = old.find(identity);
            if (found == old.end()) continue;
            std::deque<std::size_t>& olds = found->second;
            if (is_single && (identity.name.empty() || olds.size() != 1 || places.size() != 1))
                continue;
            for (; !olds.empty() && !places.empty(); olds.pop_front(), places.pop_front()) {
                from_[places.front()] = olds.front();
                is_taken_[olds.front()] = true;
            }
        }
    }

    std::vector<Identity> before_, after_;
    std::vector<std::size_t> from_;
    std::vector<bool> is_taken_;
};

}  // namespace

std::vector<ObjectChange> difference(std::span<const Node* const> before,
                                     std::span<const Node* const> after) {
    const Matching matching(before, after);
    const kustomize::Schemas schemas;
    std::vector<ObjectChange> changes;
    for (std::size_t to = 0; to < after.size(); ++to) {
        const std::size_t from = matching.from(to);
        const Identity& id = matching.after(to);
        if (from == none) {
            changes.push_back({.kind = ObjectChange::Kind::added,
                               .before_id = id,
                               .after_id = id,
                               .after = after[to],
                               .fields = {}});
            continue;
        }
        auto fields =
            difference(*before[from], *after[to], schemas.find(id.api_version(), id.kind));
        if (fields.empty()) continue;
        changes.push_back({.kind = ObjectChange::Kind::changed,
                           .before_id = matching.before(from),
                           .after_id = id,
                           .before = before[from],
                           .after = after[to],
                           .fields = std::move(fields)});
    }
    for (std::size_t from = 0; from < before.size(); ++from)
        if (!matching.is_taken(from))
            changes.push_back({.kind = ObjectChange::Kind::removed,
                               .before_id = matching.before(from),
                               .after_id = matching.before(from),
                               .before = before[from],
                               .fields = {}});
    return changes;
}

}  // namespace lockstep::changes
