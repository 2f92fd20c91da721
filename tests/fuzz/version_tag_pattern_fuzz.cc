// A pattern, a line break, a tag: what the pattern matches it writes again.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "version/tag_pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::version;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t end = text.find('\n');
    const std::string_view tag = end == std::string_view::npos ? "" : text.substr(end + 1);
    const lockstep::Result<TagPattern> pattern = TagPattern::parse(text.substr(0, end));
    if (!pattern.has_value()) {
        CHECK(pattern.error().kind == lockstep::Error::Kind::usage);
        return 0;
    }
    const std::optional<TagPattern::Match> match = pattern->match(tag);
    if (!match) return 0;
    CHECK(pattern->has_component() != match->component.empty());
    CHECK(pattern->format(match->version, match->component) == tag);
    return 0;
}
