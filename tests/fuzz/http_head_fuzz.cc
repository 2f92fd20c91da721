// The head of an answer is whatever a server says, line by line.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "http/header_reader.h"
#include "http/retry.h"

using namespace lockstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    http::HeaderReader reader(4096);
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (const Result<void> taken = reader.take(line); !taken) {
            CHECK(taken.error().kind == Error::Kind::invalid);
            return 0;
        }
    }
    CHECK(reader.status() == 0 || reader.status() < 1000);
    for (const auto& [name, value] : reader.headers().fields()) {
        CHECK(!name.contains(':'));
        const auto now = std::chrono::system_clock::from_time_t(784'111'777);
        const auto pause = http::parse_retry_after(value, now);
        CHECK(!pause || (pause->count() >= 0 && *pause <= std::chrono::hours(24 * 365)));
    }
    return 0;
}
