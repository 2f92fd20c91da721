#include "release_lab/kill.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <exception>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "os/descriptor.h"

namespace lockstep::release_lab {

namespace {

constexpr int log_number = 3;  // of the child's log, the only file that it has open
constexpr std::string_view failed = "failed ";

void write_line(std::string line) {
    line += '\n';
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t count = ::write(log_number, rest.data(), rest.size());
        if (count <= 0) ::_exit(99);
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string_view to_string(release::Effect::Kind kind) {
    switch (kind) {
        case release::Effect::Kind::push:
            return "push";
        case release::Effect::Kind::build:
            return "build";
        case release::Effect::Kind::write:
            return "write";
    }
    throw std::logic_error("no such effect");
}

/// Kills its own process at an event.
class Killer final : public release::Observer {
  public:
    explicit Killer(std::size_t event) : event_(event) {}
    void before(const release::Effect& effect) override { count("before", effect); }
    void after(const release::Effect& effect) override { count("after", effect); }

  private:
    void count(std::string_view when, const release::Effect& effect) {
        // Held into death: no other thread has an event behind the last.
        const std::scoped_lock lock(mutex_);
        write_line(std::string(when) + ' ' + std::string(to_string(effect.kind)) + ' ' +
                   effect.what);
        if (++seen_ == event_) {
            ::kill(::getpid(), SIGKILL);
            for (;;) ::pause();
        }
    }

    const std::size_t event_;
    std::mutex mutex_;
    std::size_t seen_ = 0;
};

[[noreturn]] void be_the_child(const Lab& lab, std::size_t event, int log,
                               const std::function<void(release::Observer&)>& release) {
    // Sockets of the parent that the child held open would not close when the parent closes them.
    if (log != log_number && ::dup3(log, log_number, O_CLOEXEC) < 0) ::_exit(98);
    if (::close_range(log_number + 1, ~0u, 0) != 0) ::_exit(98);
    try {
        lab.enter();
        Killer killer(event);
        release(killer);
    } catch (const std::exception& error) {
        write_line(std::string(failed) + error.what());
    }
    // No destructors of what is the parent's.
    ::_exit(0);
}

std::string read_all(int file) {
    std::string text;
    std::array<char, 4096> bytes;
    for (ssize_t count = 0;
         (count = ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(text.size()))) > 0;)
        text.append(bytes.data(), static_cast<std::size_t>(count));
    return text;
}

Ended ended_as(int status, const std::string& log) {
    Ended ended;
    ended.was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        if (!ended.failure.empty())
            ended.failure += '\n' + line;
        else if (line.starts_with(failed))
            ended.failure = line.substr(failed.size());
        else
            ended.events.push_back(line);
    }
    if (!ended.was_killed && status != 0)
        ended.failure += "the child ended with wait status " + std::to_string(status);
    return ended;
}

}  // namespace

std::string Ended::last() const {
    const std::string event = events.empty() ? "" : ", " + events.back();
    const std::string count = std::to_string(events.size());
    if (was_killed) return "killed at " + count + event;
    return (failure.empty() ? "ended" : "failed: " + failure) + " after " + count + event;
}

Ended run_and_kill(const Lab& lab, std::size_t event,
                   const std::function<void(release::Observer&)>& release) {
    const os::Descriptor log(::memfd_create("events", MFD_CLOEXEC));
    if (!log) throw std::runtime_error("no memfd");
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no fork");
    if (child == 0) be_the_child(lab, event, log.number(), release);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw std::runtime_error("no child");
    return ended_as(status, read_all(log.number()));
}

}  // namespace lockstep::release_lab
