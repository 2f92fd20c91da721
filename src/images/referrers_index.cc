#include "images/referrers_index.h"

#include <algorithm>
#include <sstream>

#include "images/referrers_tag.h"
#include "json/writer.h"
#include "oci/media_type.h"

namespace lockstep::images {

namespace {

void write_descriptor(json::Writer& writer, const oci::Descriptor& entry) {
    writer.begin_object();
    writer.key("mediaType").string(entry.media_type);
    writer.key("digest").string(entry.digest.str());
    writer.key("size").integer(static_cast<std::int64_t>(entry.size));
    if (!entry.artifact_type.empty()) writer.key("artifactType").string(entry.artifact_type);
    if (!entry.annotations.empty()) {
        writer.key("annotations").begin_object();
        for (const auto& [key, value] : entry.annotations) writer.key(key).string(value);
        writer.end_object();
    }
    writer.end_object();
}

std::string index_of(const std::vector<oci::Descriptor>& entries) {
    std::ostringstream text;
    {
        json::Writer writer(text, json::Style::compact);
        writer.begin_object();
        writer.key("schemaVersion").integer(2);
        writer.key("mediaType").string(oci::media_type::oci_index);
        writer.key("manifests").begin_array();
        for (const oci::Descriptor& entry : entries) write_descriptor(writer, entry);
        writer.end_array();
        writer.end_object();
    }
    return std::move(text).str();
}

}  // namespace

Result<std::vector<oci::Descriptor>> read_fallback_referrers(Store& store,
                                                             std::string_view repository,
                                                             const oci::Digest& subject) {
    const ManifestName name{.repository = std::string(repository),
                            .tag_or_digest = referrers_tag(subject)};
    Result<RawManifest> raw = std::move(store.read_manifests(std::span(&name, 1)).front());
    if (!raw && raw.error().kind == Error::Kind::not_found) return std::vector<oci::Descriptor>();
    if (!raw) return std::unexpected(std::move(raw.error()));
    const oci::Document document =
        TRY(oci::parse_document(referrers_tag(subject), raw->descriptor.media_type, raw->bytes));
    if (!std::holds_alternative<oci::Index>(document))
        return fail(Error::Kind::invalid, '`' + referrers_tag(subject) +
                                              "` should list what refers to an image, and is "
                                              "no index");
    return oci::children_of(document);
}

Result<void> add_fallback_referrer(Store& store, std::string_view repository,
                                   const oci::Digest& subject, const oci::Descriptor& referrer) {
    std::vector<oci::Descriptor> entries = TRY(read_fallback_referrers(store, repository, subject));
    if (std::ranges::find(entries, referrer.digest, &oci::Descriptor::digest) != entries.end())
        return {};
    entries.push_back(referrer);
    std::string bytes = index_of(entries);
    const RawManifest raw{.descriptor = {.media_type = std::string(oci::media_type::oci_index),
                                         .digest = oci::Digest::of(bytes),
                                         .size = bytes.size()},
                          .bytes = std::move(bytes)};
    return store.write_manifest(
        {.repository = std::string(repository), .tag_or_digest = referrers_tag(subject)}, raw,
        Store::IfExists::replace);
}

}  // namespace lockstep::images
