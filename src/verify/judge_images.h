#pragma once

#include "evidence/evidence.h"
#include "verify/expectation.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// Holds the images that a release declares against what was seen of them, into `verdict.images`.
/// What it finds out settles declarations that were waiting for a registry (pinned by digest
/// alone). `release`: with the version that it is judged by.
void judge_images(const evidence::Release& release, ReleaseVerdict& verdict,
                  const Background& background);

}  // namespace lockstep::verify
