#include "release/judged.h"

#include <utility>
#include <vector>

#include "verify/finding.h"
#include "verify/references.h"

namespace lockstep::release {

namespace {

/// In one line, as messages are.
std::string listed(const std::vector<std::string>& lines) {
    constexpr std::size_t shown_max = 10;
    std::string text;
    for (std::size_t at = 0; at < lines.size() && at < shown_max; ++at)
        text += (at == 0 ? ": " : "; ") + lines[at];
    if (lines.size() > shown_max)
        text += "; and " + std::to_string(lines.size() - shown_max) + " more";
    return text;
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

Result<void> require_consistent(const JudgedCommit& judged, const std::string& what) {
    std::vector<std::string> lines;
    for (const verify::Finding& finding : verify::findings(judged.verdict())) {
        if (finding.severity() == verify::Severity::note) continue;
        const std::string place = to_string(finding.at());
        lines.push_back((place.empty() ? "" : place + ": ") + finding.message());
    }
    const int status = verify::exit_status(judged.audit);
    if (status == 0) return {};
    // Beside what is certainly wrong they are no reason.
    for (const verify::JudgedImage& image : judged.verdict().images)
        if (status != 1 && image.state == verify::ImageState::unchecked)
            lines.push_back('`' + image.reference + "` could not be checked: " + image.reason);
    return fail(status == 1 ? Error::Kind::conflict : Error::Kind::unavailable,
                what + (status == 1 ? " would not be in lockstep" : " could not be checked") +
                    listed(lines),
                "nothing was published; mend this and release again");
}

}  // namespace lockstep::release
