#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace lockstep::http {

/// Collects what it takes. It may refuse to take anything a number of times first.
class TextSink final : public Sink {
  public:
    explicit TextSink(int refusals = 0) : refusals_(refusals) {}

    Result<bool> write(std::string_view bytes) override {
        if (refusals_-- > 0) return false;
        text += bytes;
        return true;
    }
    void write_over() override { ++overs; }

    std::string text;
    int overs = 0;

  private:
    int refusals_;
};

/// Gives a text, in pieces of at most `piece`.
class TextSource final : public Source {
  public:
    TextSource(std::string text, std::size_t piece, bool can_rewind = true)
        : text_(std::move(text)), piece_(piece), can_rewind_(can_rewind) {}

    Result<std::size_t> read(char* buffer, std::size_t capacity) override {
        ++reads;
        const std::string_view some =
            std::string_view(text_).substr(at_, std::min(piece_, capacity));
        some.copy(buffer, some.size());
        at_ += some.size();
        return some.size();
    }
    bool rewind() override {
        if (!can_rewind_) return false;
        at_ = 0;
        return true;
    }
    void read_over() override { ++overs; }

    int reads = 0, overs = 0;

  private:
    std::string text_;
    std::size_t piece_, at_ = 0;
    bool can_rewind_;
};

/// Joins a GET and a PUT of the same `send_all`: bounded, so that either waits for the other.
class Ring final : public Sink, public Source {
  public:
    explicit Ring(std::size_t capacity) : bytes_(capacity) {}

    Result<bool> write(std::string_view bytes) override {
        ++writes;
        if (failure) return std::unexpected(*failure);
        if (reader_is_over_) return fail(Error::Kind::unavailable, "the other end is over");
        if (bytes.size() > bytes_.size() - used_) {
            ++refusals;
            return false;
        }
        const std::size_t at = (begin_ + used_) % bytes_.size();
        const std::size_t first = std::min(bytes.size(), bytes_.size() - at);
        bytes.copy(bytes_.data() + at, first);
        bytes.substr(first).copy(bytes_.data(), bytes.size() - first);
        used_ += bytes.size();
        used_max = std::max(used_max, used_);
        return true;
    }
    Result<std::size_t> read(char* buffer, std::size_t capacity) override {
        ++reads;
        if (used_ == 0 && writer_is_over_)
            return fail(Error::Kind::unavailable, "the other end is over");
        if (used_ == 0) ++empties;
        const std::size_t count = std::min({capacity, used_, bytes_.size() - begin_});
        std::string_view(bytes_.data(), bytes_.size()).copy(buffer, count, begin_);
        begin_ = (begin_ + count) % bytes_.size();
        used_ -= count;
        return count;
    }
    void write_over() override { writer_is_over_ = true; }
    void read_over() override { reader_is_over_ = true; }

    std::optional<Error> failure;
    std::size_t writes = 0, refusals = 0, reads = 0, empties = 0, used_max = 0;

  private:
    std::vector<char> bytes_;
    std::size_t begin_ = 0, used_ = 0;
    bool writer_is_over_ = false, reader_is_over_ = false;
};

}  // namespace lockstep::http
