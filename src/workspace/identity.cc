#include "workspace/identity.h"

#include "base/file_tree.h"
#include "manifest/remote_url.h"
#include "os/file.h"

namespace lockstep::workspace {

namespace {

std::string without_suffix(std::string name, std::string_view suffix) {
    if (name.size() > suffix.size() && name.ends_with(suffix))
        name.resize(name.size() - suffix.size());
    return name;
}

}  // namespace

Identity identify_folder(const std::string& directory) {
    const Result<std::string> whole = os::canonical_path(directory);
    std::string path = whole ? *whole : directory;
    // A repository's own folder is called like its work tree's parent.
    path = without_suffix(std::move(path), "/.git");
    return {without_suffix(std::string(file_name(path)), ".git"), "the folder", {}};
}

Result<Identity> identify(git::Repository& repository) {
    const std::string url = TRY(repository.remote_url());
    const auto remote = manifest::parse_remote_url(url);
    if (remote && !remote->repository.empty())
        return Identity{std::string(file_name(remote->repository)), "the remote's URL",
                        remote->repository};
    if (!url.empty()) {
        std::string name = without_suffix(std::string(file_name(without_suffix(url, "/"))), ".git");
        if (!name.empty()) return Identity{std::move(name), "the remote's URL", {}};
    }
    return identify_folder(repository.work_tree().value_or(repository.git_directory()));
}

}  // namespace lockstep::workspace
