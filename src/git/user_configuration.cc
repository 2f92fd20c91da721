#include "git/user_configuration.h"

#include <algorithm>
#include <array>

#include "git/command.h"

namespace lockstep::git {

namespace {

constexpr std::array<std::string_view, 14> portable_sections = {
    "user.",    "author.",         "committer.",     "gpg.",        "credential.",
    "url.",     "http.",           "ssh.",           "i18n.",       "protocol.",
    "trailer.", "core.sshcommand", "commit.gpgsign", "tag.gpgsign",
};
constexpr std::array<std::string_view, 6> portable_of_remote = {
    "url", "pushurl", "proxy", "proxyauthmethod", "receivepack", "uploadpack",
};

bool is_portable(const ConfigurationEntry& entry) {
    return std::ranges::any_of(portable_sections, [&entry](std::string_view section) {
        return section.ends_with('.') ? entry.key.starts_with(section) : entry.key == section;
    });
}

/// "remote.NAME.LAST" taken apart; nothing for other keys.
struct RemoteKey {
    std::string_view name, last;
};
std::optional<RemoteKey> remote_key(std::string_view key) {
    constexpr std::string_view section = "remote.";
    const std::size_t dot = key.rfind('.');
    if (!key.starts_with(section) || dot < section.size()) return std::nullopt;
    return RemoteKey{.name = key.substr(section.size(), dot - section.size()),
                     .last = key.substr(dot + 1)};
}

std::string in_quotes(std::string_view text, bool is_value) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        if (c == '\n' && is_value)
            result += "\\n";
        else
            result += c;
    }
    return result + '"';
}

}  // namespace

Result<std::vector<ConfigurationEntry>> read_configuration(const std::string& directory) {
    return parse_configuration(
        TRY(run_git({"config", "--list", "--null", "--includes"}, directory)));
}

std::vector<ConfigurationEntry> parse_configuration(std::string_view listing) {
    std::vector<ConfigurationEntry> entries;
    while (!listing.empty()) {
        const std::string_view entry = listing.substr(0, listing.find('\0'));
        listing.remove_prefix(std::min(entry.size() + 1, listing.size()));
        const std::size_t end = entry.find('\n');
        ConfigurationEntry& added = entries.emplace_back();
        added.key = entry.substr(0, end);
        if (end != std::string_view::npos) added.value = std::string(entry.substr(end + 1));
    }
    return entries;
}

std::vector<ConfigurationEntry> portable_configuration(
    const std::vector<ConfigurationEntry>& user, const std::vector<ConfigurationEntry>& there) {
    std::vector<ConfigurationEntry> known = there;
    std::vector<ConfigurationEntry> result;
    for (const ConfigurationEntry& entry : user) {
        if (!is_portable(entry)) continue;
        const auto same = std::ranges::find(known, entry);
        if (same == known.end())
            result.push_back(entry);
        else
            known.erase(same);
    }
    return result;
}

std::string to_text(const std::vector<ConfigurationEntry>& entries) {
    std::string text;
    for (const auto& [key, value] : entries) {
        const std::size_t first = key.find('.');
        const std::size_t last = key.rfind('.');
        if (first == std::string::npos) continue;
        text += '[' + key.substr(0, first);
        if (last > first)
            text +=
                ' ' + in_quotes(std::string_view(key).substr(first + 1, last - first - 1), false);
        text += "]\n\t" + key.substr(last + 1);
        if (value) text += " = " + in_quotes(*value, true);
        text += '\n';
    }
    return text;
}

std::vector<std::string> remotes_in(const std::vector<ConfigurationEntry>& entries) {
    std::vector<std::string> names;
    for (const ConfigurationEntry& entry : entries) {
        const auto key = remote_key(entry.key);
        if (key && key->last == "url" && std::ranges::find(names, key->name) == names.end())
            names.emplace_back(key->name);
    }
    return names;
}

std::vector<ConfigurationEntry> remote_entries(const std::vector<ConfigurationEntry>& entries,
                                               std::string_view name, std::string_view as) {
    std::vector<ConfigurationEntry> result;
    for (const ConfigurationEntry& entry : entries) {
        const auto key = remote_key(entry.key);
        if (!key || key->name != name) continue;
        if (std::ranges::find(portable_of_remote, key->last) == portable_of_remote.end()) continue;
        ConfigurationEntry& added = result.emplace_back(entry);
        added.key = "remote." + std::string(as) + '.' + std::string(key->last);
    }
    return result;
}

}  // namespace lockstep::git
