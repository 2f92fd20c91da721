// A change to an object is whatever the bytes of a pack say. Input: what is changed, the change.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "fuzz/input_parts.h"
#include "git/delta.h"

using namespace lockstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t bytes_max = 1u << 16;
    std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string_view base = next_part(input);
    const auto sizes = git::read_delta_sizes(input);
    const auto result = git::apply_delta(base, input, bytes_max);
    if (!result) return 0;
    CHECK(sizes && sizes->base == base.size() && sizes->result == result->size());
    CHECK(result->size() <= bytes_max);
    return 0;
}
