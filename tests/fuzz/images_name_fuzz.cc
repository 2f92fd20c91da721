// A name that parses is written so that it parses to the same.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/check.h"
#include "images/name.h"
#include "images/stores.h"
#include "oci/digest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<images::Name> name = images::parse_name(text);
    if (!name.has_value()) {
        CHECK(name.error().kind == Error::Kind::usage);
        CHECK(!name.error().message.empty() && name.error().message.size() < 6000);
        return 0;
    }
    const std::string written = images::to_string(*name);
    const Result<images::Name> again = images::parse_name(written);
    CHECK(again.has_value() && images::to_string(*again) == written);
    CHECK(again->index() == name->index());
    const images::ManifestName manifest = images::manifest_name(*name);
    CHECK(images::manifest_name(*again) == manifest);
    if (manifest.is_digest()) CHECK(oci::Digest::parse(manifest.tag_or_digest).has_value());
    if (const auto* layout = std::get_if<images::LayoutName>(&*name)) {
        CHECK(*layout == std::get<images::LayoutName>(*again));
        CHECK(!layout->directory.empty() && !layout->directory.contains('\0'));
        CHECK(layout->tag.empty() || layout->digest.empty());
    } else {
        CHECK(!manifest.repository.empty() && !manifest.tag_or_digest.empty());
    }
    return 0;
}
