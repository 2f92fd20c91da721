#include "support/git_repo.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace lockstep::testing {

namespace {

constexpr std::int64_t day = 86'400;

os::Command hermetic(std::vector<std::string> argv, const std::string& directory,
                     std::int64_t date) {
    const std::string at = std::to_string(date) + " +0000";
    return {.argv = std::move(argv),
            .set = {{"GIT_CONFIG_NOSYSTEM", "1"},
                    {"GIT_CONFIG_GLOBAL", "/dev/null"},
                    {"GIT_AUTHOR_NAME", "A U Thor"},
                    {"GIT_AUTHOR_EMAIL", "author@example.com"},
                    {"GIT_AUTHOR_DATE", at},
                    {"GIT_COMMITTER_NAME", "C O Mitter"},
                    {"GIT_COMMITTER_EMAIL", "committer@example.com"},
                    {"GIT_COMMITTER_DATE", at},
                    {"GIT_TERMINAL_PROMPT", "0"},
                    {"LC_ALL", "C"},
                    {"TZ", "UTC"}},
            .unset = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
                      "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE",
                      "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"},
            .directory = directory};
}

}  // namespace

os::Captured Git::try_run(const std::vector<std::string>& args, std::string_view input) const {
    std::vector<std::string> argv = {"git", "-c", "init.defaultBranch=main"};
    argv.insert(argv.end(), args.begin(), args.end());
    auto captured = os::run(hermetic(std::move(argv), directory_, date_),
                            {.input = input, .timeout = std::chrono::minutes(5)});
    if (!captured) throw std::runtime_error(to_string(captured.error()));
    return std::move(*captured);
}

std::string Git::run(const std::vector<std::string>& args, std::string_view input) const {
    os::Captured captured = try_run(args, input);
    if (!captured.exit.ok()) {
        std::string command = "git";
        for (const std::string& arg : args) command += ' ' + arg;
        throw std::runtime_error(command + ": " + to_string(captured.exit) + ": " + captured.err);
    }
    if (captured.out.ends_with('\n')) captured.out.pop_back();
    return std::move(captured.out);
}

void shut_out_git_configuration() {
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    ::setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
}

GitRepo::GitRepo(const std::vector<std::string>& init_args) : git_(dir_.path().string()) {
    shut_out_git_configuration();
    std::vector<std::string> args = {"init", "--quiet"};
    args.insert(args.end(), init_args.begin(), init_args.end());
    run(args);
}

void GitRepo::link(std::string_view path, std::string_view target) const {
    const std::filesystem::path file = dir_ / path;
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::remove(file);
    std::filesystem::create_symlink(target, file);
}

void GitRepo::remove(std::string_view path) const {
    std::filesystem::remove_all(dir_ / path);
}

std::string GitRepo::commit(std::string_view message) {
    git_.set_date(next_date_);
    next_date_ += day;
    run({"add", "--all"});
    run({"commit", "--quiet", "--allow-empty", "--message", std::string(message)});
    return run({"rev-parse", "HEAD"});
}

void GitRepo::tag(std::string_view name, std::string_view revision) const {
    run({"tag", std::string(name), std::string(revision)});
}

void GitRepo::annotate(std::string_view name, std::string_view message,
                       std::string_view revision) const {
    run({"tag", "--annotate", "--message", std::string(message), std::string(name),
         std::string(revision)});
}

void GitRepo::import(const std::string& file) const {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + file);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    run({"fast-import", "--quiet"}, bytes);
}

}  // namespace lockstep::testing
