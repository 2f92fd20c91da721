#include "report/paint.h"

namespace lockstep::report {

namespace {

/// The sixteen colours every terminal has; the user's theme decides how they look.
const char* code_of(Tone tone) {
    switch (tone) {
        case Tone::plain:
            return "";
        case Tone::quiet:
            return "\x1b[2m";
        case Tone::strong:
            return "\x1b[1m";
        case Tone::good:
            return "\x1b[32m";
        case Tone::bad:
            return "\x1b[1;31m";
        case Tone::doubtful:
            return "\x1b[33m";
        case Tone::note:
            return "\x1b[36m";
        case Tone::frame:
            return "\x1b[34m";
    }
    return "";
}

}  // namespace

std::string Paint::operator()(Tone tone, std::string_view text) const {
    if (!is_on_ || tone == Tone::plain || text.empty()) return std::string(text);
    return std::string(code_of(tone)).append(text).append("\x1b[0m");
}

Tone tone_of(verify::Verdict verdict) {
    switch (verdict) {
        case verify::Verdict::consistent:
            return Tone::good;
        case verify::Verdict::absent:
        case verify::Verdict::independent:
            return Tone::quiet;
        case verify::Verdict::floating:
        case verify::Verdict::unchecked:
            return Tone::doubtful;
        case verify::Verdict::drifted:
            return Tone::bad;
    }
    return Tone::plain;
}

Tone tone_of(verify::Severity severity) {
    switch (severity) {
        case verify::Severity::note:
            return Tone::note;
        case verify::Severity::warning:
            return Tone::doubtful;
        case verify::Severity::error:
            return Tone::bad;
    }
    return Tone::plain;
}

}  // namespace lockstep::report
