#pragma once

#include <string>
#include <string_view>

#include "kustomize/render.h"
#include "support/memory_tree.h"

namespace lockstep::testing {

/// What `kustomize build` would print for a tree, or "error: " and the error's words.
inline std::string built(const MemoryTree& tree, std::string_view directory = "",
                         const kustomize::Options& options = {}) {
    const Result<kustomize::Rendering> rendering = kustomize::render(tree, directory, options);
    if (!rendering.has_value()) return "error: " + to_string(rendering.error());
    const Result<std::string> text = kustomize::print(*rendering);
    return text.has_value() ? *text : "error: " + to_string(text.error());
}

}  // namespace lockstep::testing
