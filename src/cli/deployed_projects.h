#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "evidence/evidence.h"
#include "project/project.h"
#include "verify/deployed.h"
#include "verify/judge_deployed.h"
#include "verify/known_images.h"
#include "workspace/workspace.h"

namespace lockstep::cli {

/// A project whose images are looked for in a cluster, with what is known of its releases.
class DeployedProject {
  public:
    DeployedProject(workspace::Workspace workspace, evidence::History history);

    /// The release with this tag is expected everywhere.
    void expect(std::string tag) { expected_ = std::move(tag); }

    /// Asks registries for the images of these releases, and of what was asked for before.
    /// `tags` empty: of all, as far as `releases_max`.
    Result<void> ask(const std::vector<std::string>& tags, const Options& options);
    verify::ExpectedProject expected() const;
    const evidence::History& history() const { return *history_; }
    bool is_asked_whole() const { return is_asked_whole_; }
    /// The tags that are worth asking for first: what `deployed` declares, what is expected.
    std::vector<std::string> tags_of(const evidence::Deployed& deployed) const;

  private:
    workspace::Workspace workspace_;
    std::unique_ptr<evidence::History> history_;  // borrowed by `images_`
    std::unique_ptr<verify::KnownImages> images_;
    std::string expected_;
    bool is_asked_whole_ = false;
};

/// Those that the arguments name: the project at -C where none is, or where a release of it is
/// named.
Result<std::vector<DeployedProject>> deployed_projects(const Options& options, Progress& progress);

/// Judges, and asks for more releases where a digest is none of those that were asked for.
Result<verify::DeployedAudit> judge_projects(const evidence::Deployed& deployed,
                                             std::vector<DeployedProject>& projects,
                                             const Options& options);

}  // namespace lockstep::cli
