#include "trace/page.h"

#include <algorithm>

namespace lockstep::trace {

const char* to_string(State state) {
    switch (state) {
        case State::proved:
            return "proved";
        case State::claimed:
            return "claimed";
        case State::differs:
            return "differs";
        case State::missing:
            return "missing";
        case State::unchecked:
            return "unchecked";
        case State::unasked:
            return "unasked";
    }
    return "";
}

const char* to_string(About about) {
    switch (about) {
        case About::image:
            return "image";
        case About::image_tag:
            return "image-tag";
        case About::record:
            return "record";
        case About::git_tag:
            return "git-tag";
        case About::commit:
            return "commit";
        case About::manifest:
            return "manifest";
        case About::changelog:
            return "changelog";
        case About::label:
            return "label";
        case About::provenance:
            return "provenance";
        case About::signature:
            return "signature";
    }
    return "";
}

int exit_status(const Page& page) {
    const auto has = [&](State state) {
        return std::ranges::any_of(page.lines,
                                   [&](const Line& line) { return line.state == state; });
    };
    const bool is_gone = std::ranges::any_of(page.lines, [](const Line& line) {
        return line.about == About::image && line.state == State::missing;
    });
    if (has(State::differs) || is_gone) return 1;
    return has(State::unchecked) ? 3 : 0;
}

}  // namespace lockstep::trace
