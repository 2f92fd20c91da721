#include "ci/ref_filter.h"

#include <bitset>
#include <vector>

namespace lockstep::ci {

namespace {

using Letters = std::bitset<256>;

unsigned char letter(char c) {
    return static_cast<unsigned char>(c);
}

/// Some letters, once or more or less often.
struct Piece {
    Letters letters;
    bool may_be_absent = false, may_repeat = false;
};

Letters one_letter(char c) {
    Letters letters;
    letters.set(letter(c));
    return letters;
}

/// "a-z0-9" of "[a-z0-9]".
Letters letters_of(std::string_view text) {
    Letters letters;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_range = at + 2 < text.size() && text[at + 1] == '-';
        const unsigned last = letter(is_range ? text[at + 2] : text[at]);
        for (unsigned each = letter(text[at]); each <= last; ++each) letters.set(each);
        if (is_range) at += 2;
    }
    return letters;
}

Piece run(bool has_slashes) {
    Piece piece{.letters = Letters().set(), .may_be_absent = true, .may_repeat = true};
    if (!has_slashes) piece.letters.reset(letter('/'));
    return piece;
}

std::vector<Piece> pieces_of(std::string_view pattern) {
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        const std::size_t close = c == '[' ? pattern.find(']', at + 1) : std::string_view::npos;
        if (c == '*') {
            const bool is_double = pattern.substr(at).starts_with("**");
            pieces.push_back(run(is_double));
            if (is_double) ++at;
        } else if (c == '?' && !pieces.empty()) {
            pieces.back().may_be_absent = true;
        } else if (c == '+' && !pieces.empty()) {
            pieces.back().may_repeat = true;
        } else if (close != std::string_view::npos) {
            pieces.push_back({.letters = letters_of(pattern.substr(at + 1, close - at - 1))});
            at = close;
        } else {
            const bool is_escaped = c == '\\' && at + 1 < pattern.size();
            pieces.push_back({.letters = one_letter(is_escaped ? pattern[++at] : c)});
        }
    }
    return pieces;
}

/// What can be reached without a letter is reached.
void step_over(const std::vector<Piece>& pieces, std::vector<bool>& reached) {
    for (std::size_t at = 0; at < pieces.size(); ++at)
        if (reached[at] && pieces[at].may_be_absent) reached[at + 1] = true;
}

}  // namespace

bool matches_ref_filter(std::string_view pattern, std::string_view name) {
    const std::vector<Piece> pieces = pieces_of(pattern);
    std::vector<bool> reached(pieces.size() + 1);
    reached[0] = true;
    // A piece that was taken and may be taken again.
    std::vector<bool> within(pieces.size() + 1);
    step_over(pieces, reached);
    for (const char c : name) {
        std::vector<bool> next(pieces.size() + 1), next_within(pieces.size() + 1);
        for (std::size_t at = 0; at < pieces.size(); ++at) {
            if (!(reached[at] || within[at]) || !pieces[at].letters.test(letter(c))) continue;
            next[at + 1] = true;
            if (pieces[at].may_repeat) next_within[at] = true;
        }
        step_over(pieces, next);
        reached = std::move(next);
        within = std::move(next_within);
    }
    return reached[pieces.size()];
}

}  // namespace lockstep::ci
