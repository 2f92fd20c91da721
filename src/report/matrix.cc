#include "report/matrix.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"

namespace lockstep::report {

namespace {

using manifest::Surface;
using verify::Fault;
using verify::Verdict;

using Root = std::pair<Surface, std::string>;

std::string written(const manifest::Declaration& declaration) {
    if (!declaration.declared.empty()) return declaration.declared;
    if (declaration.digest.empty()) return "no tag";
    const std::size_t colon = declaration.digest.find(':');  // npos + 1 is 0
    return "@" + declaration.digest.substr(colon + 1, 7);
}

/// Whether the verdict of the release depends on it.
bool counts(const verify::Judged& judged) {
    if (judged.fault == Fault::placeholder || judged.fault == Fault::intended) return false;
    if (judged.verdict == Verdict::independent) return false;
    return judged.verdict != Verdict::floating || judged.declaration->surface != Surface::text;
}

/// Which of a root's declarations stands for it: the worst of those that count.
int rank(Verdict verdict, bool counts) {
    constexpr Verdict order[] = {Verdict::absent, Verdict::consistent, Verdict::floating,
                                 Verdict::unchecked, Verdict::drifted};
    if (!counts) return 0;
    return static_cast<int>(std::ranges::find(order, verdict) - std::begin(order));
}
int rank(const verify::Judged& judged) {
    return rank(judged.verdict, counts(judged));
}

/// Everything that one root declares in one release, as one cell.
class CellMaker {
  public:
    void add(const verify::Judged& judged) {
        CHECK(judged.declaration != nullptr);
        if (cell_.judged == nullptr || rank(judged) > rank(*cell_.judged)) {
            cell_.judged = &judged;
            texts_.clear();
        }
        if (rank(judged) == rank(*cell_.judged)) texts_.insert(written(*judged.declaration));
    }
    void add_unread() { cell_.is_unread = true; }

    Cell made() const {
        Cell cell = cell_;
        if (!texts_.empty()) cell.others = static_cast<std::uint32_t>(texts_.size() - 1);
        return cell;
    }

  private:
    Cell cell_;
    std::set<std::string> texts_;
};

std::map<Root, CellMaker> cells_of(const verify::ReleaseVerdict& release) {
    std::map<Root, CellMaker> cells;
    for (const verify::Judged& judged : release.declarations)
        cells[{judged.declaration->surface, judged.declaration->root}].add(judged);
    for (const verify::Unread& unread : release.unread)
        cells[{unread.gap->surface, unread.gap->root}].add_unread();
    return cells;
}

std::vector<Column> columns_of(const Releases& releases) {
    std::map<Root, std::vector<Cell>> columns;
    for (std::size_t at = 0; at < releases.size(); ++at) {
        for (const auto& [root, maker] : cells_of(*releases[at])) {
            std::vector<Cell>& cells = columns[root];
            cells.resize(releases.size());
            cells[at] = maker.made();
        }
    }
    std::vector<Column> list;
    for (auto& [root, cells] : columns)
        list.push_back({root.first, {root.second}, std::move(cells)});
    return list;
}

/// Whether both say the same wherever both are, and are together often enough for that to mean
/// something.
bool may_join(const Column& a, const Column& b) {
    if (a.surface != b.surface) return false;
    std::size_t in_a = 0, in_b = 0, in_both = 0;
    for (std::size_t at = 0; at < a.cells.size(); ++at) {
        const bool is_in_a = !a.cells[at].is_empty(), is_in_b = !b.cells[at].is_empty();
        if (is_in_a && is_in_b && !same(a.cells[at], b.cells[at])) return false;
        in_a += is_in_a;
        in_b += is_in_b;
        in_both += is_in_a && is_in_b;
    }
    return in_both * 2 >= std::min(in_a, in_b);
}

void join(Column& into, const Column& from) {
    into.roots.insert(into.roots.end(), from.roots.begin(), from.roots.end());
    for (std::size_t at = 0; at < into.cells.size(); ++at)
        if (into.cells[at].is_empty()) into.cells[at] = from.cells[at];
}

std::size_t common_prefix(const std::vector<std::string>& sorted) {
    const auto end = std::ranges::mismatch(sorted.front(), sorted.back()).in1;
    return static_cast<std::size_t>(end - sorted.front().begin());
}

/// Of the texts behind their common prefix: how long an end, from a slash on, they share.
std::size_t common_suffix(const std::vector<std::string>& names, std::size_t prefix) {
    std::string_view shared = std::string_view(names.front()).substr(prefix);
    for (const std::string& name : names) {
        const std::string_view rest = std::string_view(name).substr(prefix);
        std::size_t length = 0;
        while (length < std::min(shared.size(), rest.size()) &&
               shared[shared.size() - length - 1] == rest[rest.size() - length - 1])
            ++length;
        shared = shared.substr(shared.size() - length);
    }
    const std::size_t slash = shared.find('/');
    return slash == std::string_view::npos ? 0 : shared.size() - slash;
}

std::string listed(const std::vector<std::string>& names, std::string_view separator,
                   std::size_t most) {
    std::string text;
    for (std::size_t at = 0; at < names.size() && at < most; ++at)
        text.append(at == 0 ? "" : separator).append(names[at]);
    if (names.size() > most)
        text.append(separator).append(std::to_string(names.size() - most) + " more");
    return text;
}

}  // namespace

Verdict Cell::verdict() const {
    if (is_unread && (judged == nullptr || judged->verdict != Verdict::drifted))
        return Verdict::unchecked;
    return judged == nullptr ? Verdict::absent : judged->verdict;
}

bool Cell::counts() const {
    return is_unread || (judged != nullptr && report::counts(*judged));
}

bool is_worse(const Cell& a, const Cell& b) {
    return rank(a.verdict(), a.counts()) > rank(b.verdict(), b.counts());
}

bool same(const Cell& a, const Cell& b) {
    return a.verdict() == b.verdict() && a.counts() == b.counts() && a.others == b.others &&
           text_of(a) == text_of(b);
}

std::string text_of(const Cell& cell) {
    if (cell.is_empty()) return {};
    if (cell.judged == nullptr || cell.judged->verdict != cell.verdict()) return "not rendered";
    std::string text = written(*cell.judged->declaration);
    if (cell.judged->fault == Fault::other_registry) text += " elsewhere";
    if (cell.others > 0) text += " +" + std::to_string(cell.others);
    return text;
}

Matrix make_matrix(const Releases& releases) {
    Matrix matrix{releases, {}};
    for (Column& column : columns_of(releases)) {
        const auto group = std::ranges::find_if(
            matrix.columns, [&](const Column& other) { return may_join(other, column); });
        if (group == matrix.columns.end())
            matrix.columns.push_back(std::move(column));
        else
            join(*group, column);
    }
    return matrix;
}

std::size_t silent_run(const Matrix& matrix, std::size_t at) {
    const auto is_silent = [&matrix](std::size_t row) {
        return matrix.releases[row]->verdict == Verdict::absent &&
               std::ranges::all_of(matrix.columns, [row](const Column& column) {
                   return column.cells[row].is_empty();
               });
    };
    std::size_t end = at;
    while (end < matrix.releases.size() && is_silent(end)) ++end;
    return end - at;
}

const char* meaning_of(Verdict verdict) {
    if (verdict == Verdict::independent) return "independent: has versions of its own";
    if (verdict == Verdict::floating) return "floating: by intention, or a placeholder";
    return to_string(verdict);
}

std::string label_of(const Column& column) {
    const bool is_rooted = column.surface == Surface::kustomize || column.surface == Surface::helm;
    std::vector<std::string> names = column.roots;
    for (std::string& name : names)
        if (name.empty()) name = is_rooted ? "." : "";
    if (names.size() == 1 && names.front().empty()) return to_string(column.surface);
    return folded_names(std::move(names), 6);
}

std::string folded_names(std::vector<std::string> names, std::size_t most) {
    if (names.empty()) return {};
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    if (names.size() == 1) return names.front();
    const std::string common = names.front().substr(0, common_prefix(names));
    const std::size_t prefix = common.rfind('/') + 1;  // npos + 1 is 0
    const std::size_t suffix = common_suffix(names, prefix);
    if (prefix == 0 && suffix == 0) return listed(names, ", ", most);
    const std::string before = names.front().substr(0, prefix);
    const std::string after = names.front().substr(names.front().size() - suffix);
    for (std::string& name : names) name = name.substr(prefix, name.size() - prefix - suffix);
    return before + "{" + listed(names, ",", most) + "}" + after;
}

const char* sign_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::consistent:
            return "✓";
        case Verdict::absent:
            return "-";
        case Verdict::independent:
            return "◦";
        case Verdict::floating:
            return "~";
        case Verdict::unchecked:
            return "?";
        case Verdict::drifted:
            return "✗";
    }
    return "?";
}

}  // namespace lockstep::report
