#pragma once

#include <cstddef>
#include <string_view>

namespace lockstep::yaml {

/// What a text's characters allow, in kustomize's emitter.
struct ScalarShape {
    bool plain = true;          // may stand without quotes
    bool single_quoted = true;  // needs no escapes
    bool literal = true;        // may be a block
    bool has_newline = false;
    bool has_break = false;      // a newline or another of Unicode's line breaks
    bool has_next_line = false;  // U+0085, a line break to kustomize's last reader
    bool printable = true;       // false: holds a character that kustomize fails to print
};

ScalarShape shape_of(std::string_view text);

/// U+2028 and U+2029 are line breaks to the emitter too: bytes of the break at `at`, 0 for none.
std::size_t break_size(std::string_view text, std::size_t at);

/// Whether the emitter writes the character at `at` as it is, not as an escape.
bool is_printable(std::string_view text, std::size_t at);

}  // namespace lockstep::yaml
