#pragma once

#include <cstdint>

#include "base/result.h"
#include "version/version.h"

namespace lockstep::version {

enum class Step : std::uint8_t { major, minor, patch, rc };
enum class Stage : std::uint8_t { release, candidate };

/// The version one step behind `current`, by the habits of semantic versioning:
///
///     current      major   minor   patch   rc           minor as candidate
///     1.2.3        2.0.0   1.3.0   1.2.4   1.2.4-rc.1   1.3.0-rc.1
///     1.2.4-rc.1   2.0.0   1.3.0   1.2.4   1.2.4-rc.2   1.3.0-rc.1
///     1.3.0-rc.1   2.0.0   1.3.0   1.3.0   1.3.0-rc.2   1.3.0-rc.2
///     2.0.0-rc.1   2.0.0   2.0.0   2.0.0   2.0.0-rc.2   2.0.0-rc.2
///
/// A pre-release is on its way to its final version, so a step that this one makes is not made
/// twice. `rc` counts a release candidate up; of a final version it is the first one of the next
/// patch, of another pre-release (beta.2) the first candidate of the same version. A candidate
/// keeps how it is written ("1.2.0rc1" → "1.2.0rc2"). As many numbers stay as there are, and at
/// least those that the step needs ("1.2": minor → "1.3", patch → "1.2.1"). Build metadata goes.
///
/// The result is always above `current`. `unsupported` where there is none: the number is the
/// largest, numbers are written with leading zeros (a date), or its pre-release is above "rc".
Result<Version> next(const Version& current, Step step, Stage stage = Stage::release);

}  // namespace lockstep::version
