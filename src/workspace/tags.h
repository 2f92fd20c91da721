#pragma once

#include <string>
#include <vector>

#include "evidence/evidence.h"
#include "git/repository.h"
#include "project/project.h"

namespace lockstep::workspace {

/// The tags of a repository, told apart: releases of the product, releases of charts and
/// components, and the rest with the reason.
struct SortedTags {
    /// Without their trees; by component, the product's first; then by version.
    std::vector<evidence::Release> releases;
    std::vector<const git::Tag*> tags;  // of each of the releases
    std::vector<evidence::TagFamily> families;
    std::vector<evidence::OtherTag> others;
    std::vector<std::string> notices;
};

/// By the patterns of the configuration, else by discovery. Borrows `tags`.
SortedTags sort_tags(const std::vector<git::Tag>& tags, const project::Project& project,
                     const std::string& project_name);

}  // namespace lockstep::workspace
