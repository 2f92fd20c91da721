#include "changes/alignment.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "changes/value.h"

namespace lockstep::changes {

namespace {

using yaml::Node;
using Pairing = Alignment::Pairing;

constexpr std::size_t none = Alignment::none;
constexpr std::string_view name_key[] = {"name"};
/// Cells of the table that finds the longest common run; above it elements are paired by their
/// place.
constexpr std::size_t cells_max = 1'000'000;

/// "containerPort=80,protocol=TCP"; nothing where an element does not have the first of the keys.
std::optional<std::string> key_of(const Node& element, std::span<const std::string_view> keys) {
    std::string text;
    for (const std::string_view key : keys) {
        const Node* const value = element.find(key);
        const bool is_there = value != nullptr && value->is_scalar();
        if (!is_there && text.empty()) return std::nullopt;
        if (!is_there) continue;
        text.append(text.empty() ? "" : ",").append(key).append("=").append(value->text);
    }
    return text;
}

/// By key, in their order; nothing where one has none, or two have the same.
using Keys = std::vector<std::string>;
std::optional<Keys> keys_of(const Node& list, std::span<const std::string_view> keys) {
    Keys found;
    std::unordered_map<std::string_view, bool> seen;
    found.reserve(list.items.size());
    for (const Node* const item : list.items) {
        auto key = key_of(*item, keys);
        if (!key) return std::nullopt;
        found.push_back(std::move(*key));
        if (!seen.emplace(found.back(), true).second) return std::nullopt;
    }
    return found;
}

Alignment by_keys(const Keys& before, const Keys& after) {
    std::unordered_map<std::string_view, std::size_t> old;
    for (std::size_t at = 0; at < before.size(); ++at) old.emplace(before[at], at);
    Alignment alignment;
    std::vector<bool> stays(before.size(), false);
    std::size_t last = 0;
    for (std::size_t to = 0; to < after.size(); ++to) {
        const auto found = old.find(after[to]);
        const std::size_t from = found == old.end() ? none : found->second;
        if (from != none) {
            stays[from] = true;
            if (from < last) alignment.is_reordered = true;
            last = from;
        }
        alignment.pairings.push_back({from, to, after[to]});
    }
    for (std::size_t from = 0; from < before.size(); ++from)
        if (!stays[from]) alignment.pairings.push_back({from, none, before[from]});
    return alignment;
}

/// Texts as numbers: equal ones have the same.
class Numbers {
  public:
    std::vector<std::size_t> of(const Node& list) {
        std::vector<std::size_t> found;
        for (const Node* const item : list.items) found.push_back(of(canonical(*item)));
        return found;
    }
    std::vector<std::size_t> of(std::span<const std::string_view> texts) {
        std::vector<std::size_t> found;
        for (const std::string_view text : texts) found.push_back(of(std::string(text)));
        return found;
    }

  private:
    std::size_t of(std::string text) {
        return numbers_.try_emplace(std::move(text), numbers_.size()).first->second;
    }
    std::unordered_map<std::string, std::size_t> numbers_;
};

struct Window {
    std::span<const std::size_t> before, after;
    std::size_t from = 0, to = 0;  // where they begin in the lists
};

/// What stands between two elements that stayed.
void add_gap(const Window& gap, std::vector<Pairing>& pairings) {
    const bool is_paired = gap.before.size() == gap.after.size();
    for (std::size_t at = 0; at < gap.before.size(); ++at)
        pairings.push_back({gap.from + at, is_paired ? gap.to + at : none, {}});
    for (std::size_t at = 0; !is_paired && at < gap.after.size(); ++at)
        pairings.push_back({none, gap.to + at, {}});
}

void add_by_place(const Window& window, std::vector<Pairing>& pairings) {
    const std::size_t size = std::max(window.before.size(), window.after.size());
    for (std::size_t at = 0; at < size; ++at)
        pairings.push_back({at < window.before.size() ? window.from + at : none,
                            at < window.after.size() ? window.to + at : none,
                            {}});
}

/// Longest common runs of each two rests, from the end.
class Table {
  public:
    Table(std::span<const std::size_t> a, std::span<const std::size_t> b)
        : width_(b.size() + 1), cells_((a.size() + 1) * width_, 0) {
        for (std::size_t i = a.size(); i-- > 0;)
            for (std::size_t j = b.size(); j-- > 0;)
                cells_[i * width_ + j] =
                    a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
    std::uint32_t at(std::size_t i, std::size_t j) const { return cells_[i * width_ + j]; }

  private:
    std::size_t width_;
    std::vector<std::uint32_t> cells_;
};

void add_by_content(const Window& window, std::vector<Pairing>& pairings) {
    const auto& [a, b, from, to] = window;
    if ((a.size() + 1) * (b.size() + 1) > cells_max) return add_by_place(window, pairings);
    const Table table(a, b);
    std::size_t i = 0, j = 0, gap_i = 0, gap_j = 0;
    const auto close_gap = [&] {
        add_gap(
            {a.subspan(gap_i, i - gap_i), b.subspan(gap_j, j - gap_j), from + gap_i, to + gap_j},
            pairings);
    };
    while (i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
            close_gap();
            pairings.push_back({from + i++, to + j++, {}});
            gap_i = i;
            gap_j = j;
        } else if (table.at(i + 1, j) >= table.at(i, j + 1)) {
            ++i;
        } else {
            ++j;
        }
    }
    i = a.size();
    j = b.size();
    close_gap();
}

Alignment by_content(std::span<const std::size_t> a, std::span<const std::size_t> b) {
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t head = 0, tail = 0;
    while (head < shorter && a[head] == b[head]) ++head;
    while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    Alignment alignment;
    for (std::size_t at = 0; at < head; ++at) alignment.pairings.push_back({at, at, {}});
    add_by_content({a.subspan(head, a.size() - head - tail),
                    b.subspan(head, b.size() - head - tail), head, head},
                   alignment.pairings);
    for (std::size_t at = tail; at > 0; --at)
        alignment.pairings.push_back({a.size() - at, b.size() - at, {}});
    return alignment;
}

}  // namespace

Alignment align(const Node& before, const Node& after, const kustomize::Schema* schema) {
    const bool has_keys = schema != nullptr && schema->merges && !schema->keys.empty();
    // What Kubernetes says is a list of its own kind is no list of names.
    if (schema == nullptr || schema->element == nullptr || has_keys) {
        const std::span<const std::string_view> keys =
            has_keys ? schema->keys : std::span<const std::string_view>(name_key);
        const auto old_keys = keys_of(before, keys);
        const auto new_keys = keys_of(after, keys);
        if (old_keys && new_keys) return by_keys(*old_keys, *new_keys);
    }
    Numbers numbers;
    const std::vector<std::size_t> a = numbers.of(before);
    const std::vector<std::size_t> b = numbers.of(after);
    return by_content(a, b);
}

Alignment align(std::span<const std::string_view> before, std::span<const std::string_view> after) {
    Numbers numbers;
    const std::vector<std::size_t> a = numbers.of(before);
    const std::vector<std::size_t> b = numbers.of(after);
    return by_content(a, b);
}

}  // namespace lockstep::changes
