#include "images/name.h"

#include <algorithm>
#include <utility>

#include "oci/digest.h"

namespace lockstep::images {

namespace {

constexpr std::size_t text_max = 4096;
constexpr std::string_view hint =
    "an image is named as [REGISTRY/]REPOSITORY[:TAG][@DIGEST], or as oci:DIR, oci:DIR:TAG or "
    "oci:DIR@DIGEST in an image layout";

/// The transports of skopeo that hold images which this does not read.
constexpr std::string_view unread[] = {
    "docker-archive:", "docker-daemon:", "oci-archive:", "containers-storage:",
    "ostree:",         "sif:",           "dir:/",        "dir:."};

std::unexpected<Error> bad(std::string_view text, const std::string& what) {
    return fail(Error::Kind::usage, '`' + std::string(text.substr(0, 300)) + "` " + what,
                std::string(hint));
}

bool begins_digest(std::string_view text) {
    return text.starts_with("sha256:") || text.starts_with("sha384:") ||
           text.starts_with("sha512:");
}

Result<Name> parse_reference(std::string_view text) {
    Result<oci::Reference> reference = oci::Reference::parse(text);
    if (reference.has_value()) return Name(std::move(*reference));
    return fail(Error::Kind::usage, std::move(reference.error().message), std::string(hint));
}

Result<Name> parse_layout(std::string_view text) {
    LayoutName name;
    std::string_view rest = text.substr(std::string_view("oci:").size());
    const std::size_t last = rest.rfind('/') + 1;  // npos + 1 is 0
    if (const std::size_t at = rest.find('@', last);
        at != std::string_view::npos && begins_digest(rest.substr(at + 1))) {
        Result<oci::Digest> digest = oci::Digest::parse(rest.substr(at + 1));
        if (!digest.has_value()) return bad(text, "has a wrong digest: " + digest.error().message);
        name.digest = digest->str();
        rest = rest.substr(0, at);
    }
    if (const std::size_t colon = rest.find(':', last); colon != std::string_view::npos) {
        name.tag = rest.substr(colon + 1);
        rest = rest.substr(0, colon);
        if (!name.digest.empty()) return bad(text, "has both a tag and a digest");
        // By the grammar of tags, which the parser of references knows.
        if (!oci::Reference::parse("a:" + name.tag).has_value() || name.tag.contains('@'))
            return bad(text,
                       "has `" + name.tag.substr(0, 200) +
                           "` for a tag, which is none: letters, digits, `_`, `.` and `-` were "
                           "expected, at most 128");
    }
    if (rest.empty()) return bad(text, "names no folder");
    if (rest.contains('\0')) return bad(text, "names a folder with a zero byte");
    name.directory = rest;
    return Name(std::move(name));
}

}  // namespace

Result<Name> parse_name(std::string_view text) {
    if (text.size() > text_max)
        return bad(text, "… has " + std::to_string(text.size()) +
                             " characters, at most 4096 are "
                             "allowed");
    if (text.starts_with("oci:")) return parse_layout(text);
    if (text.starts_with("docker://"))
        return parse_reference(text.substr(std::string_view("docker://").size()));
    for (const std::string_view transport : unread)
        if (text.starts_with(transport))
            return fail(Error::Kind::usage,
                        '`' + std::string(text) + "` is not where lockstep reads images",
                        "copy it with `skopeo copy " + std::string(text) + " oci:DIR:TAG` first");
    return parse_reference(text);
}

std::string to_string(const Name& name) {
    if (const auto* const reference = std::get_if<oci::Reference>(&name)) {
        const std::string text = reference->str();
        // An image may be called like what else could stand there: "oci:v1".
        const bool is_ambiguous =
            text.starts_with("oci:") || std::ranges::any_of(unread, [&](std::string_view other) {
                return text.starts_with(other);
            });
        return (is_ambiguous ? "docker://" : "") + text;
    }
    const LayoutName& layout = std::get<LayoutName>(name);
    std::string text = "oci:" + layout.directory;
    if (!layout.tag.empty()) text += ':' + layout.tag;
    if (!layout.digest.empty()) text += '@' + layout.digest;
    return text;
}

}  // namespace lockstep::images
