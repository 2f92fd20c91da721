#pragma once

#include <string>

#include "base/file_tree.h"
#include "cli/options.h"
#include "cli/other_renderer.h"

namespace lockstep::cli {

/// What lockstep made of a directory: a rendering and its text, or why there is none.
struct OwnRender {
    kustomize::Rendering rendering;
    std::string text;
};

/// Where it lies.
struct RenderedPlace {
    const FileTree& tree;
    std::string directory;
    std::string root;  // of the tree, on disk; empty where it is not there
};

enum class RenderCheck { same, different, refused };

/// Renders the same with another program and says on standard error how that compares; of equal
/// ones nothing where `options.quiet`. What is not on disk is written to a temporary directory
/// first.
///
/// `refused` where lockstep renders nothing, whatever the other does: the error is the caller's to
/// pass up.
Result<RenderCheck> check_render(const OtherRenderer& other, const RenderedPlace& place,
                                 const Result<OwnRender>& own, const Options& options);

}  // namespace lockstep::cli
