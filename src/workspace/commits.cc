#include "workspace/commits.h"

#include <algorithm>
#include <set>

namespace lockstep::workspace {

namespace {

using evidence::Labels;
using evidence::SeenCommit;

constexpr std::string_view revision = "org.opencontainers.image.revision";
/// Whatever an image says is looked up in Git: so much of it, and only what looks like an id.
constexpr std::size_t texts_max = 2'000;
constexpr std::size_t digits_min = 7;
constexpr std::size_t digits_max = 64;
/// Two runs of git for each release.
constexpr std::size_t releases_max = 500;

bool is_commit_id(std::string_view text) {
    return text.size() >= digits_min && text.size() <= digits_max &&
           std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

std::set<std::string> named_commits(const evidence::Images& images) {
    std::set<std::string> texts;
    const auto add = [&](const Labels& labels) {
        const auto found = labels.find(revision);
        if (found != labels.end() && is_commit_id(found->second) && texts.size() < texts_max)
            texts.insert(found->second);
    };
    for (const auto& [reference, image] : images) {
        add(image.annotations);
        for (const evidence::SeenPlatform& platform : image.platforms) {
            add(platform.labels);
            add(platform.annotations);
        }
    }
    return texts;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

SeenCommit look_up(git::Repository& repository, const std::string& text) {
    const auto commit = repository.resolve(lower(text));
    // A branch may be called like an id.
    if (commit && commit->id.hex().starts_with(lower(text)))
        return {SeenCommit::State::found, commit->id.hex()};
    const bool is_absent = !commit && commit.error().kind == Error::Kind::not_found;
    return {is_absent && !repository.is_shallow() ? SeenCommit::State::absent
                                                  : SeenCommit::State::unknown,
            {}};
}

bool pins_a_digest(const evidence::Release& release) {
    if (!release.tree) return false;
    return std::ranges::any_of(release.tree->units, [](const auto& unit) {
        return std::ranges::any_of(
            unit->facts.declarations,
            [](const manifest::Declaration& declaration) { return !declaration.digest.empty(); });
    });
}

/// Whether its images may be those of a release candidate.
bool has_candidate(const evidence::Release& release, const evidence::History& history) {
    if (!release.version || release.version->is_prerelease()) return false;
    return std::ranges::any_of(history.releases, [&](const evidence::Release& other) {
        return other.version && other.version->is_prerelease() &&
               other.component == release.component && other.version->core() == *release.version;
    });
}

}  // namespace

void add_named_commits(git::Repository& repository, evidence::History& history) {
    // A partial clone would fetch what a stranger's image names.
    if (repository.is_partial()) return;
    for (const std::string& text : named_commits(history.images))
        history.commits[text] = look_up(repository, text);
}

void add_parents(git::Repository& repository, evidence::History& history) {
    std::size_t count = 0;
    for (auto release = history.releases.rbegin(); release != history.releases.rend(); ++release) {
        if (release->is_context || release->commit.empty()) continue;
        if (!pins_a_digest(*release) && !has_candidate(*release, history)) continue;
        if (history.parents.contains(release->commit) || ++count > releases_max) continue;
        const auto id = git::ObjectId::parse(release->commit);
        if (!id) continue;
        const auto parents = repository.parents(*id);
        if (!parents) continue;
        // The parents of a shallow clone's oldest commit are not told.
        if (parents->empty() && repository.is_shallow()) continue;
        std::vector<evidence::Parent> seen;
        for (const git::Parent& parent : *parents)
            seen.push_back({parent.commit.hex(), parent.changed, parent.is_whole});
        history.parents[release->commit] = std::move(seen);
    }
}

}  // namespace lockstep::workspace
