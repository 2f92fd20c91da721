#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/object_id.h"
#include "git/object_type.h"
#include "os/subprocess.h"

namespace lockstep::git {

/// One long-lived `git cat-file --batch-command --buffer`. A batch of questions is one round trip,
/// whatever their number. Where git dies of an object (a damaged one), that question is answered by
/// `broken` and a new process answers the rest.
class CatFile {
  public:
    enum class Verb { info, contents };  // of an object: its type and size; with its bytes
    enum class State { found, missing, ambiguous, broken };

    struct Answer {
        State state = State::missing;
        ObjectId id;
        ObjectType type = ObjectType::blob;
        std::size_t size = 0;
        std::string bytes;      // only for Verb::contents
        std::string complaint;  // what git said of a broken one
    };
    /// `question` counts in the order of the names.
    using Listener = std::function<void(std::size_t question, Answer&& answer)>;

    /// `command` starts it; nothing runs before the first question or `start`.
    explicit CatFile(os::Command command) : command_(std::move(command)) {}

    /// Starts git, so that it is ready when the first question comes.
    Result<void> start();

    /// Names are what Git understands as the name of an object, in one line each; the caller has
    /// checked that there is no newline in them. Errors: git cannot be started or fails altogether.
    Result<void> ask(Verb verb, std::span<const std::string> names, const Listener& listener);

    /// Processes started so far and flushes sent, for tests and benchmarks.
    struct Counts {
        std::size_t processes = 0;
        std::size_t round_trips = 0;
    };
    const Counts& counts() const { return counts_; }

  private:
    struct Batch;
    Result<void> converse(Batch& batch);
    Result<void> wait_and_move(Batch& batch);
    Result<void> parse(Batch& batch);
    Result<void> bury(Batch& batch);

    os::Command command_;
    std::optional<os::Subprocess> process_;
    std::string received_;    // not parsed yet
    std::size_t parsed_ = 0;  // of received_
    std::string said_;        // the end of stderr
    Counts counts_;
};

}  // namespace lockstep::git
