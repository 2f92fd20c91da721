#include "trace/judge.h"

#include <algorithm>

#include "edit/changelog.h"
#include "record/record.h"
#include "trace/judge_image.h"
#include "verify/judge.h"
#include "verify/series.h"

namespace lockstep::trace {

namespace {

const evidence::Release* release_of(const Seen& seen) {
    const auto found =
        std::ranges::find(seen.history.releases, seen.release, &evidence::Release::tag);
    return seen.release.empty() || found == seen.history.releases.end() ? nullptr : &*found;
}

void add_git_tag(const Seen& seen, const evidence::Release* release, std::vector<Line>& lines) {
    Line line{.about = About::git_tag, .image = {}, .source = "refs/tags", .at = {}};
    if (release == nullptr) {
        const bool may_be_one = !std::ranges::all_of(seen.images, is_known);
        line.state = !seen.has_repository ? State::unchecked
                     : !may_be_one        ? State::missing
                     : seen.offline       ? State::unasked
                                          : State::unchecked;
        line.detail = seen.has_repository ? "no release is known to be this"
                                          : "there is no repository here: -C names one";
    } else {
        line.state = seen.is_release_proved ? State::proved : State::claimed;
        line.value = release->tag;
        line.detail = seen.release_reason;
        line.source += "/" + release->tag;
    }
    lines.push_back(std::move(line));
}

/// The record of the release against the tag as it is now.
void add_record(const Seen& seen, const evidence::Release& release, std::vector<Line>& lines) {
    Line line{.about = About::record, .image = {}, .source = record::ref_of(release.tag), .at = {}};
    const auto found = seen.history.records.find(release.tag);
    if (found == seen.history.records.end()) {
        line = no_record(seen, release.tag + " has no record");
        line.source = record::ref_of(release.tag);
    } else if (!found->second.record) {
        line.state = State::unchecked;
        line.detail = found->second.reason;
    } else {
        const record::Record& record = *found->second.record;
        const bool is_same = record.commit == release.commit &&
                             (record.tag_object.empty() || release.tag_object.empty() ||
                              record.tag_object == release.tag_object);
        line.state = is_same ? State::proved : State::differs;
        line.value = record.commit;
        line.detail = is_same ? "the tag is as it was recorded"
                              : "the tag was moved: it names " + release.commit.substr(0, 12);
    }
    lines.push_back(std::move(line));
}

void add_commit(const Seen& seen, const std::string& commit, std::string source,
                std::vector<Line>& lines) {
    Line line{.about = About::commit,
              .state = State::proved,
              .image = {},
              .value = commit,
              .detail = {},
              .source = std::move(source),
              .at = {}};
    if (const auto known = seen.authors.find(commit); known != seen.authors.end()) {
        line.detail = known->second.subject;
        line.author = known->second.author;
        line.time = known->second.time;
    }
    lines.push_back(std::move(line));
}

void add_changelog(const Seen& seen, const evidence::Release& release, std::vector<Line>& lines) {
    Line line{.about = About::changelog, .image = {}, .source = release.tag, .at = {}};
    if (!seen.changelog_unknown.empty()) {
        line.state = State::unchecked;
        line.detail = seen.changelog_unknown;
    } else if (seen.changelog.empty()) {
        line.detail = "there is no change log";
    } else if (const auto section = edit::find_section(
                   seen.changelog_text, release.version ? release.version->str() : release.tag,
                   release.tag)) {
        line.state = State::claimed;
        line.value = section->title;
        line.at = Location{seen.changelog, section->line, 1};
    } else {
        line.detail = "`" + seen.changelog + "` has no section for it";
    }
    lines.push_back(std::move(line));
}

void add_release(const Seen& seen, const evidence::Release* release, std::vector<Line>& lines) {
    const std::string& asked = seen.subject.commit;
    if (!asked.empty() && (release == nullptr || release->commit != asked))
        add_commit(seen, asked, "Git, as it was asked for", lines);
    add_git_tag(seen, release, lines);
    if (release == nullptr) return;
    add_record(seen, *release, lines);
    add_commit(seen, release->commit, "refs/tags/" + release->tag, lines);
    add_changelog(seen, *release, lines);
}

/// Whether a release names the image by digest.
bool pins(const evidence::Release* release, const TracedImage& image) {
    if (release == nullptr || !release->tree) return false;
    return std::ranges::any_of(release->tree->units, [&](const auto& unit) {
        return std::ranges::any_of(unit->facts.declarations, [&](const auto& declaration) {
            return !declaration.digest.empty() &&
                   verify::family(declaration.image) == verify::family(image.name);
        });
    });
}

const verify::ReleaseVerdict* verdict_of(const verify::Audit& audit,
                                         const evidence::Release* release) {
    const auto found = std::ranges::find(audit.releases, release, &verify::ReleaseVerdict::release);
    return found == audit.releases.end() ? nullptr : &*found;
}

}  // namespace

Page judge(const Seen& seen, const project::Project& project) {
    const evidence::Release* const release = release_of(seen);
    const verify::Audit audit = verify::judge(seen.history, project, {}, verify::Registry::unasked);
    const verify::Background background(seen.history, project);
    ImageContext context{.seen = seen,
                         .background = background,
                         .release = release,
                         .verdict = verdict_of(audit, release)};
    if (context.verdict == nullptr) context.release = nullptr;
    if (context.release != nullptr)
        context.origin = {.version = release->version,
                          .name = release->tag,
                          .commits = {release->commit},
                          .is_released = true};
    Page page{
        .subject = seen.subject,
        .project = seen.history.repository.empty() ? seen.history.project : seen.history.repository,
        .release = seen.release,
        .lines = {},
        .notices = seen.history.notices};
    for (const TracedImage& image : seen.images) {
        context.is_pinned = pins(release, image);
        add_image(image, context, page.lines);
        add_image_records(image, context, page.lines);
        add_manifests(image, context, page.lines);
        add_labels(image, context, page.lines);
        add_attachments(image, context, page.lines);
    }
    add_release(seen, release, page.lines);
    std::ranges::stable_sort(page.lines, {}, &Line::about);
    return page;
}

}  // namespace lockstep::trace
