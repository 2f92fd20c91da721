#include "git/location.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "git/command.h"
#include "os/directory.h"
#include "os/environment.h"
#include "os/file.h"

namespace lockstep::git {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

constexpr std::size_t lines_of_bare = 5;

}  // namespace

bool has_promisor_packs(const std::string& common_directory) {
    // Packs fetched from one carry the mark in a file of their own.
    const auto packs = os::Directory::open(common_directory + "/objects/pack");
    if (!packs) return false;
    const auto entries = (*packs)->list("");
    return entries && std::ranges::any_of(*entries, [](const FileTree::Entry& entry) {
               return entry.name.ends_with(".promisor");
           });
}

Result<os::Running> start_locating(const std::string& directory) {
    if (!os::is_directory(directory))
        return fail(Error::Kind::not_found, "`" + directory + "` is no folder");
    return os::Running::start(git_command(
        {"rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir",
         "--is-shallow-repository", "--show-object-format", "--show-prefix", "--show-toplevel"},
        directory));
}

Result<Location> read_location(const os::Captured& captured, const std::string& directory) {
    std::vector<std::string> lines = lines_of(captured.out);
    // Without a work tree the last question ends git, after the other answers.
    const bool is_bare = !captured.exit.ok() && lines.size() == lines_of_bare;
    if (!captured.exit.ok() && !is_bare)
        return std::unexpected<Error>(explain(captured, directory, Error::Kind::unavailable));
    if (lines.size() != lines_of_bare + (is_bare ? 0 : 1))
        return fail(Error::Kind::unsupported,
                    "the path of the repository at `" + directory + "` has a line break in it");
    Location location{.git_directory = lines[0],
                      .common_directory = lines[1],
                      .object_format = lines[3],
                      .prefix = lines[4],
                      .work_tree = {},
                      .is_shallow = lines[2] == "true",
                      .is_partial = has_promisor_packs(lines[1])};
    if (location.prefix.ends_with('/')) location.prefix.pop_back();
    if (!is_bare) location.work_tree = lines[5];
    return location;
}

os::Command ask_remote_url(const std::string& directory) {
    return git_command({"config", "--null", "--get-regexp", "^remote\\..*\\.url$"}, directory);
}

std::string choose_remote_url(std::string_view listing) {
    std::string only;
    std::string only_name;
    bool is_only = true;
    // A remote may have several, the first is fetched from.
    while (!listing.empty()) {
        const std::string_view entry = listing.substr(0, listing.find('\0'));
        listing.remove_prefix(std::min(entry.size() + 1, listing.size()));
        const std::string_view name = entry.substr(0, entry.find('\n'));
        const std::string_view value = entry.substr(std::min(name.size() + 1, entry.size()));
        if (name == "remote.origin.url") return std::string(value);
        if (only_name.empty()) {
            only_name = name;
            only = value;
        }
        is_only = is_only && name == only_name;
    }
    return is_only ? only : std::string();
}

Result<std::string> read_remote_url(const os::Captured& captured, const std::string& directory) {
    if (captured.exit == os::Exit{.code = 1}) return std::string();  // no remote
    if (!captured.exit.ok())
        return std::unexpected<Error>(explain(captured, directory, Error::Kind::invalid));
    return choose_remote_url(captured.out);
}

Result<std::shared_ptr<const ObjectsOnly>> ObjectsOnly::make(const Location& location) {
    const std::string parent = os::environment("TMPDIR").value_or("/tmp");
    std::string directory = TRY(os::make_temporary_directory(parent, "lockstep-"));
    std::shared_ptr<const ObjectsOnly> made(
        new ObjectsOnly(std::move(directory), location.common_directory + "/objects"));
    TRY(os::make_directories(made->directory_ + "/refs"));
    TRY(os::write_file(made->directory_ + "/HEAD", "ref: refs/heads/none\n"));
    std::string configuration = "[core]\nbare = true\nrepositoryformatversion = 1\n";
    if (location.object_format != "sha1")
        configuration += "[extensions]\nobjectformat = " + location.object_format + '\n';
    TRY(os::write_file(made->directory_ + "/config", configuration));
    return made;
}

ObjectsOnly::~ObjectsOnly() {
    // A folder that stays behind in the temporary folder does no harm.
    const Result<void> removed = os::remove_tree(directory_);
    static_cast<void>(removed);
}

os::Command ObjectsOnly::cat_file() const {
    os::Command command = git_command({"cat-file", "--batch-command", "--buffer"}, directory_);
    command.set.emplace_back("GIT_DIR", directory_);
    command.set.emplace_back("GIT_OBJECT_DIRECTORY", objects_);
    return command;
}

}  // namespace lockstep::git
