#pragma once

#include <string>
#include <vector>

#include "base/file_tree.h"
#include "project/project.h"
#include "release/doctor.h"
#include "release/site.h"

/// Whether the registries take a release.
namespace lockstep::release {

/// What was seen of one repository.
struct RepositorySight {
    std::string name;  // "registry.example.com/kite/kite"
    bool is_staging = false;
    Result<void> may_write;
};

/// Every repository that a release writes into, once. `tree` has the charts; null: it could not be
/// read, and theirs are left out.
std::vector<RepositorySight> look_at_registries(Site& site, const project::Project& project,
                                                const FileTree* tree);

/// Rights, then what no registry tells: whether tags can be overwritten, and staged images removed.
std::vector<Check> judge_registries(const std::vector<RepositorySight>& repositories);

}  // namespace lockstep::release
