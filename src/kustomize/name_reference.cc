#include "kustomize/name_reference.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "kustomize/scalar.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

/// What a reference is held against: an object that had another name, namespace or kind.
struct Candidate {
    const Resource* resource = nullptr;
    std::size_t position = 0;  // among all objects
    Gvk gvk;
    std::string_view name;
    std::string_view space;  // as written
    std::string_view effective_space;
    std::string_view original_space;  // effective
    bool cluster_scoped = false;
};

using CandidateList = std::vector<const Candidate*>;

struct Pair {
    std::string_view first;
    std::string_view second;

    bool operator==(const Pair&) const = default;

    struct Hash {
        std::size_t operator()(const Pair& pair) const {
            const std::hash<std::string_view> hash;
            return hash(pair.first) * 31 + hash(pair.second);
        }
    };
};

/// All candidates, by every name they had before.
class Candidates {
  public:
    explicit Candidates(const Resources& objects) {
        all_.reserve(objects.size());
        for (const Resource* const object : objects) add(*object);
        for (const Candidate& candidate : all_) index(candidate);
    }

    /// Of any namespace.
    const CandidateList& named(std::string_view name) const { return of(by_name_, name); }
    /// In this effective namespace now.
    const CandidateList& named_in(std::string_view name, std::string_view space) const {
        return of(by_space_, Pair{name, space});
    }

    /// Whether any object, whatever its name, came from the effective namespace `original` and is
    /// now in the one `now` (any: where `now` is empty).
    bool any_from(std::string_view original, std::string_view now) const {
        return moves_.contains(Pair{original, now});
    }

  private:
    template <typename Map, typename Key>
    static const CandidateList& of(const Map& map, const Key& key) {
        static const CandidateList none;
        const auto found = map.find(key);
        return found == map.end() ? none : found->second;
    }

    void add(const Resource& object) {
        const Id id = object.id();
        const Id original = object.original_id();
        const bool cluster_scoped = is_cluster_scoped(id.gvk);
        if (!is_cluster_scoped(original.gvk)) {
            moves_.insert({original.effective_space(), ""});
            moves_.insert({original.effective_space(), id.effective_space()});
        }
        all_.push_back({&object, all_.size(), id.gvk, id.name, id.space, id.effective_space(),
                        original.effective_space(), cluster_scoped});
    }

    void index(const Candidate& candidate) {
        std::vector<std::string_view> names;
        for (const Resource::Former& former : candidate.resource->former) {
            if (std::find(names.begin(), names.end(), former.name) != names.end()) continue;
            names.push_back(former.name);
            by_name_[former.name].push_back(&candidate);
            by_space_[{former.name, candidate.effective_space}].push_back(&candidate);
        }
    }

    std::vector<Candidate> all_;
    std::unordered_map<std::string_view, CandidateList> by_name_;
    std::unordered_map<Pair, CandidateList, Pair::Hash> by_space_;
    std::unordered_set<Pair, Pair::Hash> moves_;
};

/// Whether an id the object had before is of the kind.
bool was_of_kind(const Candidate& candidate, const FieldSpec& kind) {
    return std::ranges::any_of(candidate.resource->former, [&](const Resource::Former& former) {
        return kind.matches({candidate.gvk.group, candidate.gvk.version, former.kind});
    });
}

using Names = std::vector<std::string_view>;

bool same_ending(const Names& a, const Names& b) {
    if (a.empty() || b.empty()) return a.empty() && b.empty();
    const auto shorter = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
    return std::equal(a.end() - shorter, a.end(), b.end() - shorter);
}

bool same_history(const Resource& a, const Resource& b, bool none_matches_any) {
    const auto same = [&](const Names& x, const Names& y) {
        return (none_matches_any && (x.empty() || y.empty())) || same_ending(x, y);
    };
    return same(a.prefixes, b.prefixes) && same(a.suffixes, b.suffixes);
}

/// The references of one object.
class Referrer {
  public:
    Referrer(yaml::Arena& arena, const Candidates& candidates, const Resource& resource)
        : arena_(arena),
          candidates_(candidates),
          resource_(resource),
          space_(resource.id().effective_space()),
          cluster_scoped_(is_cluster_scoped(resource.gvk())) {}

    /// The namespaces that the ServiceAccounts of a RoleBinding may be in beside its own.
    Result<void> find_subject_spaces() {
        if (cluster_scoped_ || resource_.gvk().kind != "RoleBinding") return {};
        const Node* const subjects = resource_.root->find("subjects");
        if (subjects == nullptr) return {};
        for (const Node* const subject : subjects->items) {
            const Node* const space = subject->find("namespace");
            if (space == nullptr || subject->text_of("kind") != "ServiceAccount") continue;
            if (!space->is_string())
                return fail(Error::Kind::invalid,
                            "namespace is blank for resource " + to_string(resource_.id()) +
                                ": found a subject whose namespace is no text",
                            "name its namespace", space->mark.location());
            subject_spaces_.push_back(space->text);
        }
        return {};
    }

    Result<void> update(const FieldSpec& target, const FieldSpec& field) {
        target_ = &target;
        by_role_ = field.path.ends_with("roleRef/name") && find_role();
        const Visit visit = [this](Node& node) { return reference(node); };
        return visit_field(arena_, *resource_.root, field, Missing::skip, visit);
    }

  private:
    /// The kind that `roleRef` says it means.
    bool find_role() {
        const Node* const role = resource_.root->find("roleRef");
        const Node* const group = role == nullptr ? nullptr : role->find("apiGroup");
        const Node* const kind = role == nullptr ? nullptr : role->find("kind");
        if (group == nullptr || kind == nullptr) return false;
        role_ = {.group = group->text, .kind = kind->text};
        return true;
    }

    Result<void> reference(Node& node) {
        if (!node.is_sequence()) return one_reference(node);
        for (Node* const item : node.items) {
            if (item->is_sequence())
                return fail(Error::Kind::invalid, "found a list where a reference should be",
                            "write a name, or a mapping with a name", item->mark.location());
            TRY(one_reference(*item));
        }
        return {};
    }

    Result<void> one_reference(Node& node) {
        if (node.is_null()) return {};
        return node.is_scalar() ? by_name(node) : by_name_and_space(node);
    }

    Result<void> by_name(Node& node) {
        const CandidateList found = sieve(in_reach(node.text));
        const Candidate* const target = TRY(choose(found, node, false));
        if (target != nullptr && target->name != node.text)
            set_untyped(node, target->name, node.mark);
        return {};
    }

    Result<void> by_name_and_space(Node& node) {
        Node* const name = node.find("name");
        if (name == nullptr)
            return fail(Error::Kind::invalid, "found a reference without `name`",
                        "name the object it means", node.mark.location());
        const Node* const space = node.find("namespace");
        CandidateList found = in_reach(name->text);
        if (space != nullptr) keep_from(found, space->text);
        const Candidate* const target = TRY(choose(sieve(std::move(found)), node, true));
        if (target == nullptr) return {};
        if (target->name == name->text && target->space.empty()) return {};
        set_untyped(*name, target->name, name->mark);
        if (target->space.empty()) return {};
        const Node* const written = node.find("namespace");
        set_untyped_field(arena_, node, "namespace", target->space,
                          written == nullptr ? name->mark : written->mark);
        return {};
    }

    /// Those that had the name, as far as the referrer sees.
    CandidateList in_reach(std::string_view name) const {
        if (cluster_scoped_) return candidates_.named(name);
        CandidateList found = candidates_.named_in(name, space_);
        const auto add = [&](const CandidateList& more) {
            found.insert(found.end(), more.begin(), more.end());
        };
        add(candidates_.named_in(name, cluster_space));
        for (const std::string_view space : subject_spaces_)
            for (const Candidate* const candidate : candidates_.named_in(name, space))
                if (candidate->space == space) found.push_back(candidate);
        std::ranges::sort(found, {}, &Candidate::position);
        const auto repeated = std::ranges::unique(found);
        found.erase(repeated.begin(), repeated.end());
        return found;
    }

    /// Those that came from the namespace a reference names, or else are in it.
    void keep_from(CandidateList& found, std::string_view space) const {
        const bool from = any_from(space);
        std::erase_if(found, [&](const Candidate* candidate) {
            return (from ? candidate->original_space : candidate->effective_space) != space;
        });
    }

    bool any_from(std::string_view space) const {
        if (cluster_scoped_) return candidates_.any_from(space, "");
        return candidates_.any_from(space, space_) || candidates_.any_from(space, cluster_space) ||
               std::ranges::any_of(subject_spaces_, [&](std::string_view reached) {
                   return candidates_.any_from(space, reached);
               });
    }

    CandidateList sieve(CandidateList found) const {
        std::erase_if(found, [&](const Candidate* candidate) {
            if (!was_of_kind(*candidate, *target_)) return true;
            if (by_role_ && !was_of_kind(*candidate, role_)) return true;
            return !cluster_scoped_ && !candidate->cluster_scoped &&
                   candidate->gvk.kind != "ServiceAccount" && candidate->effective_space != space_;
        });
        return found;
    }

    /// Null where none of them is meant.
    Result<const Candidate*> choose(CandidateList found, const Node& node,
                                    bool spaces_count) const {
        if (found.size() == 1) return found.front();
        keep_history(found, true);
        if (found.size() > 1) keep_history(found, false);
        if (found.empty()) return nullptr;
        const Candidate& first = *found.front();
        const bool same = std::ranges::all_of(found, [&](const Candidate* other) {
            return other->name == first.name && (!spaces_count || other->space == first.space);
        });
        if (same) return &first;
        return fail(
            Error::Kind::invalid,
            "found multiple possible referrals: the reference could be to " +
                std::to_string(found.size()) + " objects: " + to_string(first.resource->id()) +
                ", " + to_string(found[1]->resource->id()) + (found.size() > 2 ? ", …" : ""),
            "give the objects different names before they are prefixed", node.mark.location());
    }

    void keep_history(CandidateList& found, bool none_matches_any) const {
        std::erase_if(found, [&](const Candidate* candidate) {
            return !same_history(*candidate->resource, resource_, none_matches_any);
        });
    }

    static constexpr std::string_view cluster_space = "_non_namespaceable_";

    yaml::Arena& arena_;
    const Candidates& candidates_;
    const Resource& resource_;
    std::string_view space_;  // effective
    bool cluster_scoped_;
    std::vector<std::string_view> subject_spaces_;
    const FieldSpec* target_ = nullptr;
    FieldSpec role_;
    bool by_role_ = false;
};

/// The fields of a kind that name others, in the order they are updated.
struct Reference {
    const FieldSpec* target;
    const FieldSpec* field;
};

/// Found once for each kind: a build has many objects of few kinds.
class ReferenceRules {
  public:
    explicit ReferenceRules(std::span<const NameReferenceSpec> specs) : specs_(specs) {}

    const std::vector<Reference>& of(const Gvk& gvk) {
        const auto [known, is_new] = known_.try_emplace({gvk.group, gvk.version, gvk.kind});
        std::vector<Reference>& references = known->second;
        if (!is_new) return references;
        for (const NameReferenceSpec& spec : specs_)
            for (const FieldSpec& field : spec.referrers)
                if (field.matches(gvk)) references.push_back({&spec.target, &field});
        return references;
    }

  private:
    std::span<const NameReferenceSpec> specs_;
    std::map<std::array<std::string_view, 3>, std::vector<Reference>> known_;
};

/// How many texts kustomize reads out of those it wrote with commas between them; it does not write
/// an empty one.
std::ptrdiff_t count_read(std::string_view text) {
    return text.empty() ? 0 : 1 + std::ranges::count(text, ',');
}

/// kustomize keeps former names, namespaces and kinds in three lists, and fails where they do not
/// match: an object was without a name or a kind when one of the three changed.
Result<void> check_former_ids(const Resource& object) {
    std::ptrdiff_t names = 0;
    std::ptrdiff_t spaces = 0;
    std::ptrdiff_t kinds = 0;
    for (const Resource::Former& former : object.former) {
        names += count_read(former.name);
        spaces += former.space.empty() ? 1 : count_read(former.space);
        kinds += count_read(former.kind);
    }
    if (names == spaces && spaces == kinds) return {};
    return fail(Error::Kind::invalid,
                "number of previous names, number of previous namespaces, number of previous kinds "
                "not equal: " +
                    to_string(object.id()) + " was without a name or a kind for a time",
                "an object keeps both", object.root->mark.location());
}

}  // namespace

Result<void> update_name_references(yaml::Arena& arena, std::span<const NameReferenceSpec> specs,
                                    Resources& objects) {
    const Candidates candidates(objects);
    ReferenceRules rules(specs);
    for (const Resource* const object : objects) {
        TRY(check_former_ids(*object));
        Referrer referrer(arena, candidates, *object);
        const std::vector<Reference>& updates = rules.of(object->original_id().gvk);
        if (updates.empty()) continue;
        TRY(referrer.find_subject_spaces());
        for (const Reference& update : updates)
            TRY(referrer.update(*update.target, *update.field),
                "updating the references of " + to_string(object->id()));
    }
    return {};
}

}  // namespace lockstep::kustomize
