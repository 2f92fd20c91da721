#include "git/plain_configuration.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "git/configuration_file.h"
#include "os/environment.h"
#include "os/file.h"

namespace lockstep::git {

namespace {

constexpr std::size_t file_bytes_max = 1u << 20;

// Without effect on what is read, or removed by git_command.
constexpr std::array<std::string_view, 49> idle_variables = {
    "GIT_ALLOW_PROTOCOL", "GIT_ASKPASS", "GIT_AUTHOR_DATE", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_NAME",
    "GIT_COMMITTER_DATE", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_NAME", "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_CURL_VERBOSE", "GIT_EDITOR",
    "GIT_HTTP_LOW_SPEED_LIMIT", "GIT_HTTP_LOW_SPEED_TIME", "GIT_HTTP_USER_AGENT",
    "GIT_MERGE_AUTOEDIT", "GIT_NO_LAZY_FETCH", "GIT_OPTIONAL_LOCKS", "GIT_PAGER", "GIT_PROTOCOL",
    "GIT_PROXY_SSL_CAINFO", "GIT_SEQUENCE_EDITOR", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT",
    "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_NO_VERIFY", "GIT_TERMINAL_PROMPT",
    // Removed.
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX",
    "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_IMPLICIT_WORK_TREE",
    // Of build servers, which git does not know.
    "GIT_BRANCH", "GIT_COMMIT", "GIT_URL", "GIT_DEPTH", "GIT_STRATEGY", "GIT_CHECKOUT"};

// Of section core: words, and values that git demands to be true or false.
constexpr std::array<std::string_view, 8> core_words = {
    "core.askpass",   "core.attributesfile", "core.editor", "core.excludesfile",
    "core.fsmonitor", "core.hookspath",      "core.pager",  "core.sshcommand"};
constexpr std::array<std::string_view, 11> core_booleans = {
    "core.bare",         "core.commitgraph", "core.filemode",       "core.fscache",
    "core.ignorecase",   "core.longpaths",   "core.multipackindex", "core.precomposeunicode",
    "core.preloadindex", "core.quotepath",   "core.symlinks"};

/// Where the installed git looks for the configuration of the system.
std::optional<std::string> system_file() {
    const auto git = os::find_program("git");
    const auto path = git ? os::canonical_path(*git) : git;
    if (!path) return std::nullopt;
    if (*path == "/usr/bin/git" || *path == "/bin/git") return "/etc/gitconfig";
    if (*path == "/usr/local/bin/git") return "/usr/local/etc/gitconfig";
    return std::nullopt;
}

/// The user's files; nothing where git must be asked.
std::optional<std::vector<std::string>> user_files() {
    if (const auto instead = os::environment("GIT_CONFIG_GLOBAL")) {
        if (!instead->starts_with('/')) return std::nullopt;
        return std::vector{*instead};
    }
    const auto home = os::environment("HOME");
    const auto xdg = os::environment("XDG_CONFIG_HOME");
    if (!home || !home->starts_with('/') || (xdg && !xdg->starts_with('/'))) return std::nullopt;
    return std::vector{xdg.value_or(*home + "/.config") + "/git/config", *home + "/.gitconfig"};
}

bool adds(std::vector<ConfigurationEntry>& all, const std::string& path) {
    const auto entries = read_configuration_file(path);
    if (!entries || !std::ranges::all_of(*entries, is_plain)) return false;
    all.insert(all.end(), entries->begin(), entries->end());
    return true;
}

bool is_plain_core(const ConfigurationEntry& entry) {
    if (std::ranges::find(core_booleans, entry.key) != core_booleans.end())
        return boolean_value(entry).has_value();
    if (!entry.value) return false;
    if (entry.key == "core.repositoryformatversion") return true;
    if (entry.key == "core.logallrefupdates")
        return entry.value == "always" || boolean_value(entry).has_value();
    if (entry.key == "core.autocrlf")
        return entry.value == "input" || boolean_value(entry).has_value();
    // A path that begins with "~" may name a user that there is not.
    return std::ranges::find(core_words, entry.key) != core_words.end() &&
           (!entry.value->starts_with('~') || entry.value->starts_with("~/"));
}

}  // namespace

bool is_plain_environment() {
    for (const char* const* variable = ::environ; *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        const std::string_view name = text.substr(0, text.find('='));
        if (name.starts_with("GIT_") &&
            std::ranges::find(idle_variables, name) == idle_variables.end())
            return false;
    }
    return true;
}

std::optional<bool> boolean_value(const ConfigurationEntry& entry) {
    if (!entry.value) return true;
    for (const std::string_view word : {"true", "yes", "on", "1"})
        if (*entry.value == word) return true;
    for (const std::string_view word : {"false", "no", "off", "0"})
        if (*entry.value == word) return false;
    return std::nullopt;
}

bool is_plain(const ConfigurationEntry& entry) {
    const std::string_view key = entry.key;
    if (key.starts_with("core.")) return is_plain_core(entry);
    if (!entry.value) return false;
    if (key == "push.default") {
        for (const char* word : {"nothing", "current", "upstream", "simple", "matching"})
            if (*entry.value == word) return true;
        return false;
    }
    if (key.starts_with("advice.")) return boolean_value(entry).has_value();
    if (key == "user.useconfigonly") return boolean_value(entry).has_value();
    if (key == "branch.autosetuprebase") return entry.value == "always" || entry.value == "never";
    if (key == "branch.autosetupmerge") return boolean_value(entry).has_value();
    // These change what git reads, where it writes, or are read strictly.
    for (const std::string_view section :
         {"safe.", "trace2.", "pager.", "pack.", "color.", "sparse.", "extensions.refstorage"})
        if (key.starts_with(section)) return false;
    return true;
}

std::optional<std::vector<ConfigurationEntry>> read_configuration_file(const std::string& path) {
    if (path == "/dev/null") return std::vector<ConfigurationEntry>();
    const auto text = os::read_file(path, file_bytes_max);
    if (!text && text.error().kind == Error::Kind::not_found)
        return std::vector<ConfigurationEntry>();
    if (!text) return std::nullopt;
    return parse_configuration_file(*text);
}

std::optional<std::vector<ConfigurationEntry>> read_shared_configuration() {
    std::vector<ConfigurationEntry> all;
    const auto without_system = os::environment("GIT_CONFIG_NOSYSTEM");
    if (without_system && without_system != "1") return std::nullopt;
    auto system = system_file();
    const auto instead = os::environment("GIT_CONFIG_SYSTEM");
    if (!system || (instead && !instead->starts_with('/'))) return std::nullopt;
    if (instead) system = instead;
    if (!without_system && !adds(all, *system)) return std::nullopt;
    const auto user = user_files();
    if (!user) return std::nullopt;
    for (const std::string& path : *user)
        if (!adds(all, path)) return std::nullopt;
    return all;
}

}  // namespace lockstep::git
