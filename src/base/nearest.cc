#include "base/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace lockstep {

namespace {

/// Letters to insert, remove or change to get from one word to the other (Levenshtein).
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t changed = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

std::size_t shared_beginning(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

constexpr std::size_t length_limit = 64;  // longer words are no slips of the finger

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    std::string_view best;
    if (word.size() > length_limit) return best;
    std::size_t least = word.size() / 3 + 2;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > length_limit) continue;
        const std::size_t differing = distance(word, candidate);
        const bool is_nearer =
            differing < least || (!best.empty() && differing == least &&
                                  shared_beginning(word, candidate) > shared_beginning(word, best));
        if (!is_nearer) continue;
        least = differing;
        best = candidate;
    }
    return best;
}

}  // namespace lockstep
