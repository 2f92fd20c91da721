#include "release/judged.h"

#include <utility>
#include <vector>

#include "verify/finding.h"
#include "verify/references.h"

namespace lockstep::release {

namespace {

std::string listed(const std::vector<std::string>& lines) {
    constexpr std::size_t shown_max = 5;
    std::string text;
    for (std::size_t at = 0; at < lines.size() && at < shown_max; ++at)
        text += (at == 0 ? ": " : "; ") + lines[at];
    if (lines.size() > shown_max)
        text += "; and " + std::to_string(lines.size() - shown_max) + " more";
    return text;
}

/// What is wrong, and what could not be checked.
std::vector<std::string> complaints(const verify::ReleaseVerdict& verdict, Need need) {
    std::vector<std::string> lines;
    for (const verify::Finding& finding : verify::findings(verdict)) {
        const verify::Judged* const judged = finding.judged();
        const bool is_open = judged != nullptr && judged->verdict == verify::Verdict::unchecked &&
                             (need == Need::images || judged->fault != verify::Fault::digest_only);
        if (finding.severity() == verify::Severity::note && !is_open) continue;
        const std::string place = to_string(finding.at());
        lines.push_back((place.empty() ? "" : place + ": ") + finding.message());
    }
    if (need != Need::images) return lines;
    for (const verify::JudgedImage& image : verdict.images)
        if (image.state == verify::ImageState::unchecked ||
            (image.state == verify::ImageState::not_proved && !lines.empty()))
            lines.push_back('`' + image.reference + "`: " + image.reason);
    return lines;
}

bool is_pinned_only(const verify::ReleaseVerdict& verdict) {
    bool found = false;
    for (const verify::Judged& judged : verdict.declarations) {
        if (judged.verdict != verify::Verdict::unchecked) continue;
        if (judged.fault != verify::Fault::digest_only) return false;
        found = true;
    }
    return found && verdict.unread.empty();
}

}  // namespace

Result<std::unique_ptr<JudgedCommit>> judge_commit(Site& site, const git::ObjectId& commit,
                                                   const std::string& version,
                                                   const workspace::FindAnswerer& find) {
    auto judged = std::make_unique<JudgedCommit>(TRY(site.open_at(commit)));
    workspace::Workspace& workspace = judged->workspace;
    judged->history = TRY(workspace.release(commit.hex(), version));
    git::Repository& repository = *workspace.repository();
    judged->commit = TRY(repository.resolve(commit.hex()));
    judged->tree = repository.tree(judged->commit.tree);
    using verify::Registry;
    Registry asked = Registry::unasked;
    if (find) {
        const verify::References references =
            verify::references_to_ask(judged->history, judged->project());
        judged->history.images = workspace::ask_images(references.texts, find);
        workspace.add_commits(judged->history);
        asked = Registry::required;
    }
    judged->audit = verify::judge(judged->history, judged->project(), {}, asked);
    return judged;
}

Result<void> require_consistent(const JudgedCommit& judged, const std::string& what, Need need) {
    const std::vector<std::string> lines = complaints(judged.verdict(), need);
    const int status = verify::exit_status(judged.audit);
    // What is pinned by digest alone says no version; its image does, later.
    const bool waits_for_images = need == Need::declarations && is_pinned_only(judged.verdict());
    if (status == 0 || (status == 3 && waits_for_images && lines.empty())) return {};
    return fail(status == 1 ? Error::Kind::conflict : Error::Kind::unavailable,
                what + (status == 1 ? " would not be in lockstep" : " could not be checked") +
                    listed(lines),
                "nothing was published; mend this and release again");
}

}  // namespace lockstep::release
