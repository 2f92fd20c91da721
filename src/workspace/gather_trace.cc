#include "workspace/gather_trace.h"

#include <algorithm>
#include <set>

#include "git/commit_text.h"
#include "manifest/file_text.h"
#include "oci/reference.h"
#include "verify/image_claims.h"
#include "verify/judge.h"
#include "verify/series.h"
#include "version/style.h"
#include "workspace/traced_image.h"

namespace lockstep::workspace {

namespace {

using trace::Seen;
using trace::Subject;
using trace::TracedImage;
using SeenState = evidence::SeenImage::State;

/// Images of one page, and names that a bare digest is looked for under.
constexpr std::size_t images_max = 30;
constexpr std::string_view changelog_names[] = {"CHANGELOG.md", "CHANGELOG",    "CHANGES.md",
                                                "Changelog.md", "changelog.md", "HISTORY.md",
                                                "RELEASES.md",  "NEWS.md"};

class Gatherer {
  public:
    Gatherer(Workspace& workspace, const TraceRequest& request)
        : workspace_(workspace), request_(request) {}

    Result<Seen> gather() {
        seen_.subject = TRY(traced_subject(workspace_, request_.text));
        seen_.offline = request_.offline;
        seen_.has_repository = workspace_.repository() != nullptr;
        if (seen_.has_repository) {
            seen_.history = TRY(workspace_.history());
            TRY(add_records());
        }
        if (seen_.subject.kind != Subject::Kind::image) TRY(find_release_in_git());
        look_at_images();
        if (seen_.subject.kind == Subject::Kind::image) find_release_of_image();
        TRY(read_git());
        return std::move(seen_);
    }

  private:
    const evidence::Release* release(std::string_view tag) const {
        const auto found = std::ranges::find(seen_.history.releases, tag, &evidence::Release::tag);
        return found == seen_.history.releases.end() ? nullptr : &*found;
    }

    Result<void> add_records() {
        using Records = TraceRequest::Records;
        if (request_.records == Records::nowhere || request_.records == Records::repository) {
            seen_.records = Seen::Records::unasked;
            seen_.records_reason = request_.records == Records::nowhere
                                       ? "records were not looked for (--records off)"
                                       : "its remote was not asked (--offline)";
        }
        if (request_.records == Records::nowhere) return {};
        if (request_.records == Records::repository)
            return workspace_.add_records(seen_.history, RecordSource::repository);
        const Result<void> asked = workspace_.add_records(seen_.history, RecordSource::required);
        if (asked || request_.records == Records::required) return asked;
        seen_.records = Seen::Records::unknown;
        seen_.records_reason = "its remote did not answer: " + asked.error().message;
        return workspace_.add_records(seen_.history, RecordSource::repository);
    }

    void choose(const std::string& tag, std::string reason, bool is_proved) {
        seen_.release = tag;
        seen_.release_reason = std::move(reason);
        seen_.is_release_proved = is_proved;
    }

    Result<void> find_release_in_git() {
        if (seen_.subject.kind == Subject::Kind::tag) {
            choose(seen_.subject.release, {}, true);
            return {};
        }
        const std::string& commit = seen_.subject.commit;
        for (const evidence::Release& each : seen_.history.releases) {
            if (each.commit != commit) continue;
            choose(each.tag, "it names this commit", true);
            return {};
        }
        const auto id = git::ObjectId::parse(commit);
        const std::vector<std::string> tags =
            TRY(git::tags_containing(*workspace_.repository(), *id));
        const std::set<std::string, std::less<>> containing(tags.begin(), tags.end());
        for (const evidence::Release& each : seen_.history.releases) {
            if (!containing.contains(each.tag)) continue;
            choose(each.tag, "the first release that holds this commit", true);
            return {};
        }
        return {};
    }

    /// References that stand for the project's own images in a release.
    std::vector<std::string> references_of_release() const {
        std::set<std::string> references;
        const auto record = seen_.history.records.find(seen_.release);
        if (record != seen_.history.records.end() && record->second.record)
            for (const record::Artifact& image : record->second.record->images)
                references.insert(image.reference);
        const verify::Audit audit =
            verify::judge(seen_.history, workspace_.project(), {}, verify::Registry::unasked);
        for (const verify::ReleaseVerdict& verdict : audit.releases) {
            if (verdict.release->tag != seen_.release) continue;
            for (const verify::Judged& judged : verdict.declarations) {
                const manifest::Declaration& declaration = *judged.declaration;
                if (declaration.subject != manifest::Subject::image ||
                    declaration.surface == manifest::Surface::text || declaration.by_default)
                    continue;
                const std::string tag =
                    judged.expected.empty() ? declaration.declared : judged.expected;
                const auto reference = oci::Reference::parse(declaration.image + ':' + tag);
                if (reference)
                    references.insert(reference->registry() + '/' + reference->path() + ':' + tag);
            }
        }
        return {references.begin(), references.end()};
    }

    /// A digest without a name, under each name that something here gives it; else under all names
    /// that the project's own images have.
    std::vector<std::string> references_of_digest() const {
        const std::string& digest = seen_.subject.digest;
        std::set<std::string> names;
        for (const auto& [tag, record] : seen_.history.records) {
            if (!record.record) continue;
            for (const record::Artifact& image : record.record->images) {
                const bool is_platform =
                    std::ranges::find(image.platforms, digest, &record::Platform::digest) !=
                    image.platforms.end();
                if (image.digest == digest || is_platform)
                    names.emplace(oci::split(image.reference).name);
            }
        }
        if (names.empty()) add_declared_names(names);
        std::vector<std::string> references;
        for (const std::string& name : names) {
            const auto reference = oci::Reference::parse(name);
            if (reference)
                references.push_back(reference->registry() + '/' + reference->path() + '@' +
                                     digest);
        }
        return references;
    }

    void add_declared_names(std::set<std::string>& names) const {
        const verify::Audit audit =
            verify::judge(seen_.history, workspace_.project(), {}, verify::Registry::unasked);
        names.insert(audit.own_images.begin(), audit.own_images.end());
        for (const evidence::Release& each : seen_.history.releases) {
            if (!each.tree) continue;
            for (const auto& unit : each.tree->units)
                for (const manifest::Declaration& declaration : unit->facts.declarations)
                    if (declaration.digest == seen_.subject.digest) names.insert(declaration.image);
        }
    }

    std::vector<std::string> references() const {
        if (seen_.subject.kind != Subject::Kind::image) return references_of_release();
        if (seen_.subject.reference.empty()) return references_of_digest();
        return {seen_.subject.reference};
    }

    void look_at_images() {
        std::vector<std::string> texts = references();
        if (texts.size() > images_max) {
            seen_.history.notices.push_back("there are " + std::to_string(texts.size()) +
                                            " images; the first " + std::to_string(images_max) +
                                            " are on this page");
            texts.resize(images_max);
        }
        evidence::Images images = ask_images(texts, request_.find);
        for (const std::string& text : texts) {
            TracedImage image{.reference = text,
                              .name = std::string(oci::split(text).name),
                              .seen = images[text]};
            // Who forbids every call knows that nobody is called.
            if (request_.offline && image.seen.state == SeenState::unknown)
                image.seen.reason.clear();
            const auto reference = oci::Reference::parse(text);
            if (reference && image.seen.state == SeenState::found)
                if (const auto answerer = request_.find(*reference)) look_around(image, *answerer);
            seen_.images.push_back(std::move(image));
        }
        keep_those_found();
        for (const TracedImage& image : seen_.images)
            seen_.history.images[image.reference] = image.seen;
    }

    /// A bare digest is looked for under several names and is at one of them.
    void keep_those_found() {
        if (seen_.subject.kind != Subject::Kind::image || !seen_.subject.reference.empty()) return;
        const auto is_found = [](const TracedImage& image) {
            return image.seen.state == SeenState::found;
        };
        if (std::ranges::any_of(seen_.images, is_found))
            std::erase_if(seen_.images, [&](const TracedImage& image) { return !is_found(image); });
        if (!seen_.images.empty()) return;
        seen_.images.push_back({.reference = '@' + seen_.subject.digest, .name = {}, .seen = {}});
        seen_.images.back().seen.reason = "nothing here says under which name it could be";
    }

    void find_release_of_image() {
        for (const TracedImage& image : seen_.images) {
            if (choose_by_record(image) || choose_by_tag(image) || choose_by_label(image) ||
                choose_by_attestation(image))
                return;
        }
    }

    bool choose_by_record(const TracedImage& image) {
        const std::string digest = image.seen.digest.empty()
                                       ? std::string(oci::split(image.reference).digest)
                                       : image.seen.digest;
        if (digest.empty()) return false;
        for (const auto& [tag, seen] : seen_.history.records) {
            if (!seen.record || release(tag) == nullptr) continue;
            for (const record::Artifact& artifact : seen.record->images) {
                const bool is_platform =
                    std::ranges::find(artifact.platforms, digest, &record::Platform::digest) !=
                    artifact.platforms.end();
                if (artifact.digest != digest && !is_platform) continue;
                const bool is_proved = seen.record->commit == release(tag)->commit &&
                                       image.seen.state == SeenState::found;
                choose(tag, "it is recorded with this digest", is_proved);
                return true;
            }
        }
        return false;
    }

    bool choose_by_tag(const TracedImage& image) {
        std::vector<std::string> tags = image.tags;
        if (const std::string_view asked = oci::split(image.reference).tag; !asked.empty())
            tags.emplace(tags.begin(), asked);
        for (const std::string& tag : tags) {
            const auto written = version::read_written(tag);
            for (const evidence::Release& each : seen_.history.releases) {
                const bool is_same =
                    each.tag == tag || (written && written->suffix.empty() && each.version &&
                                        *each.version == written->version);
                if (!is_same || !each.component.empty()) continue;
                choose(each.tag, "the image's tag `" + tag + "` is called like it", false);
                return true;
            }
        }
        return false;
    }

    bool choose_by_commit(const std::string& commit, const std::string& reason) {
        if (commit.size() < 7) return false;
        for (const evidence::Release& each : seen_.history.releases) {
            if (!each.commit.starts_with(commit)) continue;
            choose(each.tag, reason, false);
            return true;
        }
        return false;
    }

    bool choose_by_label(const TracedImage& image) {
        for (const evidence::SeenPlatform& platform : image.seen.platforms) {
            const auto label = platform.labels.find(verify::revision_label);
            if (label != platform.labels.end() &&
                choose_by_commit(label->second, "the image's label names its commit"))
                return true;
        }
        return false;
    }

    bool choose_by_attestation(const TracedImage& image) {
        for (const trace::Attachment& each : image.attachments) {
            if (!each.statement) continue;
            for (const trace::Dependency& dependency : each.statement->dependencies)
                if (choose_by_commit(dependency.commit, "an attestation names its commit"))
                    return true;
        }
        return false;
    }

    Result<void> read_git() {
        if (!seen_.has_repository) return {};
        add_named_commits();
        git::Repository& repository = *workspace_.repository();
        for (const TracedImage& image : seen_.images)
            for (const trace::Attachment& each : image.attachments)
                if (each.statement) look_up_commits(*each.statement);
        TRY(read_author(seen_.subject.commit));
        const evidence::Release* const chosen = release(seen_.release);
        if (chosen == nullptr) return {};
        TRY(read_author(chosen->commit));
        add_parents_of(*chosen, repository);
        const Result<void> read = read_changelog(*chosen, repository);
        if (!read) seen_.changelog_unknown = to_string(read.error());
        return {};
    }

    /// Of the images alone: the parents of every release that there is are no business of a page.
    void add_named_commits() {
        evidence::History images;
        images.images = seen_.history.images;
        workspace_.add_commits(images);
        seen_.history.commits = std::move(images.commits);
    }

    void look_up_commits(const trace::Statement& statement) {
        std::vector<std::string> texts = {statement.said_commit};
        for (const trace::Dependency& dependency : statement.dependencies)
            if (texts.size() < images_max) texts.push_back(dependency.commit);
        for (const std::string& text : texts) {
            if (text.empty() || seen_.history.commits.contains(text)) continue;
            const auto commit = workspace_.repository()->resolve(text);
            evidence::SeenCommit& known = seen_.history.commits[text];
            using State = evidence::SeenCommit::State;
            if (commit)
                known = {State::found, commit->id.hex()};
            else if (commit.error().kind == Error::Kind::not_found &&
                     !workspace_.repository()->is_shallow())
                known.state = State::absent;
        }
    }

    Result<void> read_author(const std::string& commit) {
        const auto id = git::ObjectId::parse(commit);
        if (!id) return {};
        const git::CommitText text = TRY(git::read_commit_text(*workspace_.repository(), *id));
        seen_.authors[commit] = {text.author, text.subject, text.time};
        return {};
    }

    void add_parents_of(const evidence::Release& chosen, git::Repository& repository) {
        const auto id = git::ObjectId::parse(chosen.commit);
        if (!id || seen_.history.parents.contains(chosen.commit)) return;
        const auto parents = repository.parents(*id);
        if (!parents) return;
        for (const git::Parent& parent : *parents)
            seen_.history.parents[chosen.commit].push_back(
                {parent.commit.hex(), parent.changed, parent.is_whole});
    }

    Result<void> read_changelog(const evidence::Release& chosen, git::Repository& repository) {
        const git::Commit commit = TRY(repository.resolve(chosen.commit));
        const auto tree = repository.tree(commit.tree);
        std::vector<std::string> names = {workspace_.project().release.changelog};
        if (names.front().empty())
            names.assign(std::begin(changelog_names), std::end(changelog_names));
        for (const std::string& name : names) {
            if (TRY(tree->stat(name)).kind != FileTree::Kind::file) continue;
            seen_.changelog_text = *TRY(manifest::read_file(*tree, name));
            seen_.changelog = name;
            return {};
        }
        return {};
    }

    Workspace& workspace_;
    const TraceRequest& request_;
    Seen seen_;
};

}  // namespace

Result<Seen> gather_trace(Workspace& workspace, const TraceRequest& request) {
    return Gatherer(workspace, request).gather();
}

}  // namespace lockstep::workspace
