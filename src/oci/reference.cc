#include "oci/reference.h"

#include <algorithm>

#include "base/backticks.h"

namespace lockstep::oci {

namespace {

constexpr std::size_t text_limit = 4096;
constexpr std::size_t path_limit = 255;
constexpr std::size_t tag_limit = 128;
constexpr std::string_view default_registry = "docker.io";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_alphanumeric(char c) {
    return is_digit(c) || is_lower(c) || is_upper(c);
}
bool is_lower_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_tag_character(char c) {
    return is_alphanumeric(c) || c == '_' || c == '.' || c == '-';
}

bool all(std::string_view text, bool (*holds)(char)) {
    return std::all_of(text.begin(), text.end(), holds);
}

/// One part of a host name: letters, digits and inner dashes.
bool is_host_label(std::string_view label) {
    return !label.empty() && label.front() != '-' && label.back() != '-' &&
           all(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_host(std::string_view host) {
    if (host.starts_with('[')) {
        return host.size() > 2 && host.ends_with(']') &&
               all(host.substr(1, host.size() - 2), [](char c) {
                   return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
                          c == ':';
               });
    }
    while (true) {
        const std::size_t dot = host.find('.');
        if (!is_host_label(host.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        host.remove_prefix(dot + 1);
    }
}

bool is_registry(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || text.ends_with(']')) return is_host(text);
    const std::string_view port = text.substr(colon + 1);
    return !port.empty() && all(port, is_digit) && is_host(text.substr(0, colon));
}

/// How long the separator at the start of `text` is: '.', '_', "__" or dashes; 0: there is none.
std::size_t separator_length(std::string_view text) {
    if (text.starts_with("__")) return 2;
    if (text.starts_with('.') || text.starts_with('_')) return 1;
    return std::min(text.find_first_not_of('-'), text.size());
}

/// Lower-case words with a separator between each two.
bool is_path_part(std::string_view part) {
    while (true) {
        std::size_t word = 0;
        while (word < part.size() && (is_lower(part[word]) || is_digit(part[word]))) ++word;
        if (word == 0) return false;
        part.remove_prefix(word);
        if (part.empty()) return true;
        const std::size_t separator = separator_length(part);
        if (separator == 0) return false;
        part.remove_prefix(separator);
    }
}

Result<void> check_path(std::string_view path, std::string_view text) {
    if (path.size() > path_limit)
        return fail(Error::Kind::invalid, "the repository of image `" + std::string(text) +
                                              "` has " + std::to_string(path.size()) +
                                              " characters, at most 255 are allowed");
    if (std::any_of(path.begin(), path.end(), is_upper))
        return fail(Error::Kind::invalid,
                    "image " + in_backticks(text) +
                        " has upper-case letters in its repository, which must be lower case");
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (!is_path_part(part))
            return fail(Error::Kind::invalid,
                        "image " + in_backticks(text) + ": " + in_backticks(part) +
                            " is no part of a repository: lower-case letters and digits were "
                            "expected, with single `.` or `_`, `__` or dashes between them");
        if (slash == std::string_view::npos) return {};
        path.remove_prefix(slash + 1);
    }
}

Result<void> check_name(std::string_view name, std::string_view text) {
    if (name.empty())
        return fail(Error::Kind::invalid,
                    text.empty() ? "the image is empty"
                                 : "image " + in_backticks(text) + " has no repository");
    if (name.size() == 64 && text.size() == 64 && all(name, is_lower_hex))
        return fail(Error::Kind::invalid,
                    in_backticks(text) + " is an image id, not the name of one");
    const std::size_t slash = name.find('/');
    if (slash != std::string_view::npos && is_registry(name.substr(0, slash)))
        return check_path(name.substr(slash + 1), text);
    return check_path(name, text);
}

Result<void> check_tag(std::string_view tag, std::string_view text) {
    if (tag.empty())
        return fail(Error::Kind::invalid, "image " + in_backticks(text) + " has an empty tag");
    if (tag.size() > tag_limit)
        return fail(Error::Kind::invalid, "the tag of image " + in_backticks(text) + " has " +
                                              std::to_string(tag.size()) +
                                              " characters, at most 128 are allowed");
    if (tag.front() == '.' || tag.front() == '-' || !all(tag, is_tag_character))
        return fail(Error::Kind::invalid, "image " + in_backticks(text) + ": " + in_backticks(tag) +
                                              " is no tag: letters, digits, `_`, `.` and `-` were "
                                              "expected, not `.` or `-` first");
    return {};
}

/// How many hexadecimal digits a digest of `algorithm` has; 0: it is not known.
std::size_t digest_length(std::string_view algorithm) {
    if (algorithm == "sha256") return 64;
    if (algorithm == "sha384") return 96;
    if (algorithm == "sha512") return 128;
    return 0;
}

Result<void> check_digest(std::string_view digest, std::string_view text) {
    const std::size_t colon = std::min(digest.find(':'), digest.size());
    const std::size_t length = digest_length(digest.substr(0, colon));
    if (length == 0)
        return fail(Error::Kind::invalid, "image " + in_backticks(text) + ": " +
                                              in_backticks(digest) +
                                              " is no digest: `sha256:`, `sha384:` or `sha512:` "
                                              "was expected");
    const std::string_view hex = digest.substr(std::min(colon + 1, digest.size()));
    if (hex.size() != length || !all(hex, is_lower_hex))
        return fail(Error::Kind::invalid, "image " + in_backticks(text) + ": " +
                                              in_backticks(digest) +
                                              " is no digest: " + std::to_string(length) +
                                              " lower-case hexadecimal digits were expected, " +
                                              std::to_string(hex.size()) + " characters found");
    return {};
}

/// Whether Docker takes the first part of a name for a registry. By the grammar it may also be the
/// first part of a repository on Docker Hub.
bool names_registry(std::string_view first) {
    return first == "localhost" || first.find_first_of(".:") != std::string_view::npos ||
           std::any_of(first.begin(), first.end(), is_upper);
}

/// The registry that is written in a name, empty where there is none, and what stands behind it.
struct Located {
    std::string_view registry, path;
};
Located locate(std::string_view name) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos || !names_registry(name.substr(0, slash)))
        return {{}, name};
    return {name.substr(0, slash), name.substr(slash + 1)};
}

}  // namespace

Result<Reference> Reference::parse(std::string_view text) {
    if (text.size() > text_limit)
        return fail(Error::Kind::invalid, "an image of " + std::to_string(text.size()) +
                                              " characters, at most 4096 are allowed");
    const std::size_t at = text.find('@');
    std::string_view rest = text.substr(0, at);
    Reference reference;
    if (at != std::string_view::npos) {
        reference.digest_ = text.substr(at + 1);
        TRY(check_digest(reference.digest_, text));
    }
    const std::size_t slash = rest.rfind('/');
    const std::size_t colon = rest.find(':', slash == std::string_view::npos ? 0 : slash);
    if (colon != std::string_view::npos) {
        reference.tag_ = rest.substr(colon + 1);
        TRY(check_tag(reference.tag_, text));
        rest = rest.substr(0, colon);
    }
    TRY(check_name(rest, text));
    reference.name_ = rest;
    return reference;
}

std::string Reference::registry() const {
    const std::string_view registry = locate(name_).registry;
    if (registry.empty() || registry == "index.docker.io") return std::string(default_registry);
    return std::string(registry);
}

std::string Reference::path() const {
    std::string path(locate(name_).path);
    if (path.find('/') == std::string::npos && registry() == default_registry)
        path.insert(0, "library/");
    return path;
}

std::string_view Reference::base_name() const {
    return std::string_view(name_).substr(name_.rfind('/') + 1);
}

std::string Reference::str() const {
    std::string text = name_;
    if (!tag_.empty()) text += ':' + tag_;
    if (!digest_.empty()) text += '@' + digest_;
    return text;
}

Parts split(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::size_t start = slash == std::string_view::npos ? 0 : slash;
    const std::size_t at = std::min(text.find('@', start), text.size());
    const std::size_t colon = std::min(text.find(':', start), at);
    Parts parts;
    parts.name = text.substr(0, colon);
    if (colon < at) parts.tag = text.substr(colon + 1, at - colon - 1);
    if (at < text.size()) parts.digest = text.substr(at + 1);
    return parts;
}

}  // namespace lockstep::oci
