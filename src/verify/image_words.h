#pragma once

#include <string>

#include "verify/verdict.h"

namespace lockstep::verify {

/// What is wrong with an image, in one sentence; `release`: as people call it.
std::string message_of(const JudgedImage& image, const ImageFault& fault,
                       const std::string& release);
/// How to mend it at a place that declares it.
std::string hint_of(const JudgedImage& image, const ImageFault& fault,
                    const manifest::Declaration& place);

}  // namespace lockstep::verify
