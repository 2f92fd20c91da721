#pragma once

#include <string>
#include <vector>

#include "release_lab/lab.h"

/// How a release must have ended, by what remote and registry hold (final_state.py): each thing
/// that is not so is a failure of the test.
namespace lockstep::release_lab {

/// Published: the tag is annotated and leads to M, which the branch contains and which changes
/// nothing but versions since its source; all images stand under the tag as the record says, whole,
/// built from M (digest mode: from its source); the manifests at the tag name it; the record is
/// right, the state `recorded`, the candidate gone.
void expect_released(const Lab& lab, const std::string& tag);
/// Given up before any image tag was put: no ref, no image tag, nothing left in staging (where the
/// registry lets it be deleted), the branch as it was.
void expect_traceless(const Lab& lab, const std::string& tag);
/// Given up after that: no Git tag, no candidate, the state `burned`, the branch as it was.
void expect_burned(const Lab& lab, const std::string& tag);

enum class End : std::uint8_t { released, traceless, burned };
/// The same as a list. Throws where it cannot look.
std::vector<std::string> problems_of(const Lab& lab, End end, const std::string& tag);

}  // namespace lockstep::release_lab
