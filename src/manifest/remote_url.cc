#include "manifest/remote_url.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lockstep::manifest {

namespace {

using Form = RemoteUrl::Form;

/// `text` up to `end` and without it; `text` is what follows.
std::string_view take_until(std::string_view& text, std::string_view end) {
    const std::size_t at = text.find(end);
    const std::string_view part = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + end.size());
    return part;
}

std::string_view without_scheme(std::string_view url) {
    if (url.starts_with("git::")) url.remove_prefix(5);
    if (const std::size_t at = url.find("://"); at != std::string_view::npos)
        url.remove_prefix(at + 3);
    return url;
}

/// A part is empty where two slashes meet: kustomize's mark between repository and directory.
std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) parts.push_back(take_until(path, "/"));
    return parts;
}

std::string_view query_value(std::string_view query, std::string_view key) {
    while (!query.empty()) {
        std::string_view value = take_until(query, "&");
        if (take_until(value, "=") == key) return value;
    }
    return {};
}

bool is_host(std::string_view text) {
    const auto may_stand = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-';
    };
    if (text == "localhost") return true;
    return !text.starts_with('.') && !text.starts_with('-') && !text.ends_with('.') &&
           text.find('.') != std::string_view::npos &&
           std::all_of(text.begin(), text.end(), may_stand);
}

/// Host and path: "git@github.com:owner/repo" and "user@host/owner/repo" as "host", "owner/repo".
std::optional<std::pair<std::string_view, std::string_view>> split_host(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (const std::size_t user = text.substr(0, slash).rfind('@'); user != std::string_view::npos)
        text.remove_prefix(user + 1);
    const std::size_t end = text.find_first_of(":/");
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    std::string_view host = text.substr(0, end);
    std::string_view path = text.substr(end + 1);
    const bool port = text[end] == ':' && !path.empty() && path.front() >= '0' &&
                      path.front() <= '9' && path.find('/') != std::string_view::npos;
    if (port) {
        const std::string_view digits = path.substr(0, path.find('/'));
        if (std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
            path.remove_prefix(digits.size() + 1);
    }
    if (!is_host(host)) return std::nullopt;
    return std::pair{host, path};
}

std::string join(std::string_view host, const std::vector<std::string_view>& parts,
                 std::size_t count) {
    std::string name(host);
    for (std::size_t at = 0; at < count; ++at) {
        std::string_view part = parts[at];
        if (at + 1 == count && part.ends_with(".git")) part.remove_suffix(4);
        name += '/';
        name += part;
    }
    return name;
}

/// How many parts name the repository: up to an empty part ("//"), ".git" or "-" (GitLab); else
/// two.
std::size_t repository_parts(const std::vector<std::string_view>& parts) {
    for (std::size_t at = 0; at < parts.size(); ++at) {
        if (parts[at].empty() || parts[at] == "-") return at;
        if (parts[at].ends_with(".git")) return at + 1;
    }
    return std::min<std::size_t>(2, parts.size());
}

/// The form and revision that the parts behind the repository spell.
std::pair<Form, std::string_view> read_action(const std::vector<std::string_view>& parts,
                                              std::size_t at) {
    const auto part = [&parts](std::size_t index) {
        return index < parts.size() ? parts[index] : std::string_view();
    };
    if (part(at) == "-") ++at;
    const std::string_view action = part(at);
    if (action == "releases" && part(at + 1) == "download") return {Form::download, part(at + 2)};
    if (action == "releases" && part(at + 1) == "tag") return {Form::page, part(at + 2)};
    if (action != "raw" && action != "tree" && action != "blob" && action != "archive")
        return {Form::other, {}};
    const bool spelt_out = part(at + 1) == "refs";  // refs/tags/v1, refs/heads/main
    std::string_view revision = part(at + (spelt_out ? 3 : 1));
    for (const std::string_view ending : {".tar.gz", ".zip"})
        if (action == "archive" && revision.ends_with(ending))
            revision.remove_suffix(ending.size());
    return {action == "raw" ? Form::raw : Form::page, revision};
}

std::optional<RemoteUrl> read_raw_host(const std::vector<std::string_view>& parts) {
    if (parts.size() < 4) return std::nullopt;
    const bool spelt_out = parts[2] == "refs" && parts.size() > 5;
    return RemoteUrl{Form::raw, join("github.com", parts, 2), parts[spelt_out ? 4 : 2]};
}

}  // namespace

std::optional<RemoteUrl> parse_remote_url(std::string_view url) {
    std::string_view rest = without_scheme(url);
    rest = rest.substr(0, rest.find('#'));
    std::string_view query = rest;
    rest = take_until(query, "?");
    const auto host_and_path = split_host(rest);
    if (!host_and_path || host_and_path->second.empty()) return std::nullopt;
    const auto& [host, path] = *host_and_path;

    const std::vector<std::string_view> parts = parts_of(path);
    if (host == "raw.githubusercontent.com") return read_raw_host(parts);
    const std::size_t count = repository_parts(parts);
    if (count == 0) return std::nullopt;
    RemoteUrl remote{Form::other, join(host, parts, count), {}};
    std::string_view revision = query_value(query, "ref");
    if (revision.empty()) revision = query_value(query, "version");  // kustomize's older word
    if (!revision.empty()) {
        remote.form = Form::base;
        remote.revision = revision;
        return remote;
    }
    const auto [form, written] = read_action(parts, count);
    remote.form = form;
    remote.revision = written;
    return remote;
}

}  // namespace lockstep::manifest
