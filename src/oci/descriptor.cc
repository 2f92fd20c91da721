#include "oci/descriptor.h"

#include <utility>

namespace lockstep::oci {

Result<Platform> read_platform(const Members& members) {
    Platform platform;
    platform.os = TRY(members.text("os"));
    platform.architecture = TRY(members.text("architecture"));
    platform.variant = TRY(members.text("variant"));
    platform.os_version = TRY(members.text("os.version"));
    return platform;
}

Result<Descriptor> read_descriptor(const Members& members) {
    Result<Digest> digest = Digest::parse(TRY(members.text("digest")));
    if (!digest.has_value())
        return members.invalid("digest", "is wrong: " + digest.error().message);
    const std::optional<std::uint64_t> size = TRY(members.count("size"));
    if (!size.has_value()) return members.invalid("size", "is missing");
    Descriptor descriptor{
        .media_type = TRY(members.text("mediaType")), .digest = std::move(*digest), .size = *size};
    if (const std::optional<Members> platform = TRY(members.object("platform")))
        descriptor.platform = TRY(read_platform(*platform));
    descriptor.artifact_type = TRY(members.text("artifactType"));
    descriptor.annotations = TRY(members.texts_by_name("annotations"));
    return descriptor;
}

Result<std::optional<Descriptor>> read_descriptor(const Members& members, std::string_view name) {
    const std::optional<Members> found = TRY(members.object(name));
    if (!found.has_value()) return std::nullopt;
    return std::optional(TRY(read_descriptor(*found)));
}

Result<std::vector<Descriptor>> read_descriptors(const Members& members, std::string_view name) {
    std::vector<Descriptor> descriptors;
    for (const Members& entry : TRY(members.objects(name)))
        descriptors.push_back(TRY(read_descriptor(entry)));
    return descriptors;
}

}  // namespace lockstep::oci
