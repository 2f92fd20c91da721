// A state that parses can be written, and reads back as the same.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "release/state.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::release;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto state = parse_state("input", text);
    if (!state.has_value()) {
        CHECK(!state.error().message.empty());
        return 0;
    }
    const std::string written = write(*state);
    const auto again = parse_state("written", written);
    CHECK(again.has_value() && *again == *state);
    CHECK(write(*again) == written);
    return 0;
}
