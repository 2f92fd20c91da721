#include "os/subprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>

#include "base/check.h"
#include "os/environment.h"
#include "os/errno.h"

extern char** environ;

namespace lockstep::os {

namespace {

/// Above the standard streams, so that handing it to a child overwrites none of its siblings.
Descriptor above_standard_streams(Descriptor descriptor) {
    if (!descriptor || descriptor.number() > 2) return descriptor;
    return Descriptor(::fcntl(descriptor.number(), F_DUPFD_CLOEXEC, 3));
}

struct Pipe {
    Descriptor ours, theirs;
};

Result<Pipe> pipe_from_child() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno("making a pipe", errno);
    Pipe pipe{above_standard_streams(Descriptor(ends[0])),
              above_standard_streams(Descriptor(ends[1]))};
    ::fcntl(pipe.ours.number(), F_SETFL, O_NONBLOCK);
    return pipe;
}

/// A socket rather than a pipe: only a socket can be written to without SIGPIPE and without
/// changing how the whole process treats that signal.
Result<Pipe> pipe_to_child() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_errno("making a pipe", errno);
    Pipe pipe{above_standard_streams(Descriptor(ends[0])),
              above_standard_streams(Descriptor(ends[1]))};
    ::fcntl(pipe.ours.number(), F_SETFL, O_NONBLOCK);
    return pipe;
}

std::vector<std::string> environment_for(const Command& command) {
    const auto is_replaced = [&command](std::string_view name) {
        return std::ranges::any_of(command.set,
                                   [&](const auto& entry) { return entry.first == name; }) ||
               std::ranges::any_of(command.unset,
                                   [&](const std::string& other) { return other == name; });
    };
    std::vector<std::string> result;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        if (!is_replaced(text.substr(0, text.find('=')))) result.emplace_back(text);
    }
    for (const auto& [name, value] : command.set) result.push_back(name + '=' + value);
    return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// The C structs of posix_spawn, freed at the end.
class SpawnSetup {
  public:
    SpawnSetup() {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigset_t pipe;
        sigemptyset(&none);
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &pipe);
        posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    SpawnSetup(const SpawnSetup&) = delete;
    SpawnSetup& operator=(const SpawnSetup&) = delete;
    ~SpawnSetup() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    void connect(Subprocess::Stream stream, const Pipe& pipe, int number) {
        if (stream == Subprocess::Stream::pipe)
            posix_spawn_file_actions_adddup2(&actions_, pipe.theirs.number(), number);
        if (stream == Subprocess::Stream::null)
            posix_spawn_file_actions_addopen(&actions_, number, "/dev/null",
                                             number == 0 ? O_RDONLY : O_WRONLY, 0);
    }
    void run_in(const std::string& directory) {
        posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
    }
    int spawn(pid_t& pid, const std::string& program, std::vector<std::string> argv,
              std::vector<std::string> environment) {
        return ::posix_spawn(&pid, program.c_str(), &actions_, &attributes_,
                             pointers_to(argv).data(), pointers_to(environment).data());
    }

  private:
    posix_spawn_file_actions_t actions_;
    posix_spawnattr_t attributes_;
};

int open_pidfd(pid_t pid) {
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

Exit exit_from(int status) {
    if (WIFSIGNALED(status)) return {.code = 0, .signal = WTERMSIG(status)};
    return {.code = WEXITSTATUS(status), .signal = 0};
}

/// Whether the program is over; it stays a zombie, so that its number names its group still.
bool is_over(pid_t pid) {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == pid;
}

}  // namespace

std::string to_string(const Exit& exit) {
    if (exit.signal != 0) return "killed by signal " + std::to_string(exit.signal);
    return "exit status " + std::to_string(exit.code);
}

Result<Subprocess> Subprocess::start(const Command& command, const Streams& streams) {
    CHECK(!command.argv.empty());
    const std::string program = TRY(find_program(command.argv.front()));
    Pipe in;
    Pipe out;
    Pipe err;
    if (streams.in == Stream::pipe) in = TRY(pipe_to_child());
    if (streams.out == Stream::pipe) out = TRY(pipe_from_child());
    if (streams.err == Stream::pipe) err = TRY(pipe_from_child());

    SpawnSetup setup;
    setup.connect(streams.in, in, 0);
    setup.connect(streams.out, out, 1);
    setup.connect(streams.err, err, 2);
    if (!command.directory.empty()) setup.run_in(command.directory);

    Subprocess process;
    const int error = setup.spawn(process.pid_, program, command.argv, environment_for(command));
    if (error != 0) {
        std::string doing = "starting `" + program + '`';
        if (!command.directory.empty()) doing += " in `" + command.directory + '`';
        return fail_errno(std::move(doing), error);
    }
    process.over_ = Descriptor(open_pidfd(process.pid_));
    process.in = std::move(in.ours);
    process.out = std::move(out.ours);
    process.err = std::move(err.ours);
    return process;
}

Subprocess::Subprocess(Subprocess&& other) noexcept
    : in(std::move(other.in)),
      out(std::move(other.out)),
      err(std::move(other.err)),
      pid_(std::exchange(other.pid_, -1)),
      over_(std::move(other.over_)),
      exit_(std::exchange(other.exit_, std::nullopt)),
      dependent_(std::move(other.dependent_)) {}

Subprocess& Subprocess::operator=(Subprocess&& other) noexcept {
    std::swap(in, other.in);
    std::swap(out, other.out);
    std::swap(err, other.err);
    std::swap(pid_, other.pid_);
    std::swap(over_, other.over_);
    std::swap(exit_, other.exit_);
    std::swap(dependent_, other.dependent_);
    return *this;
}

Subprocess::~Subprocess() {
    if (pid_ < 0 || exit_) return;
    kill();
    dependent_ = Dependent();
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

Result<std::size_t> Subprocess::write_some(std::string_view bytes) {
    const ssize_t count = ::send(in.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EAGAIN || errno == EINTR) return 0u;
    return fail_errno("writing to a program", errno);
}

void Subprocess::depend_on_us() {
    if (pid_ >= 0 && !exit_) dependent_ = Dependent(pid_);
}

/// Of a program that is over. From here on its number may be another's.
void Subprocess::reap() {
    dependent_ = Dependent();
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    exit_ = exit_from(status);
}

std::optional<Exit> Subprocess::poll() {
    if (!exit_ && is_over(pid_)) reap();
    return exit_;
}

Result<Exit> Subprocess::wait(const Deadline& deadline) {
    if (!deadline && !exit_) {
        siginfo_t info{};
        while (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT) != 0)
            if (errno != EINTR) return fail_errno("waiting for a program", errno);
        reap();
    }
    auto pause = std::chrono::microseconds(100);
    while (!poll()) {
        if (std::chrono::steady_clock::now() >= *deadline)
            return fail(Error::Kind::unavailable, "a program did not end in time");
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::microseconds(10'000));
    }
    return *exit_;
}

void Subprocess::kill() {
    if (pid_ >= 0 && !exit_) ::kill(-pid_, SIGKILL);
}

void Subprocess::terminate(std::chrono::milliseconds grace) {
    if (pid_ < 0 || exit_) return;
    ::kill(-pid_, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + grace;
    while (!is_over(pid_) && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    kill();
}

}  // namespace lockstep::os
