#include "workspace/configuration.h"

#include <utility>

#include "os/file.h"

namespace lockstep::workspace {

namespace {
constexpr std::size_t configuration_limit = 1u
                                            << 20;  // a larger one is no file that a person wrote
}

Result<project::Project> read_configuration(const std::string& path) {
    Result<std::string> read = os::read_file(path, configuration_limit);
    if (!read)
        return fail(Error::Kind::usage, "the configuration cannot be read: " + read.error().message,
                    "name a file with -c, or leave it out to use the repository's own");
    std::string text = std::move(*read);
    return project::parse(path, std::make_shared<const std::string>(std::move(text)));
}

Result<project::Project> find_configuration(const FileTree& tree) {
    for (const std::string_view name : project::file_names) {
        const FileTree::Entry entry = TRY(tree.stat(name));
        if (entry.kind != FileTree::Kind::file && entry.kind != FileTree::Kind::symlink) continue;
        // A link that leads nowhere is no "no configuration": the verdicts would be others.
        const Resolved found = TRY(resolve(tree, name), "the configuration");
        return project::parse(std::string(name), TRY(tree.read(found.path), "the configuration"));
    }
    return project::Project{};
}

}  // namespace lockstep::workspace
