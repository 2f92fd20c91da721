#include "git/discovery.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "git/object_id.h"
#include "git/plain_configuration.h"
#include "os/file.h"

namespace lockstep::git {

namespace {

constexpr std::size_t small_file_max = 4096;
constexpr std::size_t shallow_bytes_max = 64u << 20;

std::optional<struct stat> status_of(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
    return status;
}

bool is_there(const std::string& path) {
    return status_of(path).has_value();
}

/// A folder, not a link to one, of this process's user.
bool is_own_folder(const std::string& path) {
    const auto status = status_of(path);
    return status && S_ISDIR(status->st_mode) && status->st_uid == ::geteuid();
}

/// The one line of a small file.
std::optional<std::string> read_line(const std::string& path) {
    auto text = os::read_file(path, small_file_max);
    if (!text) return std::nullopt;
    if (text->ends_with('\n')) text->pop_back();
    if (text->empty() || text->find_first_of("\n\r") != std::string::npos) return std::nullopt;
    return std::move(*text);
}

/// The folder that a file beside others names, seen from `folder`.
std::optional<std::string> named_folder(const std::string& folder, const std::string& name) {
    const auto path = os::canonical_path(name.starts_with('/') ? name : folder + '/' + name);
    if (!path) return std::nullopt;
    return *path;
}

/// Where a repository's own folder is, and the work tree that it was found by.
struct Place {
    std::string git_directory;
    std::optional<std::string> work_tree;
};

std::optional<Place> follow(const std::string& folder, const std::string& file,
                            const struct stat& status) {
    constexpr std::string_view mark = "gitdir: ";
    const auto line = read_line(file);
    if (status.st_uid != ::geteuid() || !line || !line->starts_with(mark)) return std::nullopt;
    auto directory = named_folder(folder, line->substr(mark.size()));
    if (!directory) return std::nullopt;
    return Place{.git_directory = std::move(*directory), .work_tree = folder};
}

/// Upwards from `start`, on one file system.
std::optional<Place> find_place(const std::string& start) {
    const auto began = status_of(start);
    for (std::string folder = start; began && !folder.empty();) {
        const auto here = status_of(folder);
        if (!here || here->st_dev != began->st_dev) return std::nullopt;
        const std::string inside = folder + "/.git";
        if (const auto status = status_of(inside)) {
            if (S_ISREG(status->st_mode)) return follow(folder, inside, *status);
            if (!S_ISDIR(status->st_mode)) return std::nullopt;
            return Place{.git_directory = inside, .work_tree = folder};
        }
        if (is_there(folder + "/HEAD") && is_there(folder + "/objects")) {
            // A folder within a bare repository, or within .git, is left to git.
            if (folder != start) return std::nullopt;
            return Place{.git_directory = folder, .work_tree = std::nullopt};
        }
        folder.resize(folder.rfind('/'));
    }
    return std::nullopt;
}

std::optional<std::string> common_directory(const Place& place) {
    if (!is_there(place.git_directory + "/commondir")) return place.git_directory;
    const auto line = read_line(place.git_directory + "/commondir");
    return line ? named_folder(place.git_directory, *line) : std::nullopt;
}

bool is_head(const std::string& path) {
    const auto status = status_of(path);
    const auto line = status && S_ISREG(status->st_mode) ? read_line(path) : std::nullopt;
    return line && (line->starts_with("ref: refs/") || ObjectId::parse(*line));
}

bool is_repository(const Place& place, const std::string& common) {
    return is_own_folder(place.git_directory) &&
           (!place.work_tree || is_own_folder(*place.work_tree)) && is_own_folder(common) &&
           is_head(place.git_directory + "/HEAD") && os::is_directory(common + "/objects") &&
           os::is_directory(common + "/refs") && !is_there(common + "/reftable") &&
           !is_there(common + "/info/grafts");
}

/// What its configuration says about a repository.
struct Format {
    std::string version = "0";
    std::string object_format = "sha1";
    bool has_extensions_of_1 = false;
    bool has_worktree_configuration = false;
    std::optional<bool> is_bare;
};

bool take(const ConfigurationEntry& entry, Format& format) {
    constexpr std::string_view extensions = "extensions.";
    if (!is_plain(entry)) return false;
    if (entry.key == "core.bare") format.is_bare = boolean_value(entry);
    if (entry.key == "core.repositoryformatversion") format.version = *entry.value;
    if (!entry.key.starts_with(extensions)) return true;
    const std::string_view name = std::string_view(entry.key).substr(extensions.size());
    if (name == "noop" || name == "preciousobjects" || name == "partialclone") return true;
    if (name == "worktreeconfig") {
        const auto value = boolean_value(entry);
        format.has_worktree_configuration = value.value_or(false);
        return value.has_value();
    }
    if (name != "objectformat") return false;
    format.object_format = *entry.value;
    format.has_extensions_of_1 = true;
    return format.object_format == "sha1" || format.object_format == "sha256";
}

/// Whether git reads a repository of this format, and takes it for bare where it was found so.
bool is_known(const Format& format, const Place& place, const std::string& common) {
    if (format.version != "0" && format.version != "1") return false;
    if (format.version == "0" && format.has_extensions_of_1) return false;
    // It is said for all work trees; a linked one is none the less.
    if (common != place.git_directory) return place.work_tree.has_value();
    return place.work_tree ? !format.is_bare.value_or(false) : format.is_bare.value_or(false);
}

/// Whether the file that names where history was cut off is there; nothing where it is damaged.
std::optional<bool> is_shallow(const std::string& common) {
    const auto text = os::read_file(common + "/shallow", shallow_bytes_max);
    if (!text && text.error().kind == Error::Kind::not_found) return false;
    if (!text) return std::nullopt;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (!ObjectId::parse(line)) return std::nullopt;
    }
    return true;
}

std::string below(const std::string& start, const std::optional<std::string>& work_tree) {
    return work_tree && start.size() > work_tree->size() ? start.substr(work_tree->size() + 1)
                                                         : std::string();
}

}  // namespace

std::optional<Discovery> discover(const std::string& directory) {
    const auto start = os::canonical_path(directory);
    if (!start || start->contains('\n') || *start == "/" || !is_plain_environment())
        return std::nullopt;
    const auto place = find_place(*start);
    const auto common = place ? common_directory(*place) : std::nullopt;
    if (!common || !is_repository(*place, *common)) return std::nullopt;
    if (!read_shared_configuration()) return std::nullopt;
    const auto own = read_configuration_file(*common + "/config");
    Format format;
    if (!own || own->empty()) return std::nullopt;
    for (const ConfigurationEntry& entry : *own)
        if (!take(entry, format)) return std::nullopt;
    if (!is_known(format, *place, *common)) return std::nullopt;
    // What one work tree has for itself may say anything.
    if (format.has_worktree_configuration && is_there(place->git_directory + "/config.worktree"))
        return std::nullopt;
    const auto shallow = is_shallow(*common);
    if (!shallow) return std::nullopt;
    return Discovery{.location = {.git_directory = place->git_directory,
                                  .common_directory = *common,
                                  .object_format = format.object_format,
                                  .prefix = below(*start, place->work_tree),
                                  .work_tree = place->work_tree,
                                  .is_shallow = *shallow,
                                  .is_partial = has_promisor_packs(*common)},
                     .id_bytes = format.object_format == "sha1" ? 20u : 32u};
}

std::optional<std::string> remote_url_in_files(const Discovery& repository) {
    constexpr std::string_view begin = "remote.", end = ".url";
    auto entries = read_shared_configuration();
    const auto own = read_configuration_file(repository.location.common_directory + "/config");
    if (!entries || !own || !std::ranges::all_of(*own, is_plain)) return std::nullopt;
    entries->insert(entries->end(), own->begin(), own->end());
    std::string listing;
    for (const ConfigurationEntry& entry : *entries)
        if (entry.key.size() >= begin.size() + end.size() && entry.key.starts_with(begin) &&
            entry.key.ends_with(end))
            listing += entry.key + '\n' + *entry.value + '\0';
    return choose_remote_url(listing);
}

}  // namespace lockstep::git
