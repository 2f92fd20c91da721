#pragma once

#include <functional>
#include <string_view>

#include "base/file_tree.h"
#include "base/result.h"
#include "evidence/records.h"
#include "git/repository.h"
#include "kustomize/render.h"

namespace lockstep::workspace {

/// The records that a repository holds of the tags that `is_wanted` takes. A ref without
/// `record.json` is a release under way and no record. One that cannot be read, or that is of
/// another tag, is there with the reason.
Result<evidence::SeenRecords> read_records(
    git::Repository& repository, const std::function<bool(std::string_view tag)>& is_wanted);

/// What the kustomization in `root` renders to.
evidence::SeenManifest render_manifest(const FileTree& tree, const std::string& root,
                                       const kustomize::Options& options);

}  // namespace lockstep::workspace
