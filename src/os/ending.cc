#include "os/ending.h"

#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

#include "os/errno.h"

namespace lockstep::os {

namespace {

constexpr std::size_t groups_max = 2048;  // jobs are at most 1024
constexpr suseconds_t grace_us = 500'000;

// What a handler may touch: atomics without locks.
std::array<std::atomic<int>, groups_max> groups{};
std::atomic<int> ending{-1};  // the exit status
std::array<char, last_words_max> last_words{};
std::atomic<std::size_t> last_words_size{0};
static_assert(std::atomic<int>::is_always_lock_free);

/// Whether there was any.
bool signal_groups(int signal) {
    bool found = false;
    for (const std::atomic<int>& slot : groups) {
        const int group = slot.load();
        if (group <= 0) continue;
        found = true;
        ::kill(-group, signal);
    }
    return found;
}

extern "C" void leave_now(int) {
    leave();
}

extern "C" void end_by(int signal) {
    const int error = errno;
    end(128 + signal);
    errno = error;
}

}  // namespace

void set_last_words(std::string_view text) {
    last_words_size.store(0);  // a signal meanwhile says nothing rather than half of it
    const std::size_t size = std::min(text.size(), last_words.size());
    std::copy_n(text.data(), size, last_words.data());
    last_words_size.store(size);
}

void leave() {
    signal_groups(SIGKILL);
    const int status = ending.load();
    if (status > 128) {
        if (const std::size_t size = last_words_size.exchange(0); size > 0)
            static_cast<void>(!::write(STDERR_FILENO, last_words.data(), size));
        const int signal = status - 128;
        ::signal(signal, SIG_DFL);
        sigset_t only;
        sigemptyset(&only);
        sigaddset(&only, signal);
        ::pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
        ::kill(::getpid(), signal);
    }
    ::_exit(status);
}

void end(int status) {
    int none = -1;
    if (!ending.compare_exchange_strong(none, status)) leave();
    struct sigaction action = {};
    action.sa_handler = leave_now;
    ::sigaction(SIGALRM, &action, nullptr);
    const itimerval timer = {.it_interval = {}, .it_value = {.tv_sec = 0, .tv_usec = grace_us}};
    if (!signal_groups(SIGTERM) || ::setitimer(ITIMER_REAL, &timer, nullptr) != 0) leave();
}

bool is_ending() {
    return ending.load() >= 0;
}

Result<void> end_on_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action = {};
        if (::sigaction(signal, nullptr, &action) != 0)
            return fail_errno("asking for a signal", errno);
        if (action.sa_handler == SIG_IGN) continue;
        action = {};
        action.sa_handler = end_by;
        action.sa_flags = SA_RESTART;
        if (::sigaction(signal, &action, nullptr) != 0)
            return fail_errno("waiting for a signal", errno);
    }
    return {};
}

Dependent::Dependent(int group) {
    for (std::size_t slot = 0; slot < groups.size(); ++slot) {
        int empty = 0;
        if (!groups[slot].compare_exchange_strong(empty, group)) continue;
        slot_ = slot;
        break;
    }
    // A signal may have come between its start and here.
    if (is_ending()) ::kill(-group, SIGTERM);
}

Dependent::Dependent(Dependent&& other) noexcept : slot_(std::exchange(other.slot_, none)) {}

Dependent& Dependent::operator=(Dependent&& other) noexcept {
    std::swap(slot_, other.slot_);
    return *this;
}

Dependent::~Dependent() {
    if (slot_ != none) groups[slot_].store(0);
}

}  // namespace lockstep::os
