// A reference that parses is written back as it was, and `split` agrees with `parse`.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "oci/reference.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::oci;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Parts parts = split(text);
    CHECK(parts.name.size() + parts.tag.size() + parts.digest.size() <= text.size());
    const lockstep::Result<Reference> reference = Reference::parse(text);
    if (!reference.has_value()) {
        CHECK(!reference.error().message.empty());
        return 0;
    }
    CHECK(reference->str() == text);
    CHECK(reference->name() == parts.name);
    CHECK(reference->tag() == parts.tag);
    CHECK(reference->digest() == parts.digest);
    CHECK(!reference->registry().empty() && !reference->path().empty());
    CHECK(reference->path().ends_with(reference->base_name()));
    return 0;
}
