#include "manifest/text_words.h"

namespace lockstep::manifest {

namespace {

constexpr std::string_view ends = " \t\"'`()<>[]{}|,;*\\";
constexpr std::string_view sentence_ends = ".:!?";

/// Words glued by these are read on their own: `--version=1.2`, `[text](url)`, `image=app:v1`.
Word without_sentence_end(Word word) {
    while (!word.text.empty() && sentence_ends.find(word.text.back()) != std::string_view::npos)
        word.text.remove_suffix(1);
    return word;
}

}  // namespace

std::vector<Word> words_of(std::string_view line) {
    std::vector<Word> words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(ends, at)) != std::string_view::npos) {
        const std::size_t end = line.find_first_of(ends, at);
        const Word word = without_sentence_end({line.substr(at, end - at), at});
        if (!word.text.empty()) words.push_back(word);
        if (end == std::string_view::npos) break;
        at = end;
    }
    return words;
}

}  // namespace lockstep::manifest
