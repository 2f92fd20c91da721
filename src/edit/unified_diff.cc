#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "edit/edit.h"

namespace lockstep::edit {

namespace {

constexpr std::size_t context = 3;

/// The lines of a text, each with its line break; the last may have none.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

/// Lines that differ: `removed` of the old text from `before` on, `added` of the new from `after`.
struct Change {
    std::size_t before, removed;
    std::size_t after, added;
};

/// The shortest way from one text to the other, by Myers' greedy algorithm. Edits of a release are
/// few, so that it costs little; `reach[d]` holds the ends of the paths of d steps.
class Comparison {
  public:
    Comparison(const std::vector<std::string_view>& before,
               const std::vector<std::string_view>& after)
        : before_(before), after_(after) {}

    std::vector<Change> changes() {
        const std::size_t steps = walk();
        if (steps > steps_max) return {{0, before_.size(), 0, after_.size()}};
        return backtrack(steps);
    }

  private:
    static constexpr std::size_t steps_max = 2'000;
    using Reach = std::vector<std::ptrdiff_t>;  // of the diagonals -d to d

    std::ptrdiff_t step(const Reach& last, std::ptrdiff_t d, std::ptrdiff_t diagonal) const {
        // Diagonals of `last` go from -(d-1) to d-1.
        const auto at = [&](std::ptrdiff_t k) { return last[static_cast<std::size_t>(k + d - 1)]; };
        if (d == 0) return 0;
        if (comes_from_above(last, d, diagonal)) return at(diagonal + 1);
        return at(diagonal - 1) + 1;
    }

    static bool comes_from_above(const Reach& last, std::ptrdiff_t d, std::ptrdiff_t diagonal) {
        const auto at = [&](std::ptrdiff_t k) { return last[static_cast<std::size_t>(k + d - 1)]; };
        if (diagonal == -d) return true;
        return diagonal != d && at(diagonal - 1) < at(diagonal + 1);
    }

    std::size_t walk() {
        const auto rows = static_cast<std::ptrdiff_t>(before_.size());
        const auto columns = static_cast<std::ptrdiff_t>(after_.size());
        for (std::ptrdiff_t d = 0; d <= static_cast<std::ptrdiff_t>(steps_max); ++d) {
            Reach reach(static_cast<std::size_t>(2 * d + 1), 0);
            static const Reach none;
            const Reach& last = d == 0 ? none : reach_.back();
            for (std::ptrdiff_t k = -d; k <= d; k += 2) {
                std::ptrdiff_t x = step(last, d, k);
                while (x < rows && x - k < columns &&
                       before_[static_cast<std::size_t>(x)] ==
                           after_[static_cast<std::size_t>(x - k)])
                    ++x;
                reach[static_cast<std::size_t>(k + d)] = x;
                if (x >= rows && x - k >= columns) return static_cast<std::size_t>(d);
            }
            reach_.push_back(std::move(reach));
        }
        return steps_max + 1;
    }

    std::vector<Change> backtrack(std::size_t steps) const {
        std::vector<Change> changes;
        auto x = static_cast<std::ptrdiff_t>(before_.size());
        auto y = static_cast<std::ptrdiff_t>(after_.size());
        for (auto d = static_cast<std::ptrdiff_t>(steps); d > 0; --d) {
            const Reach& last = reach_[static_cast<std::size_t>(d - 1)];
            const std::ptrdiff_t k = x - y;
            const bool added = comes_from_above(last, d, k);
            const std::ptrdiff_t from = k + (added ? 1 : -1);
            x = last[static_cast<std::size_t>(from + d - 1)];
            y = x - from;
            const auto row = static_cast<std::size_t>(x);
            const auto column = static_cast<std::size_t>(y);
            prepend(changes, added ? Change{row, 0, column, 1} : Change{row, 1, column, 0});
        }
        std::ranges::reverse(changes);
        return changes;
    }

    /// Joins what touches.
    static void prepend(std::vector<Change>& changes, Change change) {
        if (!changes.empty()) {
            Change& next = changes.back();
            if (change.before + change.removed == next.before &&
                change.after + change.added == next.after) {
                next = {change.before, change.removed + next.removed, change.after,
                        change.added + next.added};
                return;
            }
        }
        changes.push_back(change);
    }

    const std::vector<std::string_view>& before_;
    const std::vector<std::string_view>& after_;
    std::vector<Reach> reach_;
};

class Writer {
  public:
    explicit Writer(bool is_coloured) : is_coloured_(is_coloured) {}

    void file(const FileEdit& file) {
        const auto before = lines_of(*file.before);
        const auto after = lines_of(*file.after);
        const std::vector<Change> changes = Comparison(before, after).changes();
        if (changes.empty()) return;
        heading("--- a/" + file.path);
        heading("+++ b/" + file.path);
        for (std::size_t first = 0; first < changes.size();) {
            std::size_t last = first;
            while (last + 1 < changes.size() &&
                   changes[last + 1].before - (changes[last].before + changes[last].removed) <=
                       2 * context)
                ++last;
            hunk(before, after, changes, first, last);
            first = last + 1;
        }
    }

    std::string text() && { return std::move(out_); }

  private:
    void put(std::string_view text, std::string_view colour) {
        if (is_coloured_ && !colour.empty())
            out_.append(colour).append(text).append("\x1b[m");
        else
            out_ += text;
        out_ += '\n';
    }

    void heading(const std::string& text) { put(text, "\x1b[1m"); }

    void line(char sign, std::string_view text, std::string_view colour) {
        const bool is_ended = text.ends_with('\n');
        if (is_ended) text.remove_suffix(1);
        put(sign + std::string(text), colour);
        if (!is_ended) put("\\ No newline at end of file", {});
    }

    static std::string range(std::size_t begin, std::size_t count) {
        const std::size_t first = count == 0 ? begin : begin + 1;
        return std::to_string(first) + (count == 1 ? "" : ',' + std::to_string(count));
    }

    void hunk(const std::vector<std::string_view>& before,
              const std::vector<std::string_view>& after, const std::vector<Change>& changes,
              std::size_t first, std::size_t last) {
        const std::size_t lead = std::min(context, changes[first].before);
        const std::size_t begin = changes[first].before - lead;
        const std::size_t end =
            std::min(changes[last].before + changes[last].removed + context, before.size());
        std::size_t removed = 0;
        std::size_t added = 0;
        for (std::size_t at = first; at <= last; ++at) {
            removed += changes[at].removed;
            added += changes[at].added;
        }
        put("@@ -" + range(begin, end - begin) + " +" +
                range(changes[first].after - lead, end - begin - removed + added) + " @@",
            "\x1b[36m");
        std::size_t row = begin;
        for (std::size_t at = first; at <= last; ++at) {
            const Change& change = changes[at];
            for (; row < change.before; ++row) line(' ', before[row], {});
            for (; row < change.before + change.removed; ++row) line('-', before[row], "\x1b[31m");
            for (std::size_t add = 0; add < change.added; ++add)
                line('+', after[change.after + add], "\x1b[32m");
        }
        for (; row < end; ++row) line(' ', before[row], {});
    }

    bool is_coloured_;
    std::string out_;
};

}  // namespace

std::string unified_diff(const Edits& edits, bool is_coloured) {
    Writer writer(is_coloured);
    for (const FileEdit& file : edits.files) writer.file(file);
    return std::move(writer).text();
}

}  // namespace lockstep::edit
