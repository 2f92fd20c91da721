#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lockstep::yaml {

/// A part of a text that is read alone.
struct Piece {
    std::string_view text;
    std::size_t offset = 0;  // of the text it was cut from
    unsigned line = 0;       // lines in front of it

    bool operator==(const Piece&) const = default;
};

/// Cuts a resource file the way kustomize does: at every line that begins with `---`, has a line in
/// front of it that is no such cut itself, and ends in a newline. Behind `---` only blanks and a
/// comment may stand: `invalid`, with the place of the line.
Result<std::vector<Piece>> cut_documents(std::string_view text, const std::string& path);

}  // namespace lockstep::yaml
