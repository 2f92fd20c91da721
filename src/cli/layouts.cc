#include "cli/layouts.h"

#include <algorithm>
#include <filesystem>

namespace lockstep::cli {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> not_there(const project::Registry& registry, const std::string& named) {
    return fail(Error::Kind::unavailable,
                "the layout of `" + registry.name + "`, `" + named + "`, is not there");
}

/// Where the layout is, or will be, with no symbolic link on the way.
Result<std::string> folder_of(const std::string& root, const project::Registry& registry,
                              Layouts::Use use) {
    const std::string named = root + "/" + registry.layout;
    std::error_code failed;
    const fs::path top = fs::canonical(root, failed);
    if (failed) return not_there(registry, named);
    const fs::path folder = use == Layouts::Use::write ? fs::weakly_canonical(named, failed)
                                                       : fs::canonical(named, failed);
    if (failed) return not_there(registry, named);
    if (std::mismatch(top.begin(), top.end(), folder.begin(), folder.end()).first != top.end())
        return fail(Error::Kind::denied, "the layout of `" + registry.name + "`, `" + named +
                                             "`, leads out of `" + root + "`");
    return folder.string();
}

}  // namespace

const project::Registry* Layouts::entry_for(const oci::Reference& reference) const {
    const std::string name = reference.registry() + "/" + reference.path();
    const project::Registry* found = nullptr;
    for (const project::Registry& entry : registries_) {
        const bool holds = name == entry.name || name.starts_with(entry.name + "/");
        if (!entry.layout.empty() && holds &&
            (found == nullptr || entry.name.size() > found->name.size()))
            found = &entry;
    }
    return found;
}

Result<images::Layout*> Layouts::open(const project::Registry& entry) {
    auto known = layouts_.find(entry.name);
    if (known == layouts_.end()) known = layouts_.emplace(entry.name, opened(entry)).first;
    if (!known->second) return std::unexpected<Error>(known->second.error());
    return known->second->get();
}

Result<std::unique_ptr<images::Layout>> Layouts::opened(const project::Registry& entry) const {
    if (!root_)
        return fail(Error::Kind::unavailable,
                    "the layout of `" + entry.name +
                        "` is named by a lockstep.yaml that was read out of Git",
                    "name the configuration with -c");
    const std::string folder = TRY(folder_of(*root_, entry, use_));
    if (use_ == Use::read) return images::Layout::open(folder);
    std::error_code failed;
    fs::create_directories(fs::path(folder).parent_path(), failed);
    return images::Layout::open_or_make(folder);
}

}  // namespace lockstep::cli
