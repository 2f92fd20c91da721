#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "report/paint.h"
#include "verify/verdict.h"

/// The images of an audit, for people.
namespace lockstep::report {

/// How many distinct references are in each state; of one that is in several, the worst counts.
/// Empty where no registry was asked.
std::map<verify::ImageState, std::size_t> count_images(const verify::Audit& audit);

/// "12 images: 9 proved, 2 not proved, 1 missing"; empty where no registry was asked.
std::string summary_of_images(const verify::Audit& audit);

/// "✓ proved", "✗ missing", "? unchecked".
std::string signed_state(verify::ImageState state);
Tone tone_of(verify::ImageState state);

/// "sha256:1a2b3c4d5e6f  linux/amd64, linux/arm64/v8"; empty where nothing was seen.
std::string content_of(const verify::JudgedImage& image);

/// What is known of it besides its state: why, and who said so where that is not its registry.
std::string reason_of(const verify::JudgedImage& image);

}  // namespace lockstep::report
