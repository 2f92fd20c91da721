// Signals while requests are under way.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "http/answer_text.h"
#include "http/client.h"
#include "os/descriptor.h"
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

/// A process that requests, as the program would, what it is told; what came of it is in the file
/// `told`. It is made before there is a server: a copy of a process that has threads may wait for
/// ever for a lock that one of them held (with the address sanitizer, that of the memory).
class Requester {
  public:
    enum class Beside { nothing, a_program };

    Requester(const std::string& told, Beside beside) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        os::Descriptor where(ends[0]);
        where_ = os::Descriptor(ends[1]);
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("no fork");
        if (pid_ == 0) be_the_child(where.number(), told, beside);
    }

    void request(const std::string& where) {
        ASSERT_EQ(::write(where_.number(), where.data(), where.size()), ssize_t(where.size()));
        where_ = {};
    }

    /// What became of it; far less than the minute that its request would take.
    int end_by(int signal) const {
        const auto begin = steady_clock::now();
        ::kill(pid_, signal);
        int status = 0;
        EXPECT_EQ(::waitpid(pid_, &status, 0), pid_);
        EXPECT_LT(steady_clock::now() - begin, 20s);
        return status;
    }

  private:
    [[noreturn]] void be_the_child(int where, const std::string& told, Beside beside) {
        where_ = {};
        if (!os::end_on_signals()) ::_exit(98);
        std::optional<os::Subprocess> other;
        if (beside == Beside::a_program) {
            other = os::Subprocess::start({.argv = {"sleep", "60"}}, {}).value();
            other->depend_on_us();
        }
        std::array<char, 256> text{};
        const ssize_t size = ::read(where, text.data(), text.size());
        if (size <= 0) ::_exit(97);
        Client client;
        const auto answer =
            client.send({.url = url({text.data(), std::size_t(size)}), .is_trusted = true});
        std::ofstream(told) << text_of(answer);
        if (os::is_ending()) os::leave();
        ::_exit(99);
    }

    os::Descriptor where_;
    pid_t pid_ = -1;
};

TEST(ClientEnding, ASignalEndsIt) {
    const testing::TempDir folder;
    Requester requester(folder / "told", Requester::Beside::nothing);
    RawServer server([](const RawRequest&, RawConnection& connection) { connection.pause(60s); });
    requester.request(server.url("/x"));
    wait_until([&] { return !server.requests().empty(); });
    const int status = requester.end_by(SIGINT);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
}

TEST(ClientEnding, CallersMayTidyUp) {
    const testing::TempDir folder;
    Requester requester(folder / "told", Requester::Beside::a_program);
    RawServer server([](const RawRequest&, RawConnection& connection) { connection.pause(60s); });
    requester.request(server.url("/x?secret"));
    wait_until([&] { return !server.requests().empty(); });
    const int status = requester.end_by(SIGTERM);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << status;
    std::ifstream told(folder / "told");
    std::string text;
    std::getline(told, text);
    EXPECT_EQ(text, "unavailable: GET " + server.url("/x") + ": interrupted");
}

}  // namespace
}  // namespace lockstep::http
