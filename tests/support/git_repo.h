#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "os/subprocess.h"
#include "support/temp_dir.h"

namespace lockstep::testing {

/// git as tests run it: no configuration of the user or the system, a fixed identity, English. A
/// test that fails to run git throws, with what git said.
class Git {
  public:
    /// Runs in `directory`. Commits and tags are dated `date` (seconds since 1970, UTC).
    explicit Git(std::string directory, std::int64_t date = 1'577'836'800)
        : directory_(std::move(directory)), date_(date) {}

    /// `git args…`: what it printed, without the last newline.
    std::string run(const std::vector<std::string>& args, std::string_view input = {}) const;
    /// The same, but a failure is an answer: its exit status, what it printed and said.
    os::Captured try_run(const std::vector<std::string>& args, std::string_view input = {}) const;

    void set_date(std::int64_t date) { date_ = date; }
    const std::string& directory() const { return directory_; }

  private:
    std::string directory_;
    std::int64_t date_;
};

/// Keeps the configuration of the user and the system away from every git that this process starts,
/// also those of the code under test. Done by every GitRepo.
void shut_out_git_configuration();

/// A repository with a work tree in a fresh folder, its branch is `main`. Each commit is dated one
/// day after the one before, the first 2020-01-01T00:00:00Z, so that all ids are the same in every
/// run.
class GitRepo {
  public:
    /// `init_args` go to `git init`: {"--bare"}, {"--object-format=sha256"}.
    explicit GitRepo(const std::vector<std::string>& init_args = {});

    /// The folder: the work tree, or the bare repository.
    const std::string& path() const { return git_.directory(); }
    std::string operator/(std::string_view name) const { return dir_ / name; }
    const Git& git() const { return git_; }
    std::string run(const std::vector<std::string>& args, std::string_view input = {}) const {
        return git_.run(args, input);
    }

    /// Files of the work tree; folders come and go as needed.
    void write(std::string_view path, std::string_view text) const { dir_.write(path, text); }
    void link(std::string_view path, std::string_view target) const;
    void remove(std::string_view path) const;

    /// Commits the whole work tree as it stands; the commit's id. An unchanged tree is fine.
    std::string commit(std::string_view message = "change");
    /// A lightweight tag at HEAD, or at `revision`.
    void tag(std::string_view name, std::string_view revision = "HEAD") const;
    /// An annotated one.
    void annotate(std::string_view name, std::string_view message = "release",
                  std::string_view revision = "HEAD") const;
    /// Loads a stream of `git fast-export` from a file.
    void import(const std::string& file) const;

  private:
    TempDir dir_;
    Git git_;
    std::int64_t next_date_ = 1'577'836'800;  // 2020-01-01
};

}  // namespace lockstep::testing
