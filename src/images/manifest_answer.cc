#include "images/manifest_answer.h"

#include <charconv>
#include <optional>

#include "crypto/hasher.h"
#include "oci/media_type.h"

namespace lockstep::images {

namespace {

/// "application/json" of "application/json; charset=utf-8".
std::string_view media_type_of(const http::Response& response) {
    const std::string* const field = response.headers.find("Content-Type");
    if (field == nullptr) return {};
    std::string_view type = *field;
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return type;
}

std::optional<oci::Digest> digest_of(const http::Response& response) {
    const std::string* const field = response.headers.find("Docker-Content-Digest");
    if (field == nullptr) return std::nullopt;
    Result<oci::Digest> digest = oci::Digest::parse(*field);
    return digest ? std::optional(*std::move(digest)) : std::nullopt;
}

std::optional<std::uint64_t> length_of(const http::Response& response) {
    const std::string* const field = response.headers.find("Content-Length");
    if (field == nullptr) return std::nullopt;
    std::uint64_t length = 0;
    const char* const end = field->data() + field->size();
    const auto [stop, error] = std::from_chars(field->data(), end, length);
    return error == std::errc() && stop == end ? std::optional(length) : std::nullopt;
}

std::unexpected<Error> refuse_schema_1(const ManifestName& name) {
    return fail(Error::Kind::unsupported,
                '`' + shown(name) +
                    "` is an image by Docker's schema 1, which is not supported: "
                    "its digest does not cover what runs",
                "push it again with a current docker, buildah or crane");
}

std::unexpected<Error> other_digest(const ManifestName& name, std::string_view said,
                                    std::string_view expected) {
    return fail(Error::Kind::corrupt,
                '`' + shown(name) + "` arrived as " + std::string(said) + ", expected was " +
                    std::string(expected),
                "the registry or something before it changes what it stores: do not use it");
}

}  // namespace

std::string_view accepted_manifests() {
    return "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
           "application/vnd.docker.distribution.manifest.list.v2+json, "
           "application/vnd.docker.distribution.manifest.v2+json";
}

std::string shown(const ManifestName& name) {
    return name.repository + (name.is_digest() ? '@' : ':') + name.tag_or_digest;
}

bool is_named_by(const oci::Digest& digest, std::string_view bytes) {
    crypto::Hasher hasher(digest.algorithm());
    hasher.update(bytes);
    return hasher.finish() == digest.hex();
}

Result<std::optional<oci::Descriptor>> described_by(const http::Response& response,
                                                    const ManifestName& name) {
    const std::string_view type = media_type_of(response);
    if (oci::media_type::is_schema_1(type)) return refuse_schema_1(name);
    const std::optional<oci::Digest> digest = digest_of(response);
    const std::optional<std::uint64_t> length = length_of(response);
    if (!digest || !length || !oci::media_type::is_manifest(type))
        return std::optional<oci::Descriptor>();
    if (name.is_digest() && digest->str() != name.tag_or_digest)
        return other_digest(name, digest->str(), name.tag_or_digest);
    return std::optional(
        oci::Descriptor{.media_type = std::string(type), .digest = *digest, .size = *length});
}

Result<RawManifest> manifest_in(http::Response response, const ManifestName& name) {
    const std::string_view type = media_type_of(response);
    if (oci::media_type::is_schema_1(type)) return refuse_schema_1(name);
    const std::string_view said = oci::media_type::is_manifest(type) ? type : std::string_view();
    const oci::Document document = TRY(oci::parse_document(shown(name), said, response.body));

    const std::optional<oci::Digest> named =
        name.is_digest() ? std::optional(TRY(oci::Digest::parse(name.tag_or_digest)))
                         : digest_of(response);
    const oci::Digest digest = named ? *named : oci::Digest::of(response.body);
    if (!is_named_by(digest, response.body))
        return other_digest(name, oci::Digest::of(response.body).str(), digest.str());
    return RawManifest{.descriptor = {.media_type = std::visit(
                                          [](const auto& d) { return d.media_type; }, document),
                                      .digest = digest,
                                      .size = response.body.size()},
                       .bytes = std::move(response.body)};
}

}  // namespace lockstep::images
