// The first byte says what the source calls the document. What is read holds what it promises: a
// type, entries within the limit, digests that are none but names of files.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "oci/manifest.h"
#include "oci/media_type.h"

namespace {

using namespace lockstep::oci;

void check(const Descriptor& descriptor) {
    CHECK(Digest::parse(descriptor.digest.str()).has_value());
    CHECK(descriptor.digest.hex().find_first_not_of("0123456789abcdef") == std::string_view::npos);
    if (descriptor.platform.has_value()) {
        const Platform once = normalized(*descriptor.platform);
        CHECK(normalized(once) == once);
    }
    (void)is_attestation(descriptor);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::string_view sources[] = {"",
                                            media_type::oci_manifest,
                                            media_type::oci_index,
                                            media_type::docker_manifest,
                                            media_type::docker_list,
                                            "application/json"};
    if (size == 0) return 0;
    const std::string_view source = sources[data[0] % std::size(sources)];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (const auto config = parse_config("input", text); !config.has_value())
        CHECK(!config.error().message.empty());
    const auto document = parse_document("input", source, text);
    if (!document.has_value()) {
        CHECK(!document.error().message.empty());
        return 0;
    }
    CHECK(media_type::is_manifest(media_type_of(*document)));
    CHECK(!media_type::is_manifest(source) || source == media_type_of(*document));
    CHECK(media_type::is_index(media_type_of(*document)) ==
          std::holds_alternative<Index>(*document));
    const auto children = children_of(*document);
    CHECK(children.size() <= 10'001);
    std::ranges::for_each(children, check);
    if (subject_of(*document).has_value()) check(*subject_of(*document));
    return 0;
}
