#include "os/ending.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

#include "os/subprocess.h"
#include "support/temp_dir.h"

namespace lockstep::os {
namespace {

using std::chrono::milliseconds;
using testing::TempDir;

void wait_until(const std::function<bool()>& is_so) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!is_so() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(milliseconds(5));
    EXPECT_TRUE(is_so());
}

/// A process that does `work` and is ended by signals as the program is.
pid_t fork_ending(const std::function<void()>& work) {
    const pid_t pid = ::fork();
    if (pid != 0) return pid;
    if (end_on_signals()) work();
    if (is_ending()) leave();
    ::_exit(99);
}

/// How it ended; far less than the minute that its work would take.
int status_soon_after(int signal, pid_t pid) {
    const auto begin = std::chrono::steady_clock::now();
    ::kill(pid, signal);
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    return status;
}

TEST(Ending, ProgramsMayTidyUpAndSoMayTheirCallers) {
    const TempDir folder;
    const std::string script = "trap 'rm lock; exit 1' TERM; sleep 0.3; : > lock; sleep 60 & wait";
    const pid_t pid = fork_ending([&] {
        const auto ended = run({.argv = {"sh", "-c", script}, .directory = folder.path()});
        if (!ended && ended.error().message == "interrupted")
            std::filesystem::create_directory(folder / "told");
        static_cast<void>(run({.argv = {"touch", folder / "begun"}}));
    });
    wait_until([&] { return std::filesystem::exists(folder / "lock"); });
    const int status = status_soon_after(SIGINT, pid);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
    EXPECT_FALSE(std::filesystem::exists(folder / "lock"));
    EXPECT_TRUE(std::filesystem::exists(folder / "told"));
    EXPECT_FALSE(std::filesystem::exists(folder / "begun"));
}

TEST(Ending, ProgramsThatDoNotListenAreKilled) {
    const TempDir folder;
    const std::string script = "trap '' TERM; echo $$ > pid; mv pid ready; sleep 60; sleep 60";
    const pid_t pid = fork_ending([&] {
        static_cast<void>(run({.argv = {"sh", "-c", script}, .directory = folder.path()}));
    });
    wait_until([&] { return std::filesystem::exists(folder / "ready"); });
    const int status = status_soon_after(SIGTERM, pid);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << status;
    const std::string stubborn = run({.argv = {"cat", folder / "ready"}}).value().out;
    // Whoever inherited it may not have waited for it yet.
    const std::string status_of =
        "grep -qsE '^State:.[^ZX]' /proc/" + std::to_string(std::stoi(stubborn)) + "/status";
    wait_until([&] { return !run({.argv = {"sh", "-c", status_of}}).value().exit.ok(); });
}

TEST(Ending, IsAtOnceWhereNothingRuns) {
    const TempDir folder;
    const pid_t pid = fork_ending([&] {
        static_cast<void>(run({.argv = {"touch", folder / "ready"}}));
        std::this_thread::sleep_for(std::chrono::seconds(60));
    });
    wait_until([&] { return std::filesystem::exists(folder / "ready"); });
    std::this_thread::sleep_for(milliseconds(20));
    const int status = status_soon_after(SIGHUP, pid);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP) << status;
}

TEST(Ending, IgnoredSignalsStayIgnored) {
    ::signal(SIGHUP, SIG_IGN);
    const pid_t pid = fork_ending([] { ::kill(::getpid(), SIGHUP); });
    ::signal(SIGHUP, SIG_DFL);
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 99) << status;
}

}  // namespace
}  // namespace lockstep::os
