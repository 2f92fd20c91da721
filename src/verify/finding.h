#pragma once

#include <optional>

#include "evidence/evidence.h"
#include "manifest/declaration.h"
#include "verify/expectation.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// The finding for a judged declaration, in words; nothing where there is nothing to mend.
std::optional<Finding> explain(const Judged& judged, const evidence::Release& release,
                               const Background& background);

/// The finding for something that could not be read.
Finding explain(const manifest::Gap& gap, const evidence::Release& release,
                const Background& background);

/// How a release is called in a message: its tag, its commit, "the work tree".
std::string called(const evidence::Release& release);

}  // namespace lockstep::verify
