// Whatever parses can be written, and reads back as the same value.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "json/parse.h"
#include "json/writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::json;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto value = parse("input", text);
    if (!value) return 0;
    const auto compact = parse("compact", write(*value, Style::compact));
    CHECK(compact.has_value() && *compact == *value);
    const auto pretty = parse("pretty", write(*value, Style::pretty));
    CHECK(pretty.has_value() && *pretty == *value);
    return 0;
}
