#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "os/descriptor.h"
#include "os/ending.h"

namespace lockstep::os {

/// What to start. No shell is involved: each argument arrives as it is written here.
struct Command {
    std::vector<std::string> argv = {};  // argv[0] is looked up by `find_program`
    std::vector<std::pair<std::string, std::string>> set = {};  // variables added or replaced
    std::vector<std::string> unset = {};                        // variables removed, before `set`
    std::string directory = {};                                 // to run in; empty: where we are
};

/// How a process ended.
struct Exit {
    int code = 0;    // of exit(); meaningless where a signal ended it
    int signal = 0;  // that ended it; 0: none

    bool ok() const { return code == 0 && signal == 0; }
    bool operator==(const Exit&) const = default;
};
/// "exit status 128", "killed by signal 9".
std::string to_string(const Exit& exit);

using Deadline = std::optional<std::chrono::steady_clock::time_point>;

/// A running program in a session of its own: it has no terminal, so that nothing it starts can ask
/// a question there. Its pipes are non-blocking at our end, and a
/// write to one whose reader has gone is an error, never a signal.
///
/// At the end of its life the group is killed and the program reaped, so none outlives its owner.
/// Movable; used from one thread at a time.
class Subprocess {
  public:
    enum class Stream { null, pipe, inherit };
    struct Streams {
        Stream in = Stream::null;
        Stream out = Stream::pipe;
        Stream err = Stream::inherit;
    };

    static Result<Subprocess> start(const Command& command, const Streams& streams);

    Subprocess(Subprocess&& other) noexcept;
    Subprocess& operator=(Subprocess&& other) noexcept;
    ~Subprocess();

    /// Our ends of the pipes; empty where the stream is none.
    Descriptor in, out, err;

    /// Writes what the pipe takes now, without waiting: the number of bytes, 0 when it is full.
    Result<std::size_t> write_some(std::string_view bytes);

    /// Waits for the end. `unavailable` when the deadline passes first: it then still runs.
    Result<Exit> wait(const Deadline& deadline = std::nullopt);
    /// The exit, where it is already over.
    std::optional<Exit> poll();
    /// Readable once the program is over; empty on kernels without it. Valid as long as this.
    const Descriptor& over() const { return over_; }

    /// When this program ends early, the whole group is ended with it, see os/ending.h. Without,
    /// the other end of a pipe that breaks must be enough.
    void depend_on_us();

    /// SIGKILL to the whole group.
    void kill();
    /// SIGTERM to the whole group, so that it can tidy up; SIGKILL to what is left after `grace`.
    void terminate(std::chrono::milliseconds grace);

  private:
    Subprocess() = default;
    void reap();

    int pid_ = -1;
    Descriptor over_;
    std::optional<Exit> exit_;
    Dependent dependent_;
};

struct RunOptions {
    std::string_view input = {};
    std::optional<std::chrono::milliseconds> timeout = std::nullopt;
    /// More on stdout ends the program with `invalid`. Of stderr the beginning is kept.
    std::size_t out_bytes_max = 64u << 20;
    std::size_t err_bytes_max = 64u << 10;
};

struct Captured {
    Exit exit;
    std::string out, err;
};

/// Runs a program to its end and captures what it writes. An exit status that is not 0 is an answer
/// here, no error. Errors: it cannot be started (`not_found`, `denied`); `unavailable` past the
/// timeout or while this program is ending, `invalid` past the size limit, its whole group ended in
/// all these cases. Returns when the program is over, also while a process that it left behind
/// still holds its pipes.
Result<Captured> run(const Command& command, const RunOptions& options = {});

/// The same in two steps, for who has something else to do meanwhile: the program runs until its
/// pipes are full, and `finish` takes what it wrote. Dropped unfinished, the program is ended.
class Running {
  public:
    static Result<Running> start(const Command& command, const RunOptions& options = {});
    /// Once only.
    Result<Captured> finish();

    Running(Running&&) noexcept;
    Running& operator=(Running&&) noexcept;
    ~Running();

  private:
    struct State;
    explicit Running(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::os
