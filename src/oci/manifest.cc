#include "oci/manifest.h"

#include <algorithm>
#include <utility>

#include "json/parse.h"
#include "oci/descriptor.h"
#include "oci/media_type.h"
#include "oci/members.h"

namespace lockstep::oci {

namespace {

constexpr std::string_view convert_hint =
    "push the image again with a current docker, buildah or skopeo, which writes OCI manifests or "
    "Docker schema 2";

std::unexpected<Error> schema_1(const std::string& name) {
    return fail(Error::Kind::unsupported,
                "this is a Docker manifest of schema 1, whose digest does not name its content",
                std::string(convert_hint), Location{name, 0, 0});
}

/// What a source says of any JSON or any file: nothing about which manifest it is.
bool says_nothing(std::string_view type) {
    return type.empty() || type == "application/json" || type == "application/octet-stream" ||
           type == "text/plain" || type == "binary/octet-stream";
}

/// A media type without parameters: "application/json; charset=utf-8".
std::string_view bare(std::string_view type) {
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return type;
}

/// The media type by what source and document say, where both do the same; empty: neither says any.
Result<std::string> agreed_type(const std::string& name, std::string_view source,
                                const std::string& document) {
    if (media_type::is_schema_1(source) || media_type::is_schema_1(document)) return schema_1(name);
    for (const std::string_view type : {source, std::string_view(document)}) {
        if (says_nothing(type) || media_type::is_manifest(type)) continue;
        return fail(Error::Kind::unsupported,
                    "media type `" + std::string(type.substr(0, 200)) +
                        "` is no manifest and no index that lockstep knows",
                    "OCI manifests and indexes and Docker's schema 2 are read",
                    Location{name, 0, 0});
    }
    if (says_nothing(document)) return std::string(says_nothing(source) ? "" : source);
    if (!says_nothing(source) && source != document)
        return fail(Error::Kind::invalid,
                    "the document calls itself `" + document + "`, its source `" +
                        std::string(source) + '`',
                    "", Location{name, 0, 0});
    return document;
}

/// Two readers that look at different members would see two documents under one digest.
Result<void> check_members(const Members& members) {
    const bool has_manifests = TRY(members.find("manifests")) != nullptr;
    for (const std::string_view other : {"layers", "config", "fsLayers"})
        if (has_manifests && TRY(members.find(other)) != nullptr)
            return members.invalid("manifests", "and `" + std::string(other) +
                                                    "` stand in one document, which is either an "
                                                    "index or a manifest");
    if (TRY(members.find("fsLayers")) != nullptr)
        return members.invalid("fsLayers", "is of schema 1, the document is of schema 2");
    return {};
}

Result<void> check_schema(const Members& members, const std::string& name) {
    const std::optional<std::uint64_t> version = TRY(members.count("schemaVersion"));
    if (version == 1u) return schema_1(name);
    if (version.value_or(2) != 2)
        return fail(Error::Kind::unsupported,
                    "`schemaVersion` is " + std::to_string(*version) + ", only 2 is read", "",
                    Location{name, 0, 0});
    return {};
}

Result<Document> read_index(const Members& members, std::string type) {
    Index index;
    index.media_type = type.empty() ? std::string(media_type::oci_index) : std::move(type);
    index.artifact_type = TRY(members.text("artifactType"));
    index.manifests = TRY(read_descriptors(members, "manifests"));
    index.subject = TRY(read_descriptor(members, "subject"));
    index.annotations = TRY(members.texts_by_name("annotations"));
    return index;
}

Result<Document> read_manifest(const Members& members, std::string type) {
    std::optional<Descriptor> config = TRY(read_descriptor(members, "config"));
    if (!config.has_value()) return members.invalid("config", "is missing");
    std::string artifact_type = TRY(members.text("artifactType"));
    std::vector<Descriptor> layers = TRY(read_descriptors(members, "layers"));
    std::optional<Descriptor> subject = TRY(read_descriptor(members, "subject"));
    Annotations annotations = TRY(members.texts_by_name("annotations"));
    return Manifest{
        .media_type = type.empty() ? std::string(media_type::oci_manifest) : std::move(type),
        .artifact_type = std::move(artifact_type),
        .config = std::move(*config),
        .layers = std::move(layers),
        .subject = std::move(subject),
        .annotations = std::move(annotations),
    };
}

}  // namespace

Result<Document> parse_document(const std::string& name, std::string_view media_type,
                                std::string_view bytes) {
    media_type = bare(media_type);
    if (media_type::is_schema_1(media_type)) return schema_1(name);
    const json::Value value = TRY(
        json::parse(name, bytes, {.bytes = manifest_bytes_max, .values = 500'000, .depth = 50}));
    const Members members = TRY(Members::of(value, name, ""));
    TRY(check_schema(members, name));
    TRY(check_members(members));
    std::string type = TRY(agreed_type(name, media_type, TRY(members.text("mediaType"))));
    const bool has_config = TRY(members.find("config")) != nullptr;
    // An empty list may be written as null, but a manifest with one is a manifest.
    const bool has_manifests = value.find("manifests") != nullptr && !has_config;
    if (!type.empty() && media_type::is_index(type) != has_manifests)
        return fail(Error::Kind::invalid,
                    '`' + type + "` " + (has_manifests ? "has" : "has no") + " `manifests`", "",
                    Location{name, 0, 0});
    if (has_manifests) return read_index(members, std::move(type));
    if (type.empty() && !has_config)
        return fail(
            Error::Kind::invalid,
            "this is neither a manifest nor an index: it has no `config` and no `manifests`", "",
            Location{name, 0, 0});
    return read_manifest(members, std::move(type));
}

const std::string& media_type_of(const Document& document) {
    return std::visit([](const auto& value) -> const std::string& { return value.media_type; },
                      document);
}

const Annotations& annotations_of(const Document& document) {
    return std::visit([](const auto& value) -> const Annotations& { return value.annotations; },
                      document);
}

const std::optional<Descriptor>& subject_of(const Document& document) {
    return std::visit(
        [](const auto& value) -> const std::optional<Descriptor>& { return value.subject; },
        document);
}

std::string artifact_type_of(const Document& document) {
    if (const auto* const index = std::get_if<Index>(&document)) return index->artifact_type;
    const Manifest& manifest = std::get<Manifest>(document);
    return manifest.artifact_type.empty() ? manifest.config.media_type : manifest.artifact_type;
}

std::vector<Descriptor> children_of(const Document& document) {
    if (const auto* const index = std::get_if<Index>(&document)) return index->manifests;
    const Manifest& manifest = std::get<Manifest>(document);
    std::vector<Descriptor> children = {manifest.config};
    children.insert(children.end(), manifest.layers.begin(), manifest.layers.end());
    return children;
}

}  // namespace lockstep::oci
