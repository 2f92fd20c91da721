#include "verify/image_origin.h"

#include <algorithm>
#include <set>

#include "manifest/path_kinds.h"
#include "verify/component.h"

namespace lockstep::verify {

namespace {

/// Fewer digits of a commit's id would meet others by chance.
constexpr std::size_t digits_min = 7;

bool is_hexadecimal(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// The id of a commit, or the beginning of one.
bool is_commit_id(std::string_view text) {
    return text.size() >= digits_min && text.size() <= 64 && is_hexadecimal(text);
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool is_among(std::string_view id, const std::vector<std::string>& commits) {
    return std::ranges::any_of(commits,
                               [&](const std::string& commit) { return commit.starts_with(id); });
}

/// The files that a release may change after its image was built: those that declare its images and
/// versions, and the changelog that a release writes.
std::set<std::string, std::less<>> managed_files(const ReleaseVerdict& judged,
                                                 const project::Project& project) {
    std::set<std::string, std::less<>> files;
    if (!project.release.changelog.empty()) files.insert(project.release.changelog);
    for (const Judged& each : judged.declarations) files.insert(each.declaration->at.path);
    return files;
}

}  // namespace

Origin origin_of(const manifest::Declaration& declaration, const evidence::Release& release,
                 const Background& background) {
    const Timeline& timeline =
        timeline_of_images(release.component, background.history, background.timelines);
    Origin origin;
    const auto add = [&](const evidence::Release& each) {
        if (!each.commit.empty()) origin.commits.push_back(each.commit);
        if (!each.tag.empty()) {
            origin.is_released = true;
            if (origin.name.empty()) origin.name = each.tag;
        }
    };
    if (auto written = timeline.read(declaration.declared))
        origin.version = std::move(written->version);
    else
        origin.version = release.version;
    if (!origin.version) return origin;
    if (release.version == origin.version) add(release);
    const auto& releases = timeline.releases();
    const std::size_t first = timeline.position(*origin.version).value_or(releases.size());
    for (std::size_t at = first; at < releases.size(); ++at) {
        if (*releases[at]->version != *origin.version) break;
        if (!is_among(releases[at]->commit, origin.commits)) add(*releases[at]);
    }
    if (origin.name.empty()) origin.name = "version " + origin.version->str();
    return origin;
}

std::string RevisionJudge::called(std::string_view commit) const {
    for (const evidence::Release& release : background_.history.releases)
        if (!release.tag.empty() && release.commit.starts_with(commit))
            return "the commit of " + release.tag;
    return {};
}

/// The parents of the release's commit, where the image is one that the release itself names by
/// digest; null where that is not so, or they are not known.
const std::vector<evidence::Parent>* RevisionJudge::parents() const {
    const auto& known = background_.history.parents;
    const auto found = known.find(judged_.release->commit);
    if (found == known.end() || !is_among(judged_.release->commit, origin_.commits)) return nullptr;
    return &found->second;
}

/// Whether it is the commit of a release candidate of the same version: its images may become final
/// without being built again.
bool RevisionJudge::is_candidate(std::string_view id) const {
    return std::ranges::any_of(background_.history.releases, [&](const evidence::Release& release) {
        return release.version && release.version->is_prerelease() && origin_.version &&
               release.version->core() == *origin_.version && release.commit.starts_with(id);
    });
}

Said RevisionJudge::judge_parent(const Claim& claim, const evidence::Parent& parent) const {
    const auto files = managed_files(judged_, background_.project);
    const auto other = std::ranges::find_if(parent.changed, [&](const std::string& path) {
        // A base that overlays overrule declares nothing, and says the version all the same.
        return !files.contains(path) && !manifest::is_kustomization_name(file_name(path));
    });
    if (other != parent.changed.end())
        return {Answer::contradicts, claim.value, claim.place,
                "the commit before it, and " + origin_.name + " changes `" + *other +
                    "` besides what it declares"};
    if (!parent.is_whole)
        return {Answer::doubtful, claim.value, claim.place,
                "the commit before " + origin_.name + ", which changes more than was looked at"};
    return {Answer::proves, claim.value, claim.place,
            "the commit before " + origin_.name + ", which changes only what it declares"};
}

Said RevisionJudge::contradiction(const Claim& claim) const {
    Said said{Answer::contradicts, claim.value, claim.place, called(lower(claim.value))};
    using State = evidence::SeenCommit::State;
    const auto seen = background_.history.commits.find(claim.value);
    const State state =
        seen == background_.history.commits.end() ? State::unknown : seen->second.state;
    if (state == State::absent) said.why = "a commit that this repository does not hold";
    // An image whose base is known, that says it is this project's, or that names a commit of it,
    // speaks for itself. Any other commit may have come with a base image.
    if (claim.is_base_known || claim.is_own_source || state == State::found ||
        (state == State::unknown && !said.why.empty()))
        return said;
    said.answer = Answer::doubtful;
    if (said.why.empty()) said.why = "a commit that may be another repository's";
    said.why += ", and nothing says that the " + std::string(claim.place) + " is the image's own";
    return said;
}

Said RevisionJudge::operator()(const Claim& claim) const {
    const std::string id = lower(claim.value);
    if (!is_commit_id(id)) return {Answer::doubtful, claim.value, claim.place, "no commit"};
    if (origin_.commits.empty())
        return {Answer::doubtful, claim.value, claim.place,
                "no commit of " + (origin_.name.empty() ? "its release" : origin_.name) +
                    " is known here"};
    if (is_among(id, origin_.commits))
        return {Answer::proves, claim.value, claim.place, "the commit of " + origin_.name};
    if (!is_pinned_ && !is_candidate(id)) return contradiction(claim);
    const std::vector<evidence::Parent>* const before = parents();
    if (before == nullptr)
        return {Answer::doubtful, claim.value, claim.place,
                "whether that is the commit before " + origin_.name + " could not be told"};
    for (const evidence::Parent& parent : *before)
        if (parent.commit.starts_with(id)) return judge_parent(claim, parent);
    return contradiction(claim);
}

Said judge_version(const Claim& claim, const Origin& origin, const Timeline& timeline) {
    const auto written = timeline.read(claim.value);
    if (!origin.version)
        return {Answer::doubtful, claim.value, claim.place, "its reference names no version"};
    if (!written) return {Answer::doubtful, claim.value, claim.place, "no version"};
    if (written->version == *origin.version) return {Answer::proves, claim.value, claim.place, {}};
    const bool is_released = timeline.position(written->version).has_value();
    const bool is_alike = claim.is_own_source && written->version.number_count() >= 3 &&
                          written->version.number_count() == origin.version->number_count();
    if (is_released || claim.is_base_known || is_alike)
        return {Answer::contradicts, claim.value, claim.place, {}};
    return {Answer::doubtful, claim.value, claim.place,
            "which the project never released, and nothing says that the " +
                std::string(claim.place) + " is the image's own"};
}

}  // namespace lockstep::verify
