#pragma once

#include <string>
#include <string_view>

#include "verify/verdict.h"

namespace lockstep::report {

enum class Tone { plain, quiet, strong, good, bad, doubtful, note, frame };

/// Colours a text for a terminal, or leaves it as it is.
class Paint {
  public:
    explicit Paint(bool is_on) : is_on_(is_on) {}
    std::string operator()(Tone tone, std::string_view text) const;

  private:
    bool is_on_;
};

Tone tone_of(verify::Verdict verdict);
Tone tone_of(verify::Severity severity);

}  // namespace lockstep::report
