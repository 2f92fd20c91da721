#include "changelog/files.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "version/style.h"

namespace lockstep::changelog {

namespace {

/// In lower case, '_' and blanks as '-', without its ending.
std::string plain_name(std::string_view name) {
    for (const std::string_view ending : {".md", ".markdown", ".rst", ".txt", ".adoc"})
        if (name.size() > ending.size() && name.ends_with(ending))
            name.remove_suffix(ending.size());
    std::string plain(name);
    for (char& c : plain) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '_' || c == ' ') c = '-';
    }
    return plain;
}

bool is_text(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) return true;
    constexpr std::array<std::string_view, 5> endings = {"md", "markdown", "rst", "txt", "adoc"};
    const std::string ending = plain_name(name.substr(dot + 1));
    const bool is_known = std::ranges::find(endings, ending) != endings.end();
    return is_known || ending.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

bool is_change_log(std::string_view name) {
    if (!is_text(name)) return false;
    const std::string plain = plain_name(name);
    constexpr std::array<std::string_view, 12> names = {
        "changelog", "changes",       "change-log",   "history",       "news",      "releases",
        "release",   "release-notes", "releasenotes", "upgrade-notes", "upgrading", "whats-new"};
    return std::ranges::any_of(names, [&](std::string_view each) {
        if (!plain.starts_with(each)) return false;
        if (plain.size() == each.size()) return true;
        // "changelog-1.2", and not "releases-of-cheese".
        return plain[each.size()] == '-' && version_of_file(name).has_value();
    });
}

bool is_folder_of_notes(std::string_view name) {
    constexpr std::array<std::string_view, 9> names = {"changelog", "changelogs",    "changes",
                                                       "releases",  "release-notes", "releasenotes",
                                                       ".changes",  "whats-new",     "release"};
    return std::ranges::find(names, plain_name(name)) != names.end();
}

std::optional<version::Version> version_of_file(std::string_view name) {
    const std::string plain = plain_name(name);
    const std::size_t digit = plain.find_first_of("0123456789");
    if (digit == std::string::npos) return std::nullopt;
    const std::size_t begin = digit > 0 && plain[digit - 1] == 'v' ? digit - 1 : digit;
    if (begin > 0 && plain[begin - 1] != '-') return std::nullopt;
    auto written = version::read_written(std::string_view(plain).substr(begin));
    if (!written || !written->suffix.empty()) return std::nullopt;
    return std::move(written->version);
}

}  // namespace lockstep::changelog
