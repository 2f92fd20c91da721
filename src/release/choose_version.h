#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "project/project.h"
#include "release/plan.h"
#include "version/version.h"

namespace lockstep::release {

/// What is released: its tag and version, and of which component.
struct Chosen {
    std::string tag;
    version::Version version;
    std::string component;  // empty: the product
};

/// The version that `request` asks for, on the commit `source`. A step ("minor") counts from the
/// newest release that `source` leads back to. `usage`: it names no version, or no commit since
/// then asks for one.
Result<Chosen> choose_version(Site& site, workspace::Workspace& workspace, const Request& request,
                              const git::ObjectId& source);

/// The tag by which `project` would name `version`; `tags` are those that there are.
std::string tag_for(const version::Version& version, const project::Project& project,
                    const std::vector<git::Tag>& tags);

}  // namespace lockstep::release
