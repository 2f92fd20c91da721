#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "os/ending.h"
#include "os/errno.h"
#include "os/subprocess.h"

namespace lockstep::os {

namespace {

constexpr std::chrono::milliseconds grace{500};
constexpr int without_pidfd_ms = 20;  // how often to look where the kernel cannot tell

std::unexpected<Error> interrupted() {
    return fail(Error::Kind::unavailable, "interrupted");
}

/// One run from its start to its end: feeds stdin and empties stdout and stderr as they come, so
/// that neither side waits for the other.
class Conversation {
  public:
    Conversation(Subprocess process, const RunOptions& options)
        : process_(std::move(process)), options_(options), input_(options.input) {
        if (options.timeout) deadline_ = std::chrono::steady_clock::now() + *options.timeout;
        process_.depend_on_us();
    }

    Result<Captured> finish() {
        while (process_.out || process_.err) {
            const bool was_over = process_.poll().has_value();
            TRY(feed());
            const bool said =
                TRY(drain(process_.out, captured_.out, options_.out_bytes_max, "its output"));
            const bool complained =
                TRY(drain(process_.err, captured_.err, options_.err_bytes_max, ""));
            const bool moved = said || complained;
            // What it wrote before its end is in the pipes by now; who else holds them is not ours.
            if (was_over && !moved) break;
            if (!moved && (process_.out || process_.err)) TRY(wait_for_news());
        }
        process_.in.close();
        auto exit = process_.wait(deadline_);
        if (!exit) return timed_out();
        if (is_ending()) return interrupted();
        captured_.exit = *exit;
        return std::move(captured_);
    }

  private:
    Result<void> feed() {
        while (process_.in && !input_.empty()) {
            const Result<std::size_t> count = process_.write_some(input_);
            // A program may end without reading all of it; its exit status tells the story.
            if (!count) input_ = {};
            if (!count || *count == 0) break;
            input_.remove_prefix(*count);
        }
        if (input_.empty()) process_.in.close();
        return {};
    }

    /// Whether there was something to read, the end of the stream included. `subject` names the
    /// stream where more than `limit` is an error; otherwise the rest is read and forgotten.
    Result<bool> drain(Descriptor& from, std::string& to, std::size_t limit,
                       std::string_view subject) {
        std::array<char, 65536> buffer;
        bool moved = false;
        while (from) {
            const ssize_t count = ::read(from.number(), buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0 && errno == EAGAIN) break;
            if (count < 0) return fail_errno("reading from a program", errno);
            moved = true;
            if (count == 0) from.close();
            const std::size_t room = limit - std::min(limit, to.size());
            const auto size = static_cast<std::size_t>(count);
            if (size > room && !subject.empty()) {
                process_.kill();
                return fail(Error::Kind::invalid, std::string(subject) + " is larger than " +
                                                      std::to_string(limit) + " bytes");
            }
            to.append(buffer.data(), std::min(size, room));
            if (is_past_deadline()) break;
        }
        return moved;
    }

    bool is_past_deadline() const {
        return deadline_ && std::chrono::steady_clock::now() >= *deadline_;
    }

    std::unexpected<Error> timed_out() {
        process_.terminate(grace);
        return fail(
            Error::Kind::unavailable,
            "no end after " + std::to_string(options_.timeout->count()) + " ms; it was stopped");
    }

    Result<void> wait_for_news() {
        if (is_past_deadline()) return timed_out();
        std::array<pollfd, 4> wanted{{{process_.in.number(), POLLOUT, 0},
                                      {process_.out.number(), POLLIN, 0},
                                      {process_.err.number(), POLLIN, 0},
                                      {process_.over().number(), POLLIN, 0}}};
        int timeout = process_.over() ? -1 : without_pidfd_ms;
        if (deadline_) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(
                *deadline_ - std::chrono::steady_clock::now());
            const int milliseconds =
                static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
            timeout = timeout < 0 ? milliseconds : std::min(timeout, milliseconds);
        }
        if (::poll(wanted.data(), wanted.size(), timeout) < 0 && errno != EINTR)
            return fail_errno("waiting for a program", errno);
        return {};
    }

    Subprocess process_;
    const RunOptions& options_;
    std::string_view input_;
    Deadline deadline_;
    Captured captured_;
};

}  // namespace

struct Running::State {
    RunOptions options;
    std::string input;
    std::optional<Conversation> conversation;
};

Running::Running(std::unique_ptr<State> state) : state_(std::move(state)) {}
Running::Running(Running&&) noexcept = default;
Running& Running::operator=(Running&&) noexcept = default;
Running::~Running() = default;

Result<Running> Running::start(const Command& command, const RunOptions& options) {
    if (is_ending()) return interrupted();
    Subprocess process = TRY(Subprocess::start(
        command, {.in = options.input.empty() ? Subprocess::Stream::null : Subprocess::Stream::pipe,
                  .out = Subprocess::Stream::pipe,
                  .err = Subprocess::Stream::pipe}));
    auto state = std::make_unique<State>();
    state->input = options.input;
    state->options = options;
    state->options.input = state->input;
    state->conversation.emplace(std::move(process), state->options);
    return Running(std::move(state));
}

Result<Captured> Running::finish() {
    return state_->conversation->finish();
}

Result<Captured> run(const Command& command, const RunOptions& options) {
    Running running = TRY(Running::start(command, options));
    return running.finish();
}

}  // namespace lockstep::os
