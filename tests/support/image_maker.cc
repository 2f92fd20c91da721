#include "support/image_maker.h"

#include <filesystem>
#include <random>

#include "support/peer.h"

namespace lockstep::testing {

namespace {

constexpr const char* oci_manifest = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* oci_index = "application/vnd.oci.image.index.v1+json";
constexpr const char* docker_manifest = "application/vnd.docker.distribution.manifest.v2+json";
constexpr const char* docker_list = "application/vnd.docker.distribution.manifest.list.v2+json";

ImageBlob blob_of(std::string media_type, std::string bytes) {
    std::string digest = sha256_of(bytes);
    return {.media_type = std::move(media_type),
            .digest = std::move(digest),
            .bytes = std::move(bytes)};
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string object_of(const Texts& texts) {
    std::string out;
    for (const auto& [name, text] : texts) {
        out += (out.empty() ? "" : ",") + in_quotes(name) + ':' + in_quotes(text);
    }
    return '{' + out + '}';
}

/// A descriptor; `more` are further members, each with its comma.
std::string descriptor_of(const ImageBlob& blob, const std::string& more = {}) {
    return "{\"mediaType\":" + in_quotes(blob.media_type) +
           ",\"digest\":" + in_quotes(blob.digest) +
           ",\"size\":" + std::to_string(blob.bytes.size()) + more + '}';
}

std::string list_of(const std::vector<std::string>& items) {
    std::string out;
    for (const std::string& item : items) out += (out.empty() ? "" : ",") + item;
    return '[' + out + ']';
}

std::string member(const std::string& name, const std::string& json) {
    return json.empty() || json == "{}" ? "" : ',' + in_quotes(name) + ':' + json;
}

std::string manifest_text(const std::string& media_type, const ImageBlob& config,
                          const std::vector<std::string>& layers, const std::string& more) {
    return "{\"schemaVersion\":2,\"mediaType\":" + in_quotes(media_type) +
           ",\"config\":" + descriptor_of(config) + ",\"layers\":" + list_of(layers) + more + '}';
}

std::string platform_of(const ImageSetup& setup) {
    return "{\"architecture\":" + in_quotes(setup.architecture) + ",\"os\":" + in_quotes(setup.os) +
           member("variant", setup.variant.empty() ? "" : in_quotes(setup.variant)) + '}';
}

const ImageBlob& empty_config() {
    static const ImageBlob blob = blob_of("application/vnd.oci.empty.v1+json", "{}");
    return blob;
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
    return "sha256:" + run_tool({"sha256sum"}, bytes).substr(0, 64);
}

std::string random_bytes(std::size_t size, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::string bytes;
    bytes.reserve(size + 8);
    while (bytes.size() < size) {
        for (std::uint64_t left = random(), i = 0; i < 8; ++i, left >>= 8)
            bytes += static_cast<char>(left & 255);
    }
    bytes.resize(size);
    return bytes;
}

MadeImage make_image(const ImageSetup& setup) {
    MadeImage image;
    std::vector<std::string> layers, diff_ids;
    std::uint64_t number = setup.seed * 1000;
    for (const std::size_t size : setup.layers) {
        image.blobs.push_back(blob_of(setup.docker_types
                                          ? "application/vnd.docker.image.rootfs.diff.tar"
                                          : "application/vnd.oci.image.layer.v1.tar",
                                      random_bytes(size, number++)));
        layers.push_back(descriptor_of(image.blobs.back()));
        diff_ids.push_back(in_quotes(image.blobs.back().digest));
    }
    const ImageBlob config =
        blob_of(setup.docker_types ? "application/vnd.docker.container.image.v1+json"
                                   : "application/vnd.oci.image.config.v1+json",
                "{\"created\":" + in_quotes(setup.created) + ",\"architecture\":" +
                    in_quotes(setup.architecture) + ",\"os\":" + in_quotes(setup.os) +
                    member("variant", setup.variant.empty() ? "" : in_quotes(setup.variant)) +
                    ",\"config\":{\"Labels\":" + object_of(setup.labels) +
                    "},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":" + list_of(diff_ids) + "}}");
    image.blobs.push_back(config);
    const std::string type = setup.docker_types ? docker_manifest : oci_manifest;
    image.manifests.push_back(blob_of(
        type,
        manifest_text(type, config, layers, member("annotations", object_of(setup.annotations)))));
    image.platform = platform_of(setup);
    return image;
}

MadeImage make_index(const std::vector<MadeImage>& entries, const IndexSetup& setup) {
    MadeImage index;
    std::vector<std::string> descriptors;
    for (const MadeImage& entry : entries) {
        index.blobs.insert(index.blobs.end(), entry.blobs.begin(), entry.blobs.end());
        index.manifests.insert(index.manifests.end(), entry.manifests.begin(),
                               entry.manifests.end());
        descriptors.push_back(descriptor_of(
            entry.manifests.back(),
            member("platform", entry.platform) + member("annotations", entry.annotations)));
    }
    const std::string type = setup.docker_types ? docker_list : oci_index;
    index.manifests.push_back(
        blob_of(type, "{\"schemaVersion\":2,\"mediaType\":" + in_quotes(type) +
                          ",\"manifests\":" + list_of(descriptors) +
                          member("annotations", object_of(setup.annotations)) + '}'));
    return index;
}

MadeImage make_attestation(const MadeImage& of) {
    MadeImage image = make_image({.os = "unknown", .architecture = "unknown", .layers = {}});
    image.blobs.push_back(blob_of("application/vnd.in-toto+json",
                                  "{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"subject\":"
                                  "[{\"name\":\"_\",\"digest\":{\"sha256\":" +
                                      in_quotes(of.digest().substr(7)) + "}}]}"));
    image.manifests.back() = blob_of(
        oci_manifest,
        manifest_text(oci_manifest, image.blobs.front(), {descriptor_of(image.blobs.back())}, ""));
    image.annotations = object_of({{"vnd.docker.reference.digest", of.digest()},
                                   {"vnd.docker.reference.type", "attestation-manifest"}});
    return image;
}

MadeImage make_referrer(const MadeImage& of, const std::string& artifact_type,
                        const std::string& payload) {
    MadeImage image;
    image.blobs = {empty_config(), blob_of(artifact_type, payload)};
    image.manifests.push_back(
        blob_of(oci_manifest,
                manifest_text(oci_manifest, empty_config(), {descriptor_of(image.blobs.back())},
                              member("subject", descriptor_of(of.manifests.back())) +
                                  member("artifactType", in_quotes(artifact_type)))));
    return image;
}

void write_layout(const std::string& directory, const MadeImage& image, const std::string& tag) {
    std::filesystem::create_directories(directory);
    const auto write = [&](const std::string& path, const std::string& bytes) {
        run_tool({"sh", "-c", R"(mkdir -p "${0%/*}" && cat >"$0")", directory + '/' + path}, bytes);
    };
    write("oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
    for (const auto* list : {&image.blobs, &image.manifests}) {
        for (const ImageBlob& blob : *list) {
            write("blobs/sha256/" + blob.digest.substr(7), blob.bytes);
        }
    }
    const Texts names = {{"org.opencontainers.image.ref.name", tag}};
    write("index.json",
          "{\"schemaVersion\":2,\"mediaType\":" + in_quotes(oci_index) + ",\"manifests\":[" +
              descriptor_of(image.manifests.back(),
                            tag.empty() ? "" : member("annotations", object_of(names))) +
              "]}");
}

}  // namespace lockstep::testing
