#include "git/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace lockstep::git {

namespace {

constexpr std::size_t once_max = std::numeric_limits<uInt>::max();

}  // namespace

struct Inflater::Stream {
    z_stream z{};

    Stream() { CHECK(::inflateInit(&z) == Z_OK); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { ::inflateEnd(&z); }

    /// Fills `to` from `from`; zlib's answer.
    int fill(std::string_view from, char* to, std::size_t size) {
        CHECK(::inflateReset(&z) == Z_OK);
        // zlib does not write through next_in; it is not const for C's sake.
        z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(from.data()));
        z.avail_in = static_cast<uInt>(std::min(from.size(), once_max));
        z.next_out = reinterpret_cast<Bytef*>(to);
        z.avail_out = static_cast<uInt>(size);
        return ::inflate(&z, Z_FINISH);
    }
};

Inflater::Inflater() : stream_(std::make_unique<Stream>()) {}
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;
Inflater::~Inflater() = default;

std::optional<Inflater::Whole> Inflater::whole(std::string_view from, std::size_t size) {
    if (size >= once_max) return std::nullopt;
    Whole whole;
    int answer = Z_BUF_ERROR;
    // One byte more than there should be: a stream that holds more fills it, and one that holds
    // nothing is still read to its end.
    whole.bytes.resize_and_overwrite(size + 1, [&](char* to, std::size_t room) {
        answer = stream_->fill(from, to, room);
        return room - stream_->z.avail_out;
    });
    if (answer != Z_STREAM_END || whole.bytes.size() != size) return std::nullopt;
    whole.consumed = stream_->z.total_in;
    return whole;
}

std::optional<std::string> Inflater::beginning(std::string_view from, std::size_t size) {
    if (size >= once_max) return std::nullopt;
    std::string bytes;
    int answer = Z_DATA_ERROR;
    bytes.resize_and_overwrite(size, [&](char* to, std::size_t room) {
        answer = stream_->fill(from, to, room);
        return room - stream_->z.avail_out;
    });
    // Z_BUF_ERROR: there is more, here or behind the end of what was given.
    if (answer != Z_STREAM_END && answer != Z_BUF_ERROR && answer != Z_OK) return std::nullopt;
    return bytes;
}

}  // namespace lockstep::git
