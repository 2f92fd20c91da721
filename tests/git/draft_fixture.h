#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "git/draft.h"
#include "support/git_repo.h"
#include "support/temp_dir.h"

namespace lockstep::git {

/// A user's repository with a remote `origin` (bare, on disk) that has its `main` and two tags.
class DraftTest : public ::testing::Test {
  protected:
    explicit DraftTest(const std::vector<std::string>& init_args = {}) : user_(init_args) {
        user_.write("deploy/app.yaml", "image: app:v1.0.0\n");
        user_.write("run.sh", "#!/bin/sh\n");
        std::filesystem::permissions(user_ / "run.sh", std::filesystem::perms::owner_all);
        user_.link("link", "run.sh");
        first_ = user_.commit("first");
        user_.tag("v0.9.0");
        user_.annotate("v1.0.0");
        user_.write("README", "read\n");
        second_ = user_.commit("second\n\nwith a body\n");
        make_remote(init_args);
    }

    void make_remote(std::vector<std::string> args) const {
        args.insert(args.begin(), {"init", "--quiet", "--bare"});
        args.push_back(remote_path());
        user_.run(args);
        user_.run({"remote", "add", "origin", remote_path()});
        user_.run({"push", "--quiet", "origin", "main", "--tags"});
    }

    std::string remote_path() const { return dir_ / "remote"; }
    testing::Git remote() const { return testing::Git(remote_path()); }
    Result<Draft> open(const std::string& remote = {}) const {
        return Draft::open({.directory = user_.path(), .remote = remote});
    }
    Draft draft(const std::string& remote = {}) const {
        auto opened = open(remote);
        if (!opened) throw std::runtime_error(to_string(opened.error()));
        return std::move(*opened);
    }

    static ObjectId id(const std::string& hex) { return ObjectId::parse(hex).value(); }
    static Person person() {
        return {.name = "R Eleaser", .email = "r@example.com", .time = 1'700'000'000};
    }
    NewCommit commit_on(const std::string& parent, const std::string& message = "release\n") const {
        return {.tree = id(user_.run({"rev-parse", parent + "^{tree}"})),
                .parents = {id(parent)},
                .message = message,
                .author = person(),
                .committer = person()};
    }

    testing::TempDir dir_;
    testing::GitRepo user_;
    std::string first_, second_;
};

/// All files below a folder with their bytes.
inline std::map<std::string, std::string> bytes_below(const std::string& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        files[entry.path().string()] = {std::istreambuf_iterator<char>(stream), {}};
    }
    return files;
}

}  // namespace lockstep::git
