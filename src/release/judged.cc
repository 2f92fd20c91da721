#include "release/judged.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "verify/finding.h"
#include "verify/references.h"

namespace lockstep::release {

namespace {

/// In one line, as messages are.
std::string listed(const std::vector<std::string>& lines) {
    constexpr std::size_t shown_max = 5;
    std::string text;
    for (std::size_t at = 0; at < lines.size() && at < shown_max; ++at)
        text += (at == 0 ? ": " : "; ") + lines[at];
    if (lines.size() > shown_max)
        text += "; and " + std::to_string(lines.size() - shown_max) + " more";
    return text;
}

/// Whether it says no version because it only pins a digest, and that is known to be the right one,
/// or is looked at later.
bool is_settled(const verify::Judged& judged, Need need, std::span<const Item> items) {
    if (judged.fault != verify::Fault::digest_only) return false;
    return need == Need::declarations || std::ranges::any_of(items, [&](const Item& item) {
               return item.digest == judged.declaration->digest;
           });
}

/// What is wrong, and what could not be checked.
std::vector<std::string> complaints(const verify::ReleaseVerdict& verdict, Need need,
                                    std::span<const Item> items) {
    std::vector<std::string> lines;
    for (const verify::Finding& finding : verify::findings(verdict)) {
        const verify::Judged* const judged = finding.judged();
        const bool is_open = judged != nullptr && judged->verdict == verify::Verdict::unchecked &&
                             !is_settled(*judged, need, items);
        if (finding.severity() == verify::Severity::note && !is_open) continue;
        const std::string place = to_string(finding.at());
        lines.push_back((place.empty() ? "" : place + ": ") + finding.message());
    }
    // Beside what is certainly wrong they are no reason.
    if (need != Need::images || !lines.empty()) return lines;
    for (const verify::JudgedImage& image : verdict.images)
        if (image.state == verify::ImageState::unchecked)
            lines.push_back('`' + image.reference + "`: " + image.reason);
    return lines;
}

/// Whether nothing keeps it from being consistent but what is settled.
bool is_settled(const verify::ReleaseVerdict& verdict, Need need, std::span<const Item> items) {
    return verdict.verdict == verify::Verdict::unchecked && verdict.unread.empty() &&
           std::ranges::all_of(verdict.declarations, [&](const verify::Judged& judged) {
               return judged.verdict != verify::Verdict::unchecked ||
                      is_settled(judged, need, items);
           });
}

}  // namespace

Result<std::unique_ptr<JudgedCommit>> judge_commit(Site& site, const git::ObjectId& commit,
                                                   const State& state,
                                                   const workspace::FindAnswerer& find) {
    auto judged = std::make_unique<JudgedCommit>(TRY(site.open_at(commit)));
    workspace::Workspace& workspace = judged->workspace;
    judged->history = TRY(workspace.release(commit.hex(), state.version));
    judged->history.releases.back().component = state.component;
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

Result<void> require_consistent(const JudgedCommit& judged, const std::string& what, Need need,
                                std::span<const Item> items) {
    const verify::ReleaseVerdict& verdict = judged.verdict();
    const std::vector<std::string> lines = complaints(verdict, need, items);
    const int status = verify::exit_status(judged.audit);
    if (status == 0 || (lines.empty() && is_settled(verdict, need, items))) return {};
    return fail(status == 1 ? Error::Kind::conflict : Error::Kind::unavailable,
                what + (status == 1 ? " would not be in lockstep" : " could not be checked") +
                    listed(lines),
                "nothing was published; mend this and release again");
}

}  // namespace lockstep::release
