#include "yaml/pair_list.h"

#include <algorithm>
#include <numeric>

namespace lockstep::yaml {

namespace {

/// Below it comparing each with each is faster than sorting.
constexpr std::size_t few = 16;

std::string_view key(const Pair& pair) {
    return pair.key->text;
}

const Pair* find_duplicate_of_few(const std::vector<Pair>& pairs) {
    for (std::size_t second = 1; second < pairs.size(); ++second) {
        for (std::size_t first = 0; first < second; ++first) {
            if (key(pairs[first]) == key(pairs[second])) return &pairs[second];
        }
    }
    return nullptr;
}

/// Indices by key, those of one key in the order of the text.
std::vector<std::size_t> sorted(const std::vector<Pair>& pairs) {
    std::vector<std::size_t> order(pairs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        const std::string_view x = key(pairs[a]);
        const std::string_view y = key(pairs[b]);
        if (x.size() != y.size()) return x.size() < y.size();
        const int compared = x.compare(y);
        return compared == 0 ? a < b : compared < 0;
    });
    return order;
}

}  // namespace

const Pair* find_duplicate(const std::vector<Pair>& pairs) {
    if (pairs.size() <= few) return find_duplicate_of_few(pairs);
    const std::vector<std::size_t> order = sorted(pairs);
    std::size_t found = pairs.size();
    for (std::size_t at = 1; at < order.size(); ++at) {
        if (key(pairs[order[at - 1]]) == key(pairs[order[at]])) found = std::min(found, order[at]);
    }
    return found == pairs.size() ? nullptr : &pairs[found];
}

void drop_duplicates(std::vector<Pair>& pairs, Keep keep) {
    if (find_duplicate(pairs) == nullptr) return;
    const std::vector<std::size_t> order = sorted(pairs);
    std::vector<bool> dropped(pairs.size());
    for (std::size_t at = 0; at < order.size();) {
        const std::size_t first = order[at];
        std::size_t last = first;
        for (++at; at < order.size() && key(pairs[order[at]]) == key(pairs[first]); ++at) {
            last = order[at];
            dropped[last] = true;
        }
        if (keep == Keep::last) pairs[first] = pairs[last];
    }
    std::size_t index = 0;
    std::erase_if(pairs, [&](const Pair&) { return dropped[index++]; });
}

}  // namespace lockstep::yaml
