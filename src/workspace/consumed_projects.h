#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "consumers/judge.h"
#include "evidence/evidence.h"
#include "git/draft.h"
#include "project/project.h"
#include "workspace/workspace.h"

namespace lockstep::workspace {

/// What is known of a judged release, as a consumer needs it.
consumers::SeenRelease seen_release(const evidence::History& history,
                                    const project::Project& project, const std::string& tag,
                                    const std::string& chart);

/// A clone on disk: its whole history, judged when it is asked for.
class LocalProject {
  public:
    static Result<LocalProject> open(const std::string& path, Options options);

    /// Whether a pin is of this project: its repository, or a chart that is in its trees.
    bool publishes(const consumers::Pin& pin) const;
    consumers::SeenRelease find(const consumers::Pin& pin) const;

    const std::string& path() const { return path_; }
    /// Where it is published ("github.com/owner/name"); empty where no remote says it.
    const std::string& repository() const { return history_.repository; }

  private:
    std::string path_;
    project::Project project_;
    evidence::History history_;
    std::set<std::string, std::less<>> branches_;  // its own, and those of its remotes
};

/// Projects that are asked where they are: each repository once for its refs, each release once.
class RemoteProjects {
  public:
    explicit RemoteProjects(Options options) : options_(std::move(options)) {}

    /// `url` is what kustomize would take, without `?ref=`, of the repository at `revision`.
    consumers::SeenRelease find(const consumers::Pin& pin, const std::string& url);

  private:
    const Result<git::RemoteRefs>& refs_of(const std::string& repository);
    consumers::SeenRelease find_named(const consumers::Pin& pin, const std::string& url,
                                      const git::RemoteRefs& refs);
    consumers::SeenRelease judge(const consumers::Pin& pin, const std::string& url,
                                 const std::string& revision, const std::string& tag);

    Options options_;
    std::map<std::string, Result<git::RemoteRefs>> refs_;
};

}  // namespace lockstep::workspace
