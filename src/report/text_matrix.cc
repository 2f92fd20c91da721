#include "report/text_matrix.h"

#include <algorithm>
#include <ostream>
#include <set>

#include "report/images.h"
#include "report/matrix.h"
#include "report/printable.h"

namespace lockstep::report {

namespace {

using verify::Verdict;

constexpr unsigned gap = 2;
constexpr unsigned cell_width_max = 26;
constexpr unsigned tag_width_max = 30;

/// A piece of a row: what is seen, and how.
struct Shown {
    std::string text;
    Tone tone = Tone::plain;
};

struct TableColumn {
    std::vector<std::string> heading;  // lines
    std::string surface, label;
    std::vector<Shown> cells;  // one for each release
    unsigned width = 0;
};

Tone tone_of(const Cell& cell) {
    const Verdict verdict = cell.verdict();
    return verdict == Verdict::consistent || !cell.counts() ? Tone::quiet
                                                            : report::tone_of(verdict);
}

Shown shown(const Cell& cell) {
    if (cell.is_empty()) return {"", Tone::plain};
    const Verdict verdict = cell.verdict();
    const std::string text = cut(printable(text_of(cell)), cell_width_max - 2);
    return {std::string(sign_of(verdict)) + " " + text, tone_of(cell)};
}

/// A label as lines of at most `width` columns, broken behind slashes and commas.
std::vector<std::string> wrapped(std::string_view label, unsigned width) {
    std::vector<std::string> lines;
    std::string line;
    while (!label.empty()) {
        const std::size_t end = std::min(label.find_first_of("/,"), label.size() - 1) + 1;
        const std::string piece = cut(label.substr(0, end), width);
        if (!line.empty() && display_width(line) + display_width(piece) > width) {
            lines.push_back(std::move(line));
            line.clear();
        }
        line += line.empty() && piece.starts_with(' ') ? piece.substr(1) : piece;
        label.remove_prefix(end);
    }
    if (!line.empty()) lines.push_back(std::move(line));
    return lines;
}

unsigned widest(const std::vector<Shown>& cells) {
    unsigned width = 0;
    for (const Shown& cell : cells) width = std::max(width, display_width(cell.text));
    return width;
}

unsigned longest_piece(std::string_view label) {
    unsigned longest = 0;
    while (!label.empty()) {
        const std::size_t end = std::min(label.find_first_of("/,"), label.size() - 1) + 1;
        longest = std::max(longest, display_width(label.substr(0, end)));
        label.remove_prefix(end);
    }
    return std::min(longest, cell_width_max);
}

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

TableColumn table_column(const Column& column) {
    TableColumn made;
    made.surface = upper(to_string(column.surface));
    const std::string label = label_of(column);
    if (label != to_string(column.surface)) made.label = printable(label);
    for (const Cell& cell : column.cells) made.cells.push_back(shown(cell));
    made.width =
        std::max({widest(made.cells), longest_piece(made.label), display_width(made.surface)});
    return made;
}

/// What several columns say of one release: the worst of it, and in how many of them.
Shown shown(const std::vector<const Column*>& columns, std::size_t release) {
    Cell worst;
    std::size_t present = 0, as_bad = 0;
    for (const Column* column : columns) {
        const Cell& cell = column->cells[release];
        if (cell.is_empty()) continue;
        if (worst.is_empty() || is_worse(cell, worst)) {
            worst = cell;
            as_bad = 0;
        }
        as_bad += !is_worse(worst, cell);
        ++present;
    }
    if (present == 0) return {};
    return {std::string(sign_of(worst.verdict())) + " " + std::to_string(as_bad) + " of " +
                std::to_string(present),
            tone_of(worst)};
}

/// The columns there is no room for, as one.
TableColumn rest_column(const std::vector<const Column*>& columns, std::size_t releases) {
    TableColumn rest;
    rest.surface = std::to_string(columns.size()) + " MORE";
    for (std::size_t at = 0; at < releases; ++at) rest.cells.push_back(shown(columns, at));
    rest.width = std::max(widest(rest.cells), display_width(rest.surface));
    return rest;
}

unsigned total_width(const std::vector<TableColumn>& columns) {
    unsigned width = 0;
    for (const TableColumn& column : columns) width += column.width + gap;
    return width;
}

std::size_t drifted_in(const Column& column) {
    return static_cast<std::size_t>(
        std::ranges::count(column.cells, Verdict::drifted, &Cell::verdict));
}

/// Which columns to show where not all fit: those with the most to say, in their usual order.
std::vector<TableColumn> fitting(const Matrix& matrix, unsigned room) {
    std::vector<TableColumn> all;
    for (const Column& column : matrix.columns) all.push_back(table_column(column));
    if (total_width(all) <= room) return all;

    std::vector<std::size_t> order(all.size());
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    std::ranges::stable_sort(order, std::greater(),
                             [&](std::size_t at) { return drifted_in(matrix.columns[at]); });
    constexpr unsigned rest_width = 11;
    unsigned used = rest_width + gap;
    std::set<std::size_t> kept;
    for (const std::size_t at : order) {
        if (used + all[at].width + gap > room) continue;
        used += all[at].width + gap;
        kept.insert(at);
    }
    std::vector<TableColumn> chosen;
    std::vector<const Column*> others;
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (kept.contains(at))
            chosen.push_back(std::move(all[at]));
        else
            others.push_back(&matrix.columns[at]);
    }
    chosen.push_back(rest_column(others, matrix.releases.size()));
    return chosen;
}

/// Gives what room is left to the headings that take the most lines.
void spread(std::vector<TableColumn>& columns, unsigned room) {
    for (TableColumn& column : columns) column.heading = wrapped(column.label, column.width);
    for (unsigned used = total_width(columns); used < room; ++used) {
        const auto tallest = std::ranges::max_element(
            columns, {}, [](const TableColumn& column) { return column.heading.size(); });
        if (tallest == columns.end() || tallest->heading.size() < 2) return;
        ++tallest->width;
        tallest->heading = wrapped(tallest->label, tallest->width);
    }
}

std::string dated(const evidence::Release& release) {
    return date_of(release.time);
}

/// Takes back what did not save the heading a line.
void tighten(TableColumn& column) {
    column.width = std::max(widest(column.cells), display_width(column.surface));
    for (const std::string& line : column.heading)
        column.width = std::max(column.width, display_width(line));
}

/// The table: fixed columns, then those of the surfaces.
class Table {
  public:
    Table(const Matrix& matrix, const TextLayout& layout, bool is_component)
        : matrix_(matrix), layout_(layout), is_component_(is_component) {
        for (const verify::ReleaseVerdict* verdict : matrix.releases)
            tag_width_ = std::max(tag_width_, display_width(tag_of(*verdict)));
        const unsigned fixed = tag_width_ + gap + date_width + gap + verdict_width + gap;
        const unsigned room = layout.width > fixed ? layout.width - fixed + gap : 0;
        columns_ = fitting(matrix, room);
        spread(columns_, room);
        for (TableColumn& column : columns_) tighten(column);
    }

    void write(std::ostream& out) const {
        write_heading(out);
        for (std::size_t at = 0; at < matrix_.releases.size();) {
            const std::size_t silent = silent_run(matrix_, at), good = consistent_run(at);
            if (!layout_.is_verbose && silent >= fold_silent_from) {
                write_folded(at, silent, Verdict::absent, " releases declare nothing: ", out);
                at += silent;
            } else if (!layout_.is_verbose && good >= fold_silent_from) {
                write_folded(at, good, Verdict::consistent, " releases are consistent: ", out);
                at += good;
            } else {
                write_row(at++, out);
            }
        }
    }

  private:
    static constexpr unsigned date_width = 10;
    static constexpr unsigned verdict_width = 12;

    static std::string tag_of(const verify::ReleaseVerdict& verdict) {
        return cut_middle(printable(release_name(*verdict.release)), tag_width_max);
    }

    void write_heading(std::ostream& out) const {
        std::vector<Shown> first{{"RELEASE"}, {"DATE"}, {"VERDICT"}};
        std::size_t height = 0;
        for (const TableColumn& column : columns_) {
            first.push_back({column.surface});
            height = std::max(height, column.heading.size());
        }
        write_cells(std::move(first), Tone::strong, out);
        for (std::size_t at = 0; at < height; ++at) {
            std::vector<Shown> next(3);
            for (const TableColumn& column : columns_)
                next.push_back({at < column.heading.size() ? column.heading[at] : ""});
            write_cells(std::move(next), Tone::quiet, out);
        }
    }

    void write_row(std::size_t at, std::ostream& out) const {
        const verify::ReleaseVerdict& verdict = *matrix_.releases[at];
        const bool is_quiet = verdict.verdict <= Verdict::absent;
        std::vector<Shown> row{
            {tag_of(verdict), is_quiet ? Tone::plain : Tone::strong},
            {dated(*verdict.release), Tone::quiet},
            {std::string(sign_of(verdict.verdict)) + " " + to_string(verdict.verdict),
             report::tone_of(verdict.verdict)}};
        for (const TableColumn& column : columns_) row.push_back(column.cells[at]);
        write_cells(std::move(row), Tone::plain, out);
    }

    /// Pads all but the last text of a row; `tone` where a text has none of its own.
    void write_cells(std::vector<Shown> row, Tone tone, std::ostream& out) const {
        while (!row.empty() && row.back().text.empty()) row.pop_back();
        for (std::size_t at = 0; at < row.size(); ++at) {
            Shown& shown = row[at];
            out << layout_.paint(shown.tone == Tone::plain ? tone : shown.tone, shown.text);
            const unsigned used = display_width(shown.text);
            if (at + 1 < row.size())
                out << std::string(std::max(width_of(at), used) - used + gap, ' ');
        }
        out << '\n';
    }

    unsigned width_of(std::size_t at) const {
        if (at == 0) return tag_width_;
        if (at == 1) return date_width;
        return at == 2 ? verdict_width : columns_[at - 3].width;
    }

    /// Of a component only what is wrong is shown row by row: the product is what people ask for.
    std::size_t consistent_run(std::size_t at) const {
        std::size_t end = at;
        while (is_component_ && end < matrix_.releases.size() &&
               matrix_.releases[end]->verdict == Verdict::consistent)
            ++end;
        return end - at;
    }

    void write_folded(std::size_t at, std::size_t count, Verdict verdict, const char* what,
                      std::ostream& out) const {
        const std::string text = std::string(sign_of(verdict)) + " " + std::to_string(count) +
                                 what + tag_of(*matrix_.releases[at]) + " … " +
                                 tag_of(*matrix_.releases[at + count - 1]);
        out << layout_.paint(Tone::quiet, cut(text, layout_.width)) << '\n';
    }

    const Matrix& matrix_;
    const TextLayout& layout_;
    bool is_component_;
    unsigned tag_width_ = 7;
    std::vector<TableColumn> columns_;
};

/// What a sign means, where no row says it in words.
void write_legend(const Matrix& matrix, const TextLayout& layout, std::ostream& out) {
    std::set<Verdict> seen;
    for (const Column& column : matrix.columns)
        for (const Cell& cell : column.cells)
            if (!cell.is_empty()) seen.insert(cell.verdict());
    for (const verify::ReleaseVerdict* verdict : matrix.releases) seen.erase(verdict->verdict);
    // These two say what they mean.
    seen.erase(Verdict::consistent);
    seen.erase(Verdict::drifted);
    std::string text;
    for (const Verdict verdict : seen) {
        text += std::string(text.empty() ? "" : "  ") + sign_of(verdict) + " ";
        text += meaning_of(verdict);
    }
    if (!text.empty()) out << layout.paint(Tone::quiet, text) << '\n';
}

/// The images of a release in lines like those of its surfaces, each with the reason below it.
void write_images(const verify::ReleaseVerdict& release, unsigned width, const TextLayout& layout,
                  std::ostream& out) {
    for (const verify::JudgedImage& image : release.images) {
        out << "  "
            << layout.paint(report::tone_of(image.state), padded(signed_state(image.state), width))
            << "  image      " << printable(image.reference);
        if (const std::string content = content_of(image); !content.empty())
            out << "  " << layout.paint(Tone::quiet, printable(content));
        out << '\n';
        const std::string reason = reason_of(image);
        if (reason.empty()) continue;
        const unsigned indent = std::min(width + 15, layout.width / 2);
        for (const std::string& line : lines_within(printable(reason), layout.width - indent))
            out << std::string(indent, ' ') << layout.paint(Tone::quiet, line) << '\n';
    }
}

void write_single(const Matrix& matrix, bool is_asked, const TextLayout& layout,
                  std::ostream& out) {
    const verify::ReleaseVerdict& verdict = *matrix.releases.front();
    std::string date = dated(*verdict.release);
    if (!date.empty()) date = "  " + layout.paint(Tone::quiet, date);
    out << layout.paint(Tone::strong, printable(release_name(*verdict.release))) << date << "  "
        << layout.paint(report::tone_of(verdict.verdict),
                        std::string(sign_of(verdict.verdict)) + " " + to_string(verdict.verdict))
        << '\n';
    unsigned width = 0;
    for (const Column& column : matrix.columns)
        width = std::max(width, display_width(shown(column.cells.front()).text));
    if (is_asked)
        for (const verify::JudgedImage& image : verdict.images)
            width = std::max(width, display_width(signed_state(image.state)));
    for (const Column& column : matrix.columns) {
        const Shown cell = shown(column.cells.front());
        const std::string surface = to_string(column.surface);
        const std::string label = label_of(column);
        std::string line =
            "  " + layout.paint(cell.tone, padded(cell.text, width)) + "  " + surface;
        if (label != surface) line += std::string(11 - surface.size(), ' ') + printable(label);
        out << line << '\n';
    }
    if (is_asked) write_images(verdict, width, layout, out);
}

}  // namespace

void write_matrix(const Line& line, bool is_asked, const TextLayout& layout, std::ostream& out) {
    const Matrix matrix = make_matrix(line.releases);
    if (!line.component.empty())
        out << layout.paint(Tone::strong, "releases of " + printable(line.component)) << '\n';
    if (line.releases.size() == 1)
        write_single(matrix, is_asked, layout, out);
    else
        Table(matrix, layout, !line.component.empty()).write(out);
    write_legend(matrix, layout, out);
}

void write_declarations(const Line& line, const TextLayout& layout, std::ostream& out) {
    for (const verify::ReleaseVerdict* release : line.releases) {
        if (release->declarations.empty()) continue;
        out << layout.paint(Tone::strong, printable(release_name(*release->release))) << '\n';
        for (const verify::Judged& judged : release->declarations) {
            const manifest::Declaration& declaration = *judged.declaration;
            const Shown cell = shown(Cell{&judged, 0, false});
            std::string name = printable(declaration.image);
            if (!declaration.root.empty()) name += " in " + printable(declaration.root);
            out << "  " << layout.paint(cell.tone, padded(cell.text, 12)) << "  "
                << printable(to_string(declaration.at)) << "  " << layout.paint(Tone::quiet, name)
                << '\n';
        }
    }
}

}  // namespace lockstep::report
