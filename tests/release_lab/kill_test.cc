#include "release_lab/kill.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <vector>

namespace lockstep::release_lab {
namespace {

using release::Effect;

class RunAndKill : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!why_absent(LabSetup{})) lab_ = std::make_unique<Lab>();
    }
    static void TearDownTestSuite() { lab_.reset(); }
    void SetUp() override {
        if (const auto why = why_absent(LabSetup{})) GTEST_SKIP() << *why;
    }
    /// A release of two effects: each makes a file.
    static void release(release::Observer& observer) {
        for (const char* name : {"one", "two"}) {
            const Effect effect{.kind = Effect::Kind::write, .what = name};
            observer.before(effect);
            make_file(name);
            observer.after(effect);
        }
    }
    static void make_file(const std::string& name) {
        const int file = ::open((lab_->home() + "/" + name).c_str(), O_CREAT | O_WRONLY, 0600);
        if (file < 0) throw std::runtime_error("cannot make " + name);
        ::close(file);
    }
    /// What is there, and is removed.
    static std::string files() {
        std::string found;
        for (const char* name : {"one", "two"})
            if (std::filesystem::remove(lab_->home() + "/" + name))
                found += (found.empty() ? "" : " ") + std::string(name);
        return found;
    }

    static inline std::unique_ptr<Lab> lab_;
};

TEST_F(RunAndKill, EndsAtEachEventInTurn) {
    std::vector<std::string> told;
    for (std::size_t event = 1;; ++event) {
        const Ended ended = run_and_kill(*lab_, event, release);
        told.push_back(ended.last() + ": " + files());
        EXPECT_EQ(ended.failure, "");
        if (!ended.was_killed) break;
    }
    EXPECT_EQ(told,
              (std::vector<std::string>{
                  "killed at 1, before write one: ", "killed at 2, after write one: one",
                  "killed at 3, before write two: one", "killed at 4, after write two: one two",
                  "ended after 4, after write two: one two"}));
}

TEST_F(RunAndKill, LetsItEndWhereNothingIsToBeKilled) {
    const Ended ended = run_and_kill(*lab_, never, release);
    EXPECT_FALSE(ended.was_killed);
    EXPECT_EQ(ended.events.size(), 4u);
    EXPECT_EQ(files(), "one two");
}

TEST_F(RunAndKill, SaysWhatWasThrown) {
    const Ended ended = run_and_kill(*lab_, 2, [](release::Observer& observer) {
        observer.before({.kind = Effect::Kind::push, .what = "refs/heads/main"});
        throw std::runtime_error("the remote\nis gone");
    });
    EXPECT_FALSE(ended.was_killed);
    EXPECT_EQ(ended.failure, "the remote\nis gone");
    EXPECT_EQ(ended.events, std::vector<std::string>{"before push refs/heads/main"});
}

TEST_F(RunAndKill, ACrashOfItsOwnIsNoKill) {
    const Ended ended = run_and_kill(*lab_, 1, [](release::Observer&) { std::abort(); });
    EXPECT_FALSE(ended.was_killed);
    EXPECT_TRUE(ended.failure.starts_with("the child ended with wait status "));
}

TEST_F(RunAndKill, CountsTheEventsOfAllThreadsAndEndsThemAll) {
    const Ended ended = run_and_kill(*lab_, 50, [](release::Observer& observer) {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&observer] {
                for (int n = 0; n < 1000; ++n)
                    observer.before({.kind = Effect::Kind::build, .what = "kite"});
            });
    });
    EXPECT_TRUE(ended.was_killed);
    EXPECT_EQ(ended.events.size(), 50u);
}

TEST_F(RunAndKill, HasTheLabsEnvironmentAndNothingOpen) {
    const Ended ended = run_and_kill(*lab_, never, [](release::Observer&) {
        if (std::filesystem::current_path() != lab_->project().directory())
            throw std::runtime_error("another folder");
        if (::getenv("HOME") != lab_->home()) throw std::runtime_error("another home");
        for (int number = 4; number < 200; ++number)
            if (::fcntl(number, F_GETFD) != -1)
                throw std::runtime_error("open: " + std::to_string(number));
    });
    EXPECT_EQ(ended.failure, "");
    EXPECT_NE(::getenv("HOME"), lab_->home());
}

}  // namespace
}  // namespace lockstep::release_lab
