#include "os/subprocess.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <thread>

#include "support/temp_dir.h"

namespace lockstep::os {
namespace {

using std::chrono::milliseconds;

Command shell(std::string script) {
    return {.argv = {"sh", "-c", std::move(script)}};
}

TEST(Run, CapturesBothStreamsAndTheExitStatus) {
    const Captured captured = run(shell("echo out; echo err >&2; exit 3")).value();
    EXPECT_EQ(captured.out, "out\n");
    EXPECT_EQ(captured.err, "err\n");
    EXPECT_EQ(captured.exit, (Exit{.code = 3, .signal = 0}));
}

TEST(Run, TellsTheSignalThatEndedIt) {
    const Captured captured = run(shell("kill -9 $$")).value();
    EXPECT_EQ(to_string(captured.exit), "killed by signal 9");
}

TEST(Run, PassesArgumentsAsTheyAre) {
    const Captured captured =
        run({.argv = {"printf", "%s|", "a b", "$HOME", "`x`", "*", ""}}).value();
    EXPECT_EQ(captured.out, "a b|$HOME|`x`|*||");
}

TEST(Run, FeedsMoreInputThanAPipeHoldsWhileReadingAsMuch) {
    const std::string input(4u << 20, 'x');
    const Captured captured = run({.argv = {"cat"}}, {.input = input}).value();
    EXPECT_TRUE(captured.out == input);
}

TEST(Run, SurvivesAProgramThatDoesNotReadItsInput) {
    const std::string input(4u << 20, 'x');
    const Captured captured = run({.argv = {"true"}}, {.input = input}).value();
    EXPECT_TRUE(captured.exit.ok());
}

TEST(Run, GivesNoInputWhereThereIsNone) {
    EXPECT_EQ(run({.argv = {"cat"}}).value().out, "");
}

TEST(Run, SetsAndRemovesVariables) {
    ::setenv("LOCKSTEP_TEST_A", "old", 1);
    ::setenv("LOCKSTEP_TEST_B", "gone", 1);
    Command command = shell("echo $LOCKSTEP_TEST_A,${LOCKSTEP_TEST_B-unset}");
    command.set = {{"LOCKSTEP_TEST_A", "new"}};
    command.unset = {"LOCKSTEP_TEST_B"};
    EXPECT_EQ(run(command).value().out, "new,unset\n");
}

TEST(Run, RunsInAnotherDirectory) {
    const testing::TempDir dir;
    Command command{.argv = {"pwd"}};
    command.directory = dir.path().string();
    EXPECT_EQ(run(command).value().out, dir.path().string() + "\n");
}

TEST(Run, StopsAtTheOutputLimit) {
    const auto captured = run({.argv = {"yes"}}, {.out_bytes_max = 1000});
    ASSERT_FALSE(captured.has_value());
    EXPECT_EQ(captured.error().kind, Error::Kind::invalid);
    EXPECT_EQ(captured.error().message, "its output is larger than 1000 bytes");
}

TEST(Run, KeepsTheBeginningOfALongComplaint) {
    const Captured captured =
        run(shell("yes no | head -c 300000 >&2; echo done"), {.err_bytes_max = 6}).value();
    EXPECT_EQ(captured.err, "no\nno\n");
    EXPECT_EQ(captured.out, "done\n");
}

TEST(Run, EndsTheWholeGroupAtTheTimeout) {
    const testing::TempDir dir;
    const auto begin = std::chrono::steady_clock::now();
    const auto captured = run(shell("sleep 60 & echo $! > '" + dir / "pid" + "'; wait"),
                              {.timeout = milliseconds(200)});
    ASSERT_FALSE(captured.has_value());
    EXPECT_EQ(captured.error().kind, Error::Kind::unavailable);
    EXPECT_EQ(captured.error().message, "no end after 200 ms; it was stopped");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    const int child = std::stoi(run({.argv = {"cat", dir / "pid"}}).value().out);
    // The orphan is a zombie until init reaps it, so its state is asked and not its existence.
    const std::string stat =
        run({.argv = {"cat", "/proc/" + std::to_string(child) + "/stat"}}).value().out;
    EXPECT_TRUE(stat.empty() || stat.find(") Z") != std::string::npos) << stat;
}

TEST(Run, DoesNotWaitForWhatALivingGrandchildHolds) {
    const auto begin = std::chrono::steady_clock::now();
    const Captured captured =
        run(shell("(sleep 30) & echo done"), {.timeout = milliseconds(60'000)}).value();
    EXPECT_EQ(captured.out, "done\n");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Run, NamesAProgramThatIsNotThere) {
    const auto captured = run({.argv = {"lockstep-no-such-program"}});
    ASSERT_FALSE(captured.has_value());
    EXPECT_EQ(captured.error().kind, Error::Kind::not_found);
    EXPECT_EQ(captured.error().message, "`lockstep-no-such-program` is not on PATH");
}

TEST(Run, NamesADirectoryThatIsNotThere) {
    Command command{.argv = {"/bin/true"}};
    command.directory = "/nonexistent";
    const auto captured = run(command);
    ASSERT_FALSE(captured.has_value());
    EXPECT_EQ(captured.error().message,
              "starting `/bin/true` in `/nonexistent`: No such file or directory");
}

TEST(Subprocess, TalksForALongTime) {
    Subprocess cat = Subprocess::start({.argv = {"cat"}}, {.in = Subprocess::Stream::pipe}).value();
    for (const std::string_view word : {"one", "two"}) {
        ASSERT_EQ(cat.write_some(word).value(), word.size());
        char buffer[8];
        ssize_t size = -1;
        while (size < 0) size = ::read(cat.out.number(), buffer, sizeof buffer);
        EXPECT_EQ(std::string_view(buffer, static_cast<size_t>(size)), word);
    }
    cat.in.close();
    EXPECT_TRUE(cat.wait().value().ok());
}

TEST(Subprocess, ReportsAReaderThatHasGoneWithoutASignal) {
    Subprocess gone =
        Subprocess::start({.argv = {"true"}}, {.in = Subprocess::Stream::pipe}).value();
    ASSERT_TRUE(gone.wait().has_value());
    const auto written = gone.write_some("x");
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().message, "writing to a program: Broken pipe");
}

TEST(Subprocess, WaitsNoLongerThanTold) {
    Subprocess sleeper = Subprocess::start({.argv = {"sleep", "60"}}, {}).value();
    const auto exit = sleeper.wait(std::chrono::steady_clock::now() + milliseconds(20));
    ASSERT_FALSE(exit.has_value());
    EXPECT_EQ(exit.error().kind, Error::Kind::unavailable);
    EXPECT_FALSE(sleeper.poll().has_value());
}

}  // namespace
}  // namespace lockstep::os
