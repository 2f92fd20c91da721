#include "kustomize/origin.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace lockstep::kustomize {

namespace {

/// What kustomize calls a repository that it has not cloned, which gets into the paths of what lies
/// in its root.
constexpr std::string_view root_name = "notCloned";

std::string lower(std::string_view text) {
    std::string folded(text);
    for (char& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return folded;
}

std::string joined_path(std::string_view directory, std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::string_view rest : {directory, path}) {
        while (!rest.empty()) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            const std::string_view part = rest.substr(0, slash);
            rest.remove_prefix(std::min(slash + 1, rest.size()));
            if (part.empty() || part == ".") continue;
            if (part == ".." && !parts.empty() && parts.back() != "..")
                parts.pop_back();
            else
                parts.push_back(part);
        }
    }
    std::string text;
    for (const std::string_view part : parts) text.append(text.empty() ? "" : "/").append(part);
    return text;
}

}  // namespace

Origin Origin::joined(std::string_view below) const {
    return {joined_path(path, below), repository, ref};
}

Origin remote_origin(std::string repository, std::string ref, std::string_view path) {
    std::string clean = joined_path("", path);
    if (clean.empty()) clean = root_name;
    return {std::move(clean), std::move(repository), std::move(ref)};
}

Result<Origin> file_origin(const Origin& from, std::string_view url) {
    const std::size_t host = url.find("://") + 3;
    if (url.substr(host).find_first_of("?@") != std::string_view::npos)
        return fail(Error::Kind::unsupported,
                    "unsupported: `buildMetadata` over a remote file with a user or a query",
                    "leave one of them out");
    const std::size_t owner = std::min(url.find('/', host), url.size() - 1) + 1;
    const std::size_t name = url.find('/', owner);
    if (owner == url.size() || name == std::string_view::npos) return from.joined(url);
    const std::size_t end = std::min(url.find('/', name + 1), url.size());
    std::string path = joined_path("", url.substr(end));
    if (path == ".." || path.starts_with("../")) return from.joined(url);
    const bool is_github = lower(url.substr(host, owner - host)) == "github.com/";
    std::string repository =
        is_github ? "https://github.com/"
                  : lower(url.substr(0, host)) + std::string(url.substr(host, owner - host));
    repository += url.substr(owner, end - owner);
    return remote_origin(std::move(repository), {}, path);
}

}  // namespace lockstep::kustomize
