#include <utility>

#include "release/item_places.h"
#include "release/plan.h"
#include "release/steps.h"

namespace lockstep::release {

namespace {

bool may_be_seen(const State& state) {
    return state.step == Step::tagging || state.step == Step::burned;
}

/// What is at staging now: what was recorded, and what a builder left without being recorded.
Result<std::vector<oci::Digest>> staged_digests(const Held& place, const Item& item) {
    std::vector<oci::Digest> digests;
    if (!item.digest.empty()) digests.push_back(TRY(oci::Digest::parse(item.digest)));
    const images::ManifestName names[] = {place.by_tag()};
    const Result<oci::Descriptor> found = std::move(place.store->resolve(names).front());
    if (found && found->digest.str() != item.digest) digests.push_back(found->digest);
    if (!found && found.error().kind != Error::Kind::not_found)
        return std::unexpected(found.error());
    return digests;
}

/// Whether staging is a place of its own. Where it is the repository that is published from,
/// removing by digest could take what others name.
bool is_apart(const Held& from, const Held& to) {
    return from.store != to.store || from.reference.path() != to.reference.path();
}

/// Whether it was removed; a registry that removes nothing is named in `left`.
Result<bool> remove_if_it_can_be(const Held& place, const images::ManifestName& name,
                                 std::vector<std::string>& left) {
    const Result<void> removed = place.store->remove_manifest(name);
    if (removed) return true;
    if (removed.error().kind != Error::Kind::unsupported) return std::unexpected(removed.error());
    left.push_back(removed.error().message);
    return false;
}

/// Registries that remove what they are told and no more keep the tag.
Result<bool> is_there(const Held& place) {
    const images::ManifestName names[] = {place.by_tag()};
    const Result<oci::Descriptor> found = std::move(place.store->resolve(names).front());
    if (!found && found.error().kind != Error::Kind::not_found)
        return std::unexpected(found.error());
    return found.has_value();
}

Result<void> remove_staged(Site& site, const Item& item, std::vector<std::string>& left) {
    const Held from = TRY(staged(site, item));
    if (!is_apart(from, TRY(published(site, item)))) {
        left.push_back('`' + item.staging + "` is in the repository itself, and stays");
        return {};
    }
    bool is_removed = true;
    for (const oci::Digest& digest : TRY(staged_digests(from, item)))
        is_removed =
            TRY(remove_if_it_can_be(from, from.by_digest(digest.str()), left)) && is_removed;
    if (is_removed && TRY(is_there(from))) TRY(remove_if_it_can_be(from, from.by_tag(), left));
    return {};
}

/// Staging is tidied as far as can be; what cannot be is said, and keeps nobody from the end.
void remove_all_staged(Site& site, const State& state, std::vector<std::string>& left) {
    for (const Item& item : state.items) {
        // An image of a candidate waits where that was published.
        if (!state.origin.empty() && item.kind == Item::Kind::image) continue;
        const Result<void> removed = remove_staged(site, item, left);
        if (!removed) left.push_back('`' + item.staging + "`: " + removed.error().message);
    }
}

Result<std::vector<git::RefUpdate>> without_candidate(Site& site, const std::string& candidate) {
    std::vector<git::RefUpdate> updates;
    if (candidate.empty()) return updates;
    const std::string refs[] = {candidate};
    const git::RemoteRefs remote = TRY(site.draft().list(refs));
    if (const auto found = remote.refs.find(candidate); found != remote.refs.end())
        updates.push_back({candidate, found->second, git::ObjectId()});
    return updates;
}

std::unexpected<Error> overtaken(const State& state, const Journal::Move& move) {
    const std::string now = move.now ? "is " + std::string(to_string(move.now->state.step)) +
                                           " by " + move.now->state.runner
                                     : "is gone";
    return fail(Error::Kind::conflict,
                "the release `" + state.tag + "` went on meanwhile: it " + now,
                "look again: `lockstep release status " + state.tag + '`');
}

Result<Entry> moved(Site& site, const Entry& entry, State to, std::vector<git::RefUpdate> with) {
    Journal::Move move = TRY(site.journal().advance({.from = entry,
                                                     .to = site.stamped(std::move(to)),
                                                     .record = std::nullopt,
                                                     .with = std::move(with)}));
    if (!move.is_ours) return overtaken(entry.state, move);
    return std::move(*move.now);
}

Result<bool> is_tag_there(Site& site, const State& state) {
    const std::string ref = "refs/tags/" + state.tag;
    const std::string refs[] = {ref};
    return TRY(site.draft().list(refs)).refs.contains(ref);
}

Result<Aborted> burn(Site& site, const Entry& entry) {
    Aborted aborted{.is_burned = true, .left = {}};
    State state = entry.state;
    if (state.step != Step::burned) {
        auto with = TRY(without_candidate(site, state.candidate));
        state.step = Step::burned;
        state.candidate.clear();
        state.reason = "given up after its image tags may have been seen";
        TRY(moved(site, entry, state, std::move(with)));
    }
    remove_all_staged(site, state, aborted.left);
    return aborted;
}

}  // namespace

Result<Aborted> abort(Site& site, const Entry& entry) {
    const State& state = entry.state;
    if (state.step == Step::published || state.step == Step::recorded)
        return fail(Error::Kind::conflict,
                    '`' + state.tag + "` is published: nothing can be undone",
                    "repair it by a new version");
    if (may_be_seen(state)) {
        if (state.step != Step::burned && TRY(is_tag_there(site, state)))
            return fail(Error::Kind::conflict, "tag `" + state.tag + "` is visible already",
                        "`lockstep release resume " + state.tag + "` completes the release");
        return burn(site, entry);
    }
    Entry last = entry;
    if (state.step != Step::aborting) {
        State to = state;
        to.step = Step::aborting;
        to.reason = "given up before anything could be seen";
        last = TRY(moved(site, entry, std::move(to), {}));
    }
    Aborted aborted;
    remove_all_staged(site, last.state, aborted.left);
    const Journal::Move move =
        TRY(site.journal().remove(last, TRY(without_candidate(site, last.state.candidate))));
    if (!move.is_ours) return overtaken(state, move);
    return aborted;
}

Result<bool> abort_candidate(Site& site, const std::string& tag) {
    const git::RemoteRefs remote = TRY(site.draft().list());
    const git::ObjectId tip = value_of(remote.refs, remote.head);
    if (tip.is_null()) return false;
    const std::string branch[] = {remote.head};
    TRY(site.draft().fetch(branch));
    const project::Project& project = TRY(site.project_at(tip));
    const auto updates = TRY(without_candidate(site, candidate_of(tag, project)));
    if (updates.empty()) return false;
    const Journal::Move move = TRY(site.journal().push(updates));
    if (!move.is_ours)
        return fail(Error::Kind::conflict, "the release `" + tag + "` began meanwhile",
                    "look again: `lockstep release status " + tag + '`');
    return true;
}

}  // namespace lockstep::release
