#include "git/cat_file.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "git/command.h"
#include "os/errno.h"

namespace lockstep::git {

namespace {

constexpr std::size_t batch_max = 8192;  // questions in one flush: git holds them all in memory
constexpr std::size_t deaths_max = 64;   // in one call, before the repository is given up
constexpr std::size_t said_max = 8192;

/// "<id> <type> <size>".
std::optional<CatFile::Answer> parse_header(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t second = line.find(' ', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    const auto id = ObjectId::parse(line.substr(0, first));
    const auto type = object_type(line.substr(first + 1, second - first - 1));
    CatFile::Answer answer;
    const char* const end = line.data() + line.size();
    const auto [stop, error] = std::from_chars(line.data() + second + 1, end, answer.size);
    if (!id || !type || error != std::errc() || stop != end) return std::nullopt;
    answer.state = CatFile::State::found;
    answer.id = *id;
    answer.type = *type;
    return answer;
}

enum class Moved { nothing, something, ended };

/// Moves what a pipe holds to the end of `to`.
Result<Moved> receive(const os::Descriptor& from, std::string& to) {
    std::array<char, 65536> buffer;
    const ssize_t count = ::read(from.number(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return Moved::nothing;
    if (count < 0) return os::fail_errno("reading from git", errno);
    to.append(buffer.data(), static_cast<std::size_t>(count));
    return count == 0 ? Moved::ended : Moved::something;
}

}  // namespace

/// The questions of one flush, and how far they are answered.
struct CatFile::Batch {
    Verb verb;
    std::span<const std::string> names;
    std::size_t first;  // number of names[0] for the listener
    const Listener& listener;

    std::size_t answered = 0;
    std::string to_send = {};
    std::size_t sent = 0;

    bool is_done() const { return answered == names.size(); }

    void write_questions() {
        to_send.clear();
        sent = 0;
        for (const std::string& name : names.subspan(answered)) {
            to_send += verb == Verb::info ? "info " : "contents ";
            to_send += name;
            to_send += '\n';
        }
        to_send += "flush\n";
    }
    void answer(Answer&& with) { listener(first + answered++, std::move(with)); }
};

Result<void> CatFile::start() {
    if (process_) return {};
    process_ = TRY(os::Subprocess::start(command_, {.in = os::Subprocess::Stream::pipe,
                                                    .out = os::Subprocess::Stream::pipe,
                                                    .err = os::Subprocess::Stream::pipe}));
    received_.clear();
    parsed_ = 0;
    said_.clear();
    ++counts_.processes;
    return {};
}

Result<void> CatFile::ask(Verb verb, std::span<const std::string> names, const Listener& listener) {
    std::size_t deaths = 0;
    for (std::size_t first = 0; first < names.size(); first += batch_max) {
        Batch batch{.verb = verb,
                    .names = names.subspan(first, std::min(batch_max, names.size() - first)),
                    .first = first,
                    .listener = listener};
        while (!batch.is_done()) {
            TRY(start());
            TRY(converse(batch));
            if (batch.is_done()) break;
            TRY(bury(batch));
            if (++deaths > deaths_max)
                return fail(Error::Kind::corrupt,
                            "git died " + std::to_string(deaths) +
                                " times over damaged objects, the last time saying: " + said_,
                            "run `git fsck` in the repository");
        }
    }
    return {};
}

/// Until all is answered or git is gone.
Result<void> CatFile::converse(Batch& batch) {
    batch.write_questions();
    ++counts_.round_trips;
    while (!batch.is_done() && process_->out) {
        TRY(wait_and_move(batch));
        TRY(parse(batch));
    }
    return {};
}

Result<void> CatFile::wait_and_move(Batch& batch) {
    const bool is_sending = process_->in && batch.sent < batch.to_send.size();
    std::array<pollfd, 3> wanted{{{is_sending ? process_->in.number() : -1, POLLOUT, 0},
                                  {process_->out.number(), POLLIN, 0},
                                  {process_->err.number(), POLLIN, 0}}};
    if (::poll(wanted.data(), wanted.size(), -1) < 0 && errno != EINTR)
        return os::fail_errno("waiting for git", errno);
    if (wanted[0].revents != 0) {
        const auto count = process_->write_some(std::string_view(batch.to_send).substr(batch.sent));
        // Git closed its end: what it still has to say comes from the other pipes.
        if (!count) process_->in.close();
        if (count) batch.sent += *count;
    }
    if (wanted[2].revents != 0) {
        if (TRY(receive(process_->err, said_)) == Moved::ended) process_->err.close();
        if (said_.size() > said_max) said_.erase(0, said_.size() - said_max);
    }
    if (wanted[1].revents != 0 && TRY(receive(process_->out, received_)) == Moved::ended)
        process_->out.close();
    return {};
}

/// Answers every question whose whole answer has come.
Result<void> CatFile::parse(Batch& batch) {
    while (!batch.is_done()) {
        const std::string_view rest = std::string_view(received_).substr(parsed_);
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) break;
        const std::string_view line = rest.substr(0, end);
        const std::string& name = batch.names[batch.answered];
        if (line.starts_with(name) && line.substr(name.size()) == " missing") {
            parsed_ += end + 1;
            batch.answer(Answer{.state = State::missing});
            continue;
        }
        if (line.starts_with(name) && line.substr(name.size()) == " ambiguous") {
            parsed_ += end + 1;
            batch.answer(Answer{.state = State::ambiguous});
            continue;
        }
        auto answer = parse_header(line);
        if (!answer)
            return fail(Error::Kind::internal,
                        "git cat-file answered `" + std::string(line) + "` about `" + name + '`');
        if (batch.verb == Verb::contents) {
            if (rest.size() - end - 1 < answer->size + 1) break;
            answer->bytes = rest.substr(end + 1, answer->size);
            parsed_ += answer->size + 1;
        }
        parsed_ += end + 1;
        batch.answer(std::move(*answer));
    }
    if (parsed_ > received_.size() / 2) {
        received_.erase(0, parsed_);
        parsed_ = 0;
    }
    return {};
}

/// Git has ended before the last answer: because of the object that is next, or altogether.
Result<void> CatFile::bury(Batch& batch) {
    process_->in.close();
    const os::Exit exit = TRY(process_->wait());
    while (process_->err && TRY(receive(process_->err, said_)) == Moved::something) {
    }
    process_.reset();
    if (exit.signal != 0)
        return fail(Error::Kind::unavailable, "git cat-file was " + to_string(exit));
    const Error error =
        explain({.exit = exit, .out = {}, .err = said_}, command_.directory, Error::Kind::corrupt);
    // These are not about one object: the next process would end in the same way.
    if (error.kind != Error::Kind::corrupt) return std::unexpected<Error>(error);
    Answer answer;
    answer.state = State::broken;
    answer.complaint = complaint(said_);
    batch.answer(std::move(answer));
    return {};
}

}  // namespace lockstep::git
