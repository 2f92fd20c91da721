#include "cli/timeout.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "cli/exit_status.h"
#include "os/ending.h"
#include "os/errno.h"

namespace lockstep::cli {
namespace {

extern "C" void give_up(int) {
    constexpr std::string_view text =
        "error: the time limit has passed before everything was checked\n"
        "hint: give it more with --timeout\n";
    static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
    os::end(exit_unchecked);
}

}  // namespace

Result<void> give_up_after(std::chrono::milliseconds time) {
    if (time.count() == 0)
        return fail(Error::Kind::usage, "a time limit of 0 leaves no time to check anything");
    struct sigaction action = {};
    action.sa_handler = give_up;
    const itimerval limit = {
        .it_interval = {},
        .it_value = {.tv_sec = time.count() / 1000, .tv_usec = time.count() % 1000 * 1000}};
    if (::sigaction(SIGALRM, &action, nullptr) != 0 ||
        ::setitimer(ITIMER_REAL, &limit, nullptr) != 0)
        return os::fail_errno("setting the time limit", errno);
    return {};
}

}  // namespace lockstep::cli
