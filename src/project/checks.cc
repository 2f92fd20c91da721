#include "project/checks.h"

#include <algorithm>
#include <initializer_list>

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

bool is_platform_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == '-';
}

/// Whether a brace stands in `text` that belongs to none of `known`.
bool has_other_placeholder(std::string_view text, std::initializer_list<std::string_view> known) {
    while (!text.empty()) {
        const auto here = std::ranges::find_if(
            known, [&](std::string_view each) { return text.starts_with(each); });
        if (here == known.end() && (text[0] == '{' || text[0] == '}')) return true;
        text.remove_prefix(here == known.end() ? 1 : here->size());
    }
    return false;
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

std::string fault_of_repository(std::string_view name) {
    if (name.find('/') != std::string_view::npos && fault_of_image_name(name).empty()) return {};
    return "a registry and a path in it, such as `registry.example/charts`";
}

std::string fault_of_platform(std::string_view platform) {
    std::size_t parts = 0;
    bool right = true;
    for (std::string_view rest = platform; right; rest.remove_prefix(rest.find('/') + 1)) {
        right = all(rest.substr(0, rest.find('/')), is_platform_character);
        ++parts;
        if (rest.find('/') == std::string_view::npos) break;
    }
    if (right && (parts == 2 || parts == 3)) return {};
    return "a platform, such as `linux/amd64` or `linux/arm/v7`";
}

std::chrono::seconds duration_of(std::string_view text) {
    std::chrono::seconds sum{0};
    std::chrono::seconds::rep number = 0;
    for (const char c : text) {
        if (is_digit(c)) number = number * 10 + (c - '0');
        if (c == 's') sum += std::chrono::seconds(number);
        if (c == 'm') sum += std::chrono::minutes(number);
        if (c == 'h') sum += std::chrono::hours(number);
        if (!is_digit(c)) number = 0;
    }
    return sum;
}

std::string fault_of_duration(std::string_view text) {
    constexpr const char* expected =
        "a duration of a week at most, such as `90s`, `30m` or `1h30m`";
    std::string_view units = "hms";  // those that may still come
    std::size_t digits = 0;
    for (const char c : text) {
        const std::size_t unit = units.find(c);
        if (is_digit(c) && ++digits <= 6) continue;
        if (is_digit(c) || digits == 0 || unit == std::string_view::npos) return expected;
        units.remove_prefix(unit + 1);
        digits = 0;
    }
    if (text.empty() || digits != 0) return expected;
    const std::chrono::seconds duration = duration_of(text);
    const bool right = duration.count() > 0 && duration <= std::chrono::hours(7 * 24);
    return right ? "" : expected;
}

std::string fault_of_file(std::string_view path) {
    const bool right = fault_of_path(path).empty() && !path.ends_with('/') &&
                       path.find_first_of("*?[") == std::string_view::npos;
    return right ? "" : "a file of the repository, such as `CHANGELOG.md`";
}

std::string fault_of_candidate(std::string_view ref) {
    constexpr const char* expected =
        "a ref with {tag} once, such as `refs/lockstep/candidates/{tag}`";
    constexpr std::string_view mark = "{tag}";
    const std::size_t at = ref.find(mark);
    if (!ref.starts_with("refs/") || at == std::string_view::npos) return expected;
    std::string rest(ref);
    rest.replace(at, mark.size(), "v1");
    // A candidate must not be what consumers look at.
    if (rest.starts_with("refs/tags/") || rest.ends_with(".lock") || rest.ends_with('.') ||
        rest.ends_with('/'))
        return expected;
    for (const std::string_view never : {"..", "//", "/.", "@{", ".lock/"})
        if (rest.find(never) != std::string::npos) return expected;
    const bool right =
        std::ranges::all_of(rest, [](char c) { return c == '/' || is_name_character(c); });
    return right ? "" : expected;
}

std::string fault_of_message(std::string_view message) {
    const bool right = !has_other_placeholder(message, {"{tag}", "{version}"}) &&
                       message.find('\n') == std::string_view::npos &&
                       message.find('\r') == std::string_view::npos;
    return right ? ""
                 : "a text of one line, with {tag} or {version} or none, such as `Release {tag}`";
}

std::string fault_of_alias(std::string_view alias) {
    const auto may_stand = [](char c) { return is_name_character(c) || c == '{' || c == '}'; };
    const bool right =
        !alias.empty() && alias.size() <= 128 && alias[0] != '.' && alias[0] != '-' &&
        std::ranges::all_of(alias, may_stand) &&
        !has_other_placeholder(alias, {"{version}", "{major}", "{minor}", "{patch}"});
    return right ? "" : "an image tag, such as `latest` or `{major}.{minor}`";
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
