#pragma once

#include <string_view>

#include "base/file_tree.h"
#include "manifest/declaration.h"
#include "manifest/read_options.h"

namespace lockstep::manifest {

/// The images in what the kustomization in `directory` renders, each at the scalar that decided it,
/// and the remote bases that it and its local bases name (subject remote_ref, at their entry). One
/// that does not render is a Gap with the renderer's reason; of a remote base that was not fetched
/// it says so, and mentions nothing, since anything may stand there. What the `images:` of such a
/// kustomization say of tags is declared all the same (field "images[N].newTag").
Facts read_kustomization(const FileTree& tree, std::string_view directory,
                         const ReadOptions& options = {});

}  // namespace lockstep::manifest
