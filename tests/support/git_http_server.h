#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "os/subprocess.h"
#include "support/temp_dir.h"

namespace lockstep::testing {

struct GitHttpSetup {
    /// Basic authentication, where there is a user. Nobody else gets in (401).
    std::string user = {}, password = {};
    bool everybody_reads = false;  // only pushes need the user
};

/// Repositories below a folder, as git itself serves them over HTTP (`git http-backend`, in a small
/// server of Python's), to clone, to fetch and to push: on a free port of loopback, from the
/// constructor to the destructor. Requests are served side by side. What a repository takes is up
/// to its own configuration: without `http.receivepack` git answers pushes with 403.
class GitHttpServer {
  public:
    /// Whether this machine has what it takes; tests skip otherwise.
    static bool is_possible();

    /// `root` may be filled later. Throws where the server does not start.
    explicit GitHttpServer(std::string root, const GitHttpSetup& setup = {});
    GitHttpServer(const GitHttpServer&) = delete;
    GitHttpServer& operator=(const GitHttpServer&) = delete;

    /// A new bare repository below the root that takes pushes ("acme/app"); `init_args` go to `git
    /// init`. Its folder.
    std::string make_repository(const std::string& name,
                                const std::vector<std::string>& init_args = {}) const;

    /// "http://127.0.0.1:PORT" and `path`; `user_info` stands before the host ("me:secret").
    std::string url(std::string_view path = "", std::string_view user_info = "") const;

    /// "POST /acme/app/git-receive-pack", in the order they came.
    std::vector<std::string> requests() const;

  private:
    std::string root_;
    TempDir dir_;
    os::Subprocess server_;
    std::string port_;
};

}  // namespace lockstep::testing
