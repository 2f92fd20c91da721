#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "git/remote.h"
#include "git/repository.h"
#include "kustomize/render.h"

namespace lockstep::workspace {

/// The directory of `tree` that `url` names. Its repository goes into the notes of `buildMetadata`,
/// as git clones it: where that holds a password it is left out.
kustomize::Remote remote_of(const git::RemoteUrl& url, std::shared_ptr<const FileTree> tree);

/// Loads the remote bases of kustomizations. What names this repository itself, at a revision that
/// it holds, is read from it; the rest is fetched into the cache, if at all. Each URL is asked for
/// once, a host that does not answer too. Thread-safe: readers take turns.
class RemoteBases {
  public:
    struct Options {
        std::string repository;  // the project's own: "github.com/owner/repo"
        std::string cache_directory;
        bool fetch = false;
        bool offline = false;
    };

    /// `own` may be null and must outlive this object.
    RemoteBases(git::Repository* own, Options options);

    Result<kustomize::Remote> load(std::string_view url);

  private:
    Result<kustomize::Remote> load_anew(std::string_view url);

    std::mutex mutex_;
    git::Repository* own_;
    Options options_;
    std::unordered_map<std::string, Result<kustomize::Remote>> loaded_;
};

}  // namespace lockstep::workspace
