#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "kustomize/render.h"

namespace lockstep::cli {

/// Where two renders part.
struct RenderDifference {
    std::size_t line = 0;  // of both, from 1
    /// "Deployment kite/kite", of the render that has it; empty behind the last one.
    std::string object;
    /// The line in each; nothing where the render has ended.
    std::optional<std::string> ours, theirs;
};

/// The first difference between what `rendering` prints and what another program printed; nothing
/// where the bytes are the same.
std::optional<RenderDifference> first_difference(const kustomize::Rendering& rendering,
                                                 std::string_view ours, std::string_view theirs);

}  // namespace lockstep::cli
