#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/git_repo.h"
#include "verify/finding.h"
#include "verify/judge.h"
#include "workspace/workspace.h"

namespace lockstep {

/// One line for each release, one for each declaration, one for each finding that is no drift.
inline std::string told(const verify::ReleaseVerdict& release) {
    std::string text = release.release->tag + ": " + to_string(release.verdict) + "\n";
    for (const verify::Judged& judged : release.declarations) {
        const manifest::Declaration& declaration = *judged.declaration;
        text += "  " + to_string(declaration.at) + " " +
                (declaration.declared.empty() ? "-" : declaration.declared) + " " +
                to_string(judged.verdict);
        if (judged.fault != verify::Fault::none) text += std::string(" ") + to_string(judged.fault);
        text += "\n";
    }
    for (const verify::Unread& unread : release.unread)
        text += "  ! " + verify::Finding(release, unread).message() + "\n";
    return text;
}

inline std::string told(const Result<evidence::History>& history, const project::Project& project) {
    if (!history) return to_string(history.error());
    const verify::Audit audit = verify::judge(*history, project);
    std::string text;
    for (const verify::ReleaseVerdict& release : audit.releases) text += told(release);
    return text;
}

/// What an audit says, or why there is none.
inline std::string audit_of(workspace::Options options) {
    auto workspace = workspace::Workspace::open(std::move(options));
    if (!workspace) return to_string(workspace.error());
    return told(workspace->history(), workspace->project());
}

/// What verifying the work tree says.
inline std::string verify_work_tree(workspace::Options options, const std::string& expect = {}) {
    auto workspace = workspace::Workspace::open(std::move(options));
    if (!workspace) return to_string(workspace.error());
    return told(workspace->work_tree(expect), workspace->project());
}

/// What verifying a URL says.
inline std::string verify_url(const std::string& url, workspace::Options options) {
    auto workspace = workspace::Workspace::open_url(url, std::move(options));
    if (!workspace) return to_string(workspace.error());
    return told(workspace->release({}, {}), workspace->project());
}

/// A project told release by release, in a real repository, and what an audit that knows nothing of
/// it says.
class Story {
  public:
    /// `url` is what its remote is called; it is never contacted.
    explicit Story(const std::string& url = "https://github.com/acme/app",
                   const std::vector<std::string>& init_args = {})
        : repository_(init_args) {
        repository_.run({"remote", "add", "origin", url});
    }

    /// Writes files (an empty text removes one), commits, tags. Files that are not named stay as
    /// they were.
    Story& release(const std::string& tag,
                   const std::vector<std::pair<std::string, std::string>>& files) {
        for (const auto& [path, text] : files)
            text.empty() ? repository_.remove(path) : repository_.write(path, text);
        repository_.commit(tag);
        repository_.tag(tag);
        return *this;
    }

    testing::GitRepo& repository() { return repository_; }

    std::string audit(workspace::Options options = {}) {
        options.directory = repository_.path();
        return audit_of(std::move(options));
    }

  private:
    testing::GitRepo repository_;
};

inline std::string deployment(const std::string& image) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  selector:\n    "
           "matchLabels:\n      app: app\n"
           "  template:\n    metadata:\n      labels:\n        app: app\n    spec:\n      "
           "containers:\n      - name: app\n"
           "        image: " +
           image + "\n";
}

}  // namespace lockstep
