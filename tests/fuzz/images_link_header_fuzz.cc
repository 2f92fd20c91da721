// The target is a part of the field, between the signs that enclose one.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"
#include "images/link_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::images;
    const std::string_view field(reinterpret_cast<const char*>(data), size);
    const std::optional<std::string_view> next = next_link(field);
    if (!next) {
        // Nothing of this field hides what would be found alone.
        const bool is_closed = !field.contains('<') && !field.contains('"');
        const std::string more = std::string(field) + ", </v2/next>; rel=\"next\"";
        if (is_closed) CHECK(next_link(more) == "/v2/next");
        return 0;
    }
    CHECK(!next->contains('>'));
    const auto* const begin = next->data();
    CHECK(begin > field.data() && begin + next->size() < field.data() + field.size());
    CHECK(begin[-1] == '<' && begin[next->size()] == '>');
    // Pages are followed on what one link says, whatever comes after it.
    CHECK(next_link(std::string(field) + ", </other>; rel=\"next\"") == next);
    return 0;
}
