// Signals while requests are under way.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "http/answer_text.h"
#include "http/client.h"
#include "os/ending.h"
#include "os/subprocess.h"
#include "support/temp_dir.h"

namespace lockstep::http {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;

void wait_until(const std::function<bool()>& is_so) {
    const auto deadline = steady_clock::now() + 20s;
    while (!is_so() && steady_clock::now() < deadline) std::this_thread::sleep_for(5ms);
    EXPECT_TRUE(is_so());
}

/// A process that requests `where` as the program would, beside a program of its own if `beside`;
/// what came of it is in the file `told`.
pid_t fork_request(const std::string& where, const std::string& told, bool beside) {
    const pid_t pid = ::fork();
    if (pid != 0) return pid;
    if (!os::end_on_signals()) ::_exit(98);
    std::optional<os::Subprocess> other;
    if (beside) {
        other = os::Subprocess::start({.argv = {"sleep", "60"}}, {}).value();
        other->depend_on_us();
    }
    Client client;
    const auto answer = client.send({.url = url(where), .is_trusted = true});
    std::ofstream(told) << text_of(answer);
    if (os::is_ending()) os::leave();
    ::_exit(99);
}

int ended_soon_after(int signal, pid_t pid) {
    const auto begin = steady_clock::now();
    ::kill(pid, signal);
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_LT(steady_clock::now() - begin, 1s);
    return status;
}

TEST(ClientEnding, ASignalEndsIt) {
    RawServer server([](const RawRequest&, RawConnection& connection) { connection.pause(60s); });
    const testing::TempDir folder;
    const pid_t pid = fork_request(server.url("/x"), folder / "told", /*beside=*/false);
    wait_until([&] { return !server.requests().empty(); });
    const int status = ended_soon_after(SIGINT, pid);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
}

TEST(ClientEnding, CallersMayTidyUp) {
    RawServer server([](const RawRequest&, RawConnection& connection) { connection.pause(60s); });
    const testing::TempDir folder;
    const pid_t pid = fork_request(server.url("/x?secret"), folder / "told", /*beside=*/true);
    wait_until([&] { return !server.requests().empty(); });
    const int status = ended_soon_after(SIGTERM, pid);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << status;
    std::ifstream told(folder / "told");
    std::string text;
    std::getline(told, text);
    EXPECT_EQ(text, "unavailable: GET " + server.url("/x") + ": interrupted");
}

}  // namespace
}  // namespace lockstep::http
