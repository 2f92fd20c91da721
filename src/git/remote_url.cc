#include <algorithm>
#include <array>
#include <optional>

#include "base/file_tree.h"
#include "git/remote.h"
#include "git/url_query.h"

// The steps are those of kustomize's `NewRepoSpecFromURL`: what kustomize takes for a local path is
// one here, and what it clones is cloned here.

namespace lockstep::git {

namespace {

constexpr std::array<std::string_view, 4> schemes = {"ssh://", "https://", "http://", "file://"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_any_case(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, lower);
}

bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/// "name@" at the front of `text`, with the '@'; empty where there is none.
std::string_view user_of(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || !is_letter(text[0])) return {};
    const std::string_view name = text.substr(0, at);
    const bool is_name = std::ranges::all_of(
        name, [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
    return is_name ? text.substr(0, at + 1) : std::string_view();
}

/// The parts of a URL before its query.
struct Parts {
    std::string_view scheme;  // in lower case, "" for scp's style
    std::string host;         // scheme, user and host as git is given them, with the separator
    std::string_view rest;    // repository and path
};

/// Nothing where it is a local path.
std::optional<Parts> split_host(std::string_view text) {
    if (starts_with_any_case(text, "git::")) text.remove_prefix(5);
    Parts parts;
    for (const std::string_view scheme : schemes)
        if (parts.scheme.empty() && starts_with_any_case(text, scheme)) parts.scheme = scheme;
    text.remove_prefix(parts.scheme.size());
    if (parts.scheme == "file://") {
        parts.host = parts.scheme;
        parts.rest = text;
        return parts;
    }
    const std::string_view user = user_of(text);
    text.remove_prefix(user.size());
    const bool is_github =
        starts_with_any_case(text, "github.com/") || starts_with_any_case(text, "github.com:");
    const bool is_scp = parts.scheme.empty() && (!user.empty() || is_github);
    if (parts.scheme.empty() && !is_scp) return std::nullopt;

    std::size_t separator = text.find('/');
    if (is_scp) {
        const std::size_t colon = text.find(':');
        // After a slash a colon is part of a name.
        if (separator == std::string_view::npos || (colon > 0 && colon < separator))
            separator = colon;
    }
    const std::size_t host_size = separator == std::string_view::npos ? text.size() : separator + 1;
    parts.rest = text.substr(host_size);
    if (!is_github)
        parts.host =
            std::string(parts.scheme) + std::string(user) + std::string(text.substr(0, host_size));
    else if (parts.scheme == "ssh://" || !user.empty())
        parts.host = std::string(user) + "github.com:";
    else
        parts.host = "https://github.com/";
    return parts;
}

struct Split {
    std::string_view repository, path;
};

/// `text` cut behind its second part; nothing where it has fewer.
std::optional<Split> split_at_owner_and_name(std::string_view text) {
    const std::size_t first = text.find('/');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = std::min(text.find('/', first + 1), text.size());
    return Split{.repository = text.substr(0, second),
                 .path = text.substr(std::min(second + 1, text.size()))};
}

std::optional<Split> split_repository(std::string_view text, bool is_file) {
    constexpr std::string_view azure = "_git/";
    constexpr std::string_view suffix = ".git";
    if (const std::size_t at = text.find(azure); at != std::string_view::npos) {
        const std::size_t end = std::min(text.find('/', at + azure.size()), text.size());
        return Split{.repository = text.substr(0, end),
                     .path = text.substr(std::min(end + 1, text.size()))};
    }
    if (const std::size_t at = text.find("//"); at != std::string_view::npos)
        return Split{.repository = text.substr(0, at), .path = text.substr(at + 2)};
    if (const std::size_t at = text.find(suffix); at != std::string_view::npos)
        return Split{.repository = text.substr(0, at + suffix.size()),
                     .path = text.substr(at + suffix.size())};
    if (is_file) return Split{.repository = text, .path = {}};
    return split_at_owner_and_name(text);
}

std::unexpected<Error> bad_url(std::string_view text, std::string what, std::string hint = {}) {
    return fail(Error::Kind::invalid, "`" + without_credentials(text) + "`: " + std::move(what),
                std::move(hint));
}

bool has_control_characters(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
    });
}

/// Whether git takes `ref` for one name and nothing else: no option, no refspec, no pattern.
bool is_one_ref(std::string_view ref) {
    return !ref.starts_with('-') && !ref.starts_with('+') && !ref.contains("..") &&
           !ref.contains("@{") && !has_control_characters(ref) &&
           ref.find_first_of(" ~^:?*[\\") == std::string_view::npos;
}

/// A host, or a path that is handed to ssh, that would be taken for an option.
bool hides_option(const Parts& parts) {
    std::string_view host = parts.host;
    if (host.starts_with(parts.scheme)) host.remove_prefix(parts.scheme.size());
    if (const std::size_t at = host.find('@'); at != std::string_view::npos)
        host.remove_prefix(at + 1);
    const bool is_ssh = !parts.host.contains("://") || parts.scheme == "ssh://";
    return host.starts_with('-') || (is_ssh && parts.rest.starts_with('-'));
}

Result<void> take_query(RemoteUrl& url, std::string_view query, std::string_view text) {
    const auto values = parse_query(query);
    if (!values)
        return bad_url(text, "its query cannot be parsed",
                       "kustomize ignores the whole query then and takes the default branch; "
                       "escape `;` as %3B and `%` as %25");
    const auto value = [&values](std::string_view name) {
        const auto found = values->find(name);
        return found == values->end() ? std::string() : found->second;
    };
    url.ref = value("ref").empty() ? value("version") : value("ref");
    url.timeout = parse_timeout(value("timeout")).value_or(url.timeout);
    url.submodules = parse_bool(value("submodules")).value_or(url.submodules);
    if (!is_one_ref(url.ref)) return bad_url(text, "`" + url.ref + "` is no name of a ref");
    return {};
}

}  // namespace

Result<std::optional<RemoteUrl>> parse_remote_url(std::string_view text) {
    if (text.starts_with('/')) return std::nullopt;
    const std::size_t question = std::min(text.find('?'), text.size());
    const std::optional<Parts> parts = split_host(text.substr(0, question));
    if (!parts) return std::nullopt;
    const auto split = split_repository(parts->rest, parts->scheme == "file://");
    if (!split || split->repository.empty()) {
        if (parts->scheme.empty())
            return std::nullopt;  // a folder named `user@host` or `github.com`
        return bad_url(text, "it names no repository",
                       "write it as https://host/owner/repository//folder?ref=tag");
    }
    if (has_control_characters(text)) return bad_url(text, "it has control characters");
    if (hides_option(*parts)) return bad_url(text, "a part of it begins with `-`");

    RemoteUrl url;
    url.repository = parts->host + std::string(split->repository);
    std::string_view path = split->path;
    while (path.starts_with('/')) path.remove_prefix(1);
    const Result<std::string> joined = join_path("", path);
    if (!joined) return bad_url(text, "`" + std::string(path) + "` leaves the repository");
    url.path = *joined;
    TRY(take_query(url, text.substr(std::min(question + 1, text.size())), text));
    return url;
}

}  // namespace lockstep::git
