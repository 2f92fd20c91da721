#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace lockstep::manifest {

/// A word of a line and where it begins in it.
struct Word {
    std::string_view text;
    std::size_t offset = 0;
};

/// The words of a line of prose, Markdown or shell that may be URLs, image names or arguments:
/// without quotes, brackets and the punctuation of the sentence.
std::vector<Word> words_of(std::string_view line);

}  // namespace lockstep::manifest
