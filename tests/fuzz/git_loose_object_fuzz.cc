// An object in a file of its own: what can be read has the size and type that its header says.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "git/loose_object.h"

using namespace lockstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t bytes_max = 1u << 16;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    git::Inflater inflater;
    const auto header = git::read_loose_header(input, inflater);
    const auto object = git::read_loose_object(input, bytes_max, inflater);
    if (!object) return 0;
    CHECK(object->bytes.size() <= bytes_max);
    CHECK(header && header->type == object->type && header->size == object->bytes.size());
    return 0;
}
