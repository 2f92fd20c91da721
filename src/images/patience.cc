#include "images/patience.h"

#include <chrono>
#include <thread>

#include "os/ending.h"

namespace lockstep::images {

namespace {

constexpr std::chrono::milliseconds pause(1);

std::unexpected<Error> ended() {
    return fail(Error::Kind::unavailable, "interrupted");
}

}  // namespace

Result<std::size_t> take(http::Source& source, char* buffer, std::size_t capacity) {
    while (!os::is_ending()) {
        const std::size_t count = TRY(source.read(buffer, capacity));
        if (count > 0) return count;
        std::this_thread::sleep_for(pause);
    }
    return ended();
}

Result<void> give(http::Sink& sink, std::string_view bytes) {
    while (!os::is_ending()) {
        if (TRY(sink.write(bytes))) return {};
        std::this_thread::sleep_for(pause);
    }
    return ended();
}

}  // namespace lockstep::images
