#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Images of known bytes, made without a line of lockstep's own image
/// code: JSON written here, digests by sha256sum.
namespace lockstep::testing {

struct ImageBlob {
    std::string media_type, digest, bytes;
};

/// An image, an index or an artifact: all its bytes.
struct MadeImage {
    std::vector<ImageBlob> blobs;
    std::vector<ImageBlob> manifests;  // in an order to push them in; the last is the image's own
    std::string platform;              // the JSON of an index entry's `platform`; may be empty
    std::string annotations;           // the JSON of an index entry's `annotations`; may be empty

    const std::string& digest() const { return manifests.back().digest; }
    const std::string& media_type() const { return manifests.back().media_type; }
    const std::string& bytes() const { return manifests.back().bytes; }
};

/// "sha256:…", by sha256sum.
std::string sha256_of(std::string_view bytes);
/// `size` bytes that no compressor shortens, the same for the same seed.
std::string random_bytes(std::size_t size, std::uint64_t seed);

using Texts = std::map<std::string, std::string>;

struct ImageSetup {
    std::string os = "linux", architecture = "amd64", variant = {};
    std::string created = "2024-05-06T07:08:09Z";
    Texts labels = {};
    Texts annotations = {};
    std::vector<std::size_t> layers = {1000};  // bytes of each
    std::uint64_t seed = 1;
    bool docker_types = false;
};
MadeImage make_image(const ImageSetup& setup = {});

struct IndexSetup {
    bool docker_types = false;
    Texts annotations = {};
};
MadeImage make_index(const std::vector<MadeImage>& entries, const IndexSetup& setup = {});
/// What BuildKit puts beside an image in its index: an "unknown/unknown" entry.
MadeImage make_attestation(const MadeImage& of);
/// An artifact whose subject is `of`.
MadeImage make_referrer(const MadeImage& of, const std::string& artifact_type,
                        const std::string& payload);

/// An OCI layout of it in `directory`, which is made.
void write_layout(const std::string& directory, const MadeImage& image, const std::string& tag);

}  // namespace lockstep::testing
