#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace lockstep::images {

/// Joins a blob that is read in one thread with one that is written in another, through a ring of
/// fixed size. Either end waits for the other, and hears of its end within a moment; both end when
/// the program does, or when `is_stopped`.
///
/// The last byte is given out only after the reading was found right: what the reader had to check
/// cannot be complete at the writer before.
class BlobPipe {
  public:
    /// `moved` is called with the bytes that went through, in the writing thread.
    BlobPipe(std::uint64_t size, const std::atomic<bool>& is_stopped,
             std::function<void(std::size_t)> moved);

    http::Sink& sink() { return sink_; }
    http::Source& source() { return source_; }
    /// Bytes that the sink took so far.
    std::uint64_t taken() const;

    /// The reading is over; an error is what the source says then.
    void end(Result<void> outcome);
    /// The writing is over: the sink takes no more.
    void close();
    bool is_closed() const;
    /// Why the reading failed, if it did so before the writing was over. Once both are.
    const std::optional<Error>& failure() const { return failure_; }

  private:
    class Sink final : public http::Sink {
      public:
        explicit Sink(BlobPipe& pipe) : pipe_(pipe) {}
        Result<bool> write(std::string_view bytes) override { return pipe_.write(bytes); }

      private:
        BlobPipe& pipe_;
    };
    class Source final : public http::Source {
      public:
        explicit Source(BlobPipe& pipe) : pipe_(pipe) {}
        Result<std::size_t> read(char* buffer, std::size_t capacity) override {
            return pipe_.read(buffer, capacity);
        }

      private:
        BlobPipe& pipe_;
    };

    Result<bool> write(std::string_view bytes);
    Result<std::size_t> read(char* buffer, std::size_t capacity);
    Result<std::size_t> wait_for_room();
    Result<std::size_t> wait_for_bytes();
    std::size_t available() const;
    bool must_end() const;

    const std::uint64_t size_;
    const std::atomic<bool>& is_stopped_;
    const std::function<void(std::size_t)> moved_;
    Sink sink_{*this};
    Source source_{*this};
    const std::unique_ptr<char[]> ring_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    // All bytes that ever went in and out: each side moves its own, and touches only the part of
    // the ring that is its.
    std::uint64_t in_ = 0, out_ = 0;
    bool is_ended_ = false, is_closed_ = false;
    std::optional<Error> failure_;
};

}  // namespace lockstep::images
