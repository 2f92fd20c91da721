#include "images/blob_transfer.h"

#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "images/blob_pipe.h"
#include "os/ending.h"

namespace lockstep::images {

namespace {

constexpr unsigned idle_reads_max = 5;  // that brought nothing, in a row
constexpr unsigned reads_max = 50;
constexpr unsigned writes_max = 3;
constexpr std::chrono::milliseconds pause_first(200);

/// Waits before try number `again`, in pieces, so that an end is not waited for.
void pause(unsigned again, const BlobTransfer& transfer) {
    const auto end = std::chrono::steady_clock::now() + pause_first * (1u << (again - 1));
    while (std::chrono::steady_clock::now() < end && !transfer.is_stopped.load() &&
           !os::is_ending())
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

Result<void> read_all(const BlobTransfer& transfer, const oci::Descriptor& blob, BlobPipe& pipe) {
    unsigned idle = 0;
    for (unsigned reads = 1;; ++reads) {
        const std::uint64_t from = pipe.taken();
        Result<void> outcome =
            transfer.from.read_blob(transfer.from_repository, blob, from, pipe.sink());
        // A break behind the last byte leaves nothing to ask for; the other side checks it all.
        const bool has_all = pipe.taken() == blob.size;
        const bool has_broken =
            !outcome.has_value() && outcome.error().kind == Error::Kind::unavailable;
        if (has_all && (outcome.has_value() || has_broken)) return {};
        if (outcome.has_value())
            return fail(Error::Kind::corrupt, "the blob has " + std::to_string(pipe.taken()) +
                                                  " bytes, its descriptor says " +
                                                  std::to_string(blob.size));
        idle = pipe.taken() > from ? 0 : idle + 1;
        const bool may_go_on = has_broken && idle < idle_reads_max && reads < reads_max &&
                               !pipe.is_closed() && !transfer.is_stopped.load() && !os::is_ending();
        if (!may_go_on) return outcome;
        pause(idle + 1, transfer);
    }
}

struct Outcome {
    Result<std::uint64_t> moved;
    bool may_try_again = false;
};

Outcome move_through_pipe(const BlobTransfer& transfer, const oci::Descriptor& blob) {
    std::uint64_t moved = 0;
    BlobPipe pipe(blob.size, transfer.is_stopped, [&](std::size_t count) {
        moved += count;
        transfer.moved(static_cast<std::int64_t>(count));
    });
    std::jthread reader([&] { pipe.end(read_all(transfer, blob, pipe)); });
    Result<void> written = transfer.to.write_blob(transfer.to_repository, blob, pipe.source());
    pipe.close();
    reader.join();
    if (written.has_value()) {
        // Where somebody else put it there meanwhile, less than all moved.
        transfer.moved(static_cast<std::int64_t>(blob.size - moved));
        return {.moved = moved};
    }
    transfer.moved(-static_cast<std::int64_t>(moved));
    // The reading was tried again already.
    if (pipe.failure().has_value()) return {.moved = std::unexpected<Error>(*pipe.failure())};
    const bool may_try_again = written.error().kind == Error::Kind::unavailable;
    return {.moved = std::unexpected<Error>(std::move(written.error())),
            .may_try_again = may_try_again};
}

/// Counts what goes through, and ends where all ends.
class CountedSource final : public http::Source {
  public:
    CountedSource(http::Source& source, const BlobTransfer& transfer)
        : source_(source), transfer_(transfer) {}
    std::uint64_t moved() const { return moved_; }

    Result<std::size_t> read(char* buffer, std::size_t capacity) override {
        if (transfer_.is_stopped.load() || os::is_ending())
            return fail(Error::Kind::unavailable, "interrupted");
        const std::size_t count = TRY(source_.read(buffer, capacity));
        moved_ += count;
        transfer_.moved(static_cast<std::int64_t>(count));
        return count;
    }
    bool rewind() override {
        if (!source_.rewind()) return false;
        transfer_.moved(-static_cast<std::int64_t>(moved_));
        moved_ = 0;
        return true;
    }

  private:
    http::Source& source_;
    const BlobTransfer& transfer_;
    std::uint64_t moved_ = 0;
};

class NoSink final : public http::Sink {
    Result<bool> write(std::string_view) override { return true; }
};

/// Of a blob that was not taken: whether it was wrong here already.
Error cause_of(Error refused, const BlobTransfer& transfer, const oci::Descriptor& blob) {
    if (refused.kind != Error::Kind::invalid && refused.kind != Error::Kind::corrupt)
        return refused;
    NoSink nowhere;
    Result<void> read = transfer.from.read_blob(transfer.from_repository, blob, 0, nowhere);
    return read.has_value() ? std::move(refused) : std::move(read.error());
}

/// Needs no second thread, and nothing is hashed that the other side hashes anyway.
Outcome move_at_hand(const BlobTransfer& transfer, const oci::Descriptor& blob,
                     http::Source& bytes) {
    CountedSource source(bytes, transfer);
    Result<void> written = transfer.to.write_blob(transfer.to_repository, blob, source);
    if (written.has_value()) {
        transfer.moved(static_cast<std::int64_t>(blob.size - source.moved()));
        return {.moved = source.moved()};
    }
    transfer.moved(-static_cast<std::int64_t>(source.moved()));
    const bool may_try_again = written.error().kind == Error::Kind::unavailable;
    return {.moved = std::unexpected<Error>(cause_of(std::move(written.error()), transfer, blob)),
            .may_try_again = may_try_again};
}

Outcome move_once(const BlobTransfer& transfer, const oci::Descriptor& blob) {
    Result<std::unique_ptr<http::Source>> at_hand =
        transfer.from.open_blob(transfer.from_repository, blob);
    if (!at_hand.has_value()) return {.moved = std::unexpected<Error>(std::move(at_hand.error()))};
    return *at_hand != nullptr ? move_at_hand(transfer, blob, **at_hand)
                               : move_through_pipe(transfer, blob);
}

}  // namespace

Result<std::uint64_t> transfer(const BlobTransfer& transfer, const oci::Descriptor& blob) {
    for (unsigned writes = 1;; ++writes) {
        Outcome outcome = move_once(transfer, blob);
        const bool ends = !outcome.may_try_again || writes == writes_max ||
                          transfer.is_stopped.load() || os::is_ending();
        if (ends) return std::move(outcome.moved);
        pause(writes, transfer);
    }
}

}  // namespace lockstep::images
