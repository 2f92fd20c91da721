#include "project/checks.h"

#include <algorithm>

namespace lockstep::project {

namespace {

constexpr std::size_t path_limit = 1000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_name_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
}

bool all(std::string_view text, bool (*holds)(char)) {
    return !text.empty() && std::all_of(text.begin(), text.end(), holds);
}

/// "host" or "host:5000".
bool is_host(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return all(text, is_name_character);
    return all(text.substr(0, colon), is_name_character) && all(text.substr(colon + 1), is_digit);
}

/// Parts with a slash between each two.
bool is_repository(std::string_view text) {
    while (true) {
        const std::size_t slash = text.find('/');
        if (!all(text.substr(0, slash), is_name_character)) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

}  // namespace

std::string fault_of_image_name(std::string_view name) {
    const std::size_t slash = name.find('/');
    const bool right = slash == std::string_view::npos ? all(name, is_name_character)
                                                       : is_host(name.substr(0, slash)) &&
                                                             is_repository(name.substr(slash + 1));
    return right
               ? ""
               : "the name of an image without tag and digest, such as `registry.example/team/app`";
}

std::string fault_of_registry(std::string_view name) {
    if (is_host(name) || fault_of_image_name(name).empty()) return {};
    return "a registry or the name of an image, such as `registry.example` or "
           "`registry.example/team`";
}

std::string fault_of_mirror(std::string_view url) {
    std::string_view rest = url;
    const bool is_http = rest.starts_with("https://") || rest.starts_with("http://");
    if (is_http) rest.remove_prefix(rest.find("//") + 2);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    const std::size_t slash = rest.find('/');
    const bool right = is_http && is_host(rest.substr(0, slash)) &&
                       (slash == std::string_view::npos || is_repository(rest.substr(slash + 1)));
    return right ? "" : "the URL of a registry, such as `https://mirror.example/docker.io`";
}

std::string fault_of_layout(std::string_view path) {
    const bool right = fault_of_path(path).empty() && path.find('*') == std::string_view::npos;
    return right ? "" : "a folder below that of the configuration, such as `build/images`";
}

std::string fault_of_path(std::string_view path) {
    constexpr const char* expected =
        "a path relative to the root of the repository, such as `deploy/prod` or `deploy/**`";
    if (path.empty() || path.size() > path_limit || path.starts_with('/') ||
        path.starts_with("./") || path.find('\n') != std::string_view::npos)
        return expected;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (path.substr(0, slash) == "..") return expected;
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    return {};
}

std::string fault_of_text_pattern(std::string_view pattern) {
    constexpr std::string_view mark = "{version}";
    const std::size_t at = pattern.find(mark);
    const bool once = at != std::string_view::npos &&
                      pattern.find(mark, at + mark.size()) == std::string_view::npos;
    if (once && pattern.find('\n') == std::string_view::npos) return {};
    return "a text of one line with {version} once, such as `?ref=v{version}`";
}

std::string fault_of_flag(std::string_view flag) {
    const bool right = flag.size() >= 2 && flag.starts_with('-') &&
                       flag.find_first_of(" \t\n=") == std::string_view::npos;
    return right ? "" : "a flag, such as `--image`";
}

std::string fault_of_field_path(std::string_view path) {
    const bool right = !path.empty() && !path.starts_with('.') && !path.ends_with('.') &&
                       path.find("..") == std::string_view::npos &&
                       path.find_first_of(" \t\n") == std::string_view::npos;
    return right ? "" : "a dotted path, such as `spec.images[].ref`";
}

}  // namespace lockstep::project
