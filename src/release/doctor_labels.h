#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_tree.h"
#include "project/project.h"
#include "release/doctor.h"
#include "release/site.h"

/// Whether images say which commit they were built from.
namespace lockstep::release {

struct LabelSight {
    std::string image;
    bool is_required = false;
    std::string published;  // the newest release's: "registry.example.com/kite:v1.0.0"; or empty
    /// Whether all its platforms have the label; nothing where there is no such image.
    Result<std::optional<bool>> has_label;
    /// Where the build names the label, or an action that sets it.
    std::optional<Location> mention;
};

/// The first place where a file that builds images (Dockerfile, Makefile, workflow, script, …)
/// names the label. Looks at 10,000 files at most.
Result<std::optional<Location>> find_label(const FileTree& tree);

std::vector<LabelSight> look_at_labels(Site& site, const project::Project& project,
                                       const FileTree& tree, const std::string& last_tag);
Check judge_label(const LabelSight& sight);

}  // namespace lockstep::release
