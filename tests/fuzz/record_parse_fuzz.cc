// A record that parses can be written, and reads back as the same.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "record/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::record;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto record = parse("input", text);
    if (!record.has_value()) {
        CHECK(!record.error().message.empty());
        return 0;
    }
    const std::string written = write(*record);
    const auto again = parse("written", written);
    CHECK(again.has_value() && *again == *record);
    CHECK(write(*again) == written);
    return 0;
}
