#pragma once

#include <cstdint>
#include <span>

#include "evidence/evidence.h"
#include "manifest/declaration.h"
#include "project/project.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// Judges every release of a history that is not context. Pure: the same history and project give
/// the same audit on any machine at any time. The audit borrows the history.
///
/// `surfaces`: only these; empty: all. `registry`: what an image that nobody could ask about means.
enum class Registry : std::uint8_t {
    unasked,   // on purpose: only images that are wrong all the same are kept, since a history may
               // have one for each tag
    optional,  // it is shown, and the release is judged by the rest
    required,  // its release is unchecked
};
Audit judge(const evidence::History& history, const project::Project& project,
            std::span<const manifest::Surface> surfaces = {},
            Registry registry = Registry::optional);

}  // namespace lockstep::verify
