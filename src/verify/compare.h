#pragma once

#include "evidence/evidence.h"
#include "manifest/declaration.h"
#include "verify/expectation.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// What is declared against what is expected (of kind `version` or `own_release`). A version is
/// compared as a version, never as a text that merely contains another.
struct Comparison {
    Verdict verdict = Verdict::unchecked;
    Fault fault = Fault::none;
};
Comparison compare(const manifest::Declaration& declaration, const Expectation& expectation,
                   const evidence::Release& release, const Background& background);

}  // namespace lockstep::verify
