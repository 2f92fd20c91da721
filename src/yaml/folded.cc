#include "yaml/folded.h"

#include <algorithm>

#include "yaml/scalar_shape.h"

namespace lockstep::yaml {

namespace {
bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

bool needs_escapes(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool continuation = (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
        if (!continuation && text[at] != '\t' && !is_printable(text, at)) return true;
    }
    return false;
}

}  // namespace

std::string folded_again(std::string_view text) {
    // Such a text is written in double quotes instead.
    if (text.ends_with(' ') || text.find(" \n") != text.npos || needs_escapes(text)) {
        return std::string(text);
    }
    std::string out;
    bool after_line = false;    // a line that is not empty came before
    bool after_normal = false;  // and the last of those does not begin with a blank
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t breaks = std::min(text.find('\n', at), text.size());
        if (breaks > at) {
            after_line = true;
            after_normal = !is_blank(text[at]);
        }
        out.append(text, at, breaks - at);
        at = std::min(text.find_first_not_of('\n', breaks), text.size());
        const std::size_t count = at - breaks;
        const bool more_indented = at < text.size() && is_blank(text[at]);
        const bool kept = at == text.size() && count >= 2;
        const bool grows = count > 0 && after_line && after_normal && (more_indented || kept);
        out.append(count + (grows ? 1 : 0), '\n');
    }
    return out;
}

}  // namespace lockstep::yaml
