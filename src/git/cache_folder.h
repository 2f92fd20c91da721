#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "git/fetch_command.h"
#include "os/file.h"

namespace lockstep::git {

/// The bare repository of one URL below the cache directory.
class CacheFolder {
  public:
    CacheFolder(const std::string& cache_directory, const std::string& url);

    /// `unsupported` where the URL is too long for a name of a folder.
    Result<void> check() const;
    const std::string& path() const { return path_; }
    bool is_there() const;

    /// Whoever fetches holds it.
    Result<os::FileLock> lock(std::chrono::milliseconds timeout) const;
    /// Makes the repository where it is not there, in the object format of the remote. What a
    /// fetch that failed has left is removed.
    Result<Fetch> fetch(const FetchRequest& request) const;

  private:
    Result<Fetch> fetch_once(const FetchRequest& request) const;
    Result<void> remove_half_written() const;
    Result<void> make_repository(const std::string& object_format) const;

    std::string title_;  // the URL for messages
    std::string parent_;
    std::string path_;
};

}  // namespace lockstep::git
