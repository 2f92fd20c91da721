#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/file_tree.h"
#include "base/result.h"
#include "http/client.h"

namespace lockstep::workspace {

/// Loads the single files that kustomizations name by http or https. Each URL is asked for once.
/// Addresses that are not public are refused unless the options allow them: the names stand in
/// somebody's repository. Thread-safe: readers take turns.
class RemoteFiles {
  public:
    struct Options {
        bool fetch = false;
        bool offline = false;
        bool may_reach_private = false;
    };
    explicit RemoteFiles(const Options& options);

    /// The file, at most 32 MiB of it. `not_found` where the answer is no success, in kustomize's
    /// words ("HTTP Error: status code 404 (Not Found)").
    Result<Blob> load(std::string_view url);

  private:
    Result<Blob> load_anew(std::string_view url);

    Options options_;
    std::mutex mutex_;
    std::unique_ptr<http::Client> client_;  // made when it is needed
    std::unordered_map<std::string, Result<Blob>> loaded_;
};

}  // namespace lockstep::workspace
