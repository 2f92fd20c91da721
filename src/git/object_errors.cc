#include "git/object_errors.h"

namespace lockstep::git {

namespace {

constexpr const char* fsck = "run `git fsck` in the repository";

}  // namespace

std::string object_named(const ObjectId& id) {
    return "object " + id.hex();
}

Error not_fetched(const ObjectId& id) {
    return {.kind = Error::Kind::unavailable,
            .message =
                object_named(id) + " is not in this partial clone, and it may not be fetched now",
            .hint = "run again without --offline, or fetch it with `git fetch --refetch`",
            .at = {}};
}

Error damaged(const ObjectId& id, const std::string& said) {
    return {.kind = Error::Kind::corrupt,
            .message = object_named(id) + " cannot be read: " + said,
            .hint = fsck,
            .at = {}};
}

Error too_large(const ObjectId& id, std::size_t size, std::size_t limit) {
    return {.kind = Error::Kind::invalid,
            .message = object_named(id) + " has " + std::to_string(size) +
                       " bytes, more than the limit of " + std::to_string(limit),
            .hint = {},
            .at = {}};
}

Error missing(const ObjectId& id) {
    return {.kind = Error::Kind::corrupt,
            .message = object_named(id) + " is missing from the repository",
            .hint = fsck,
            .at = {}};
}

Error no_such_kind(const ObjectId& id, const std::string& kind) {
    return {.kind = Error::Kind::corrupt,
            .message = object_named(id) + " is no " + kind + ", as it is said to be",
            .hint = fsck,
            .at = {}};
}

std::optional<std::string> first_error(std::string_view text) {
    constexpr std::string_view mark = "error: ";
    const std::size_t at = text.starts_with(mark) ? 0 : text.find("\nerror: ");
    if (at == std::string_view::npos) return std::nullopt;
    text.remove_prefix(text.find(mark, at) + mark.size());
    return std::string(text.substr(0, text.find('\n')));
}

}  // namespace lockstep::git
