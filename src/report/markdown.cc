#include <algorithm>
#include <ostream>
#include <sstream>

#include "report/excerpt.h"
#include "report/folding.h"
#include "report/formats.h"
#include "report/images.h"
#include "report/markdown_text.h"
#include "report/matrix.h"
#include "report/printable.h"
#include "report/xml.h"

// GitHub-flavoured Markdown for a step summary, which may have 1 MiB: what does not fit is counted,
// never cut within a sentence.
namespace lockstep::report {

namespace {

using markdown::cell_code;
using markdown::code;
using markdown::longest_run;
using markdown::plain;
using markdown::sentence;
using verify::Finding;
using verify::Verdict;

constexpr std::size_t bytes_max = 1'000'000;
constexpr std::size_t bytes_of_matrices = 600'000;
constexpr unsigned excerpt_room = 120;

const char* mark_of(const Cell& cell) {
    if (!cell.counts()) return "";
    return cell.verdict() == Verdict::consistent ? "" : "**";
}

std::string marked_text(const Cell& cell) {
    if (cell.is_empty()) return {};
    const std::string shown = report::text_of(cell);
    std::string_view written;
    if (cell.judged != nullptr && shown.starts_with(cell.judged->declaration->declared))
        written = cell.judged->declaration->declared;
    return std::string(mark_of(cell)) + sign_of(cell.verdict()) + " " + cell_code(written) +
           plain(std::string_view(shown).substr(written.size())) + mark_of(cell);
}

std::string heading_row(const Matrix& matrix) {
    std::string names = "| Release | Date | Verdict |", rule = "| --- | --- | --- |";
    for (const Column& column : matrix.columns) {
        const std::string label = label_of(column);
        const char* const surface = to_string(column.surface);
        names +=
            std::string(" ") + surface + (label == surface ? "" : "<br>" + cell_code(label)) + " |";
        rule += " --- |";
    }
    return names + "\n" + rule + "\n";
}

std::string row(const Matrix& matrix, std::size_t at) {
    const verify::ReleaseVerdict& verdict = *matrix.releases[at];
    std::string text = "| " + cell_code(release_name(*verdict.release)) + " | " +
                       date_of(verdict.release->time) + " | " + sign_of(verdict.verdict) + " " +
                       to_string(verdict.verdict) + " |";
    for (const Column& column : matrix.columns) text += " " + marked_text(column.cells[at]) + " |";
    return text + "\n";
}

std::string silent_row(const Matrix& matrix, std::size_t at, std::size_t count) {
    std::string text = "| " + cell_code(release_name(*matrix.releases[at]->release)) + " … " +
                       cell_code(release_name(*matrix.releases[at + count - 1]->release)) +
                       " |  | - " + std::to_string(count) + " declare nothing |";
    for (std::size_t column = 0; column < matrix.columns.size(); ++column) text += "  |";
    return text + "\n";
}

std::string table(const Line& line) {
    const Matrix matrix = make_matrix(line.releases);
    std::string text = heading_row(matrix);
    for (std::size_t at = 0; at < matrix.releases.size();) {
        if (text.size() > bytes_of_matrices)
            return text + "\n" + std::to_string(matrix.releases.size() - at) +
                   " older releases are left out here.\n";
        const std::size_t silent = silent_run(matrix, at);
        if (silent >= fold_silent_from) {
            text += silent_row(matrix, at, silent);
            at += silent;
        } else {
            text += row(matrix, at++);
        }
    }
    return text;
}

std::string excerpt_of(const Finding& finding) {
    if (finding.excerpt().empty()) return {};
    const Excerpt excerpt =
        make_excerpt(finding.excerpt(), finding.at().column, finding.length(), excerpt_room);
    const std::string number = finding.at().line == 0 ? "" : std::to_string(finding.at().line);
    const std::string shown = excerpt.before + excerpt.marked + excerpt.after;
    const std::string fence(std::max<std::size_t>(3, longest_run(shown, '`') + 1), '`');
    std::string text = fence + "text\n" + number + " | " + shown + "\n";
    if (excerpt.width > 0)
        text += std::string(number.size(), ' ') + " | " + caret_line(excerpt) + "\n";
    return text + fence + "\n\n";
}

std::string older_of(const Chain& chain) {
    if (chain.size() == 1) return {};
    constexpr std::size_t most = 50;
    std::string text = "- also in ";
    for (std::size_t at = 1; at < chain.size() && at <= most; ++at)
        text += (at == 1 ? "" : ", ") + code(release_name(*chain[at].release->release));
    if (chain.size() - 1 > most)
        text += " and " + std::to_string(chain.size() - 1 - most) + " older releases";
    return text + "\n";
}

std::string finding_of(const Chain& chain) {
    const Mistake& mistake = chain.front();
    const Finding& finding = mistake.shown();
    // The line of a <summary> is HTML, in which Markdown's escapes mean nothing.
    std::string text = "<details><summary>" + std::string(to_string(finding.severity())) + " <b>" +
                       xml_escaped(printable(finding.rule())) + "</b> in <code>" +
                       xml_escaped(printable(release_name(*mistake.release->release))) + "</code>";
    text += "</summary>\n\n" + sentence(finding.message()) + "\n\n";
    if (const std::string place = to_string(finding.at()); !place.empty())
        text += code(place) + "\n\n";
    text += excerpt_of(finding);
    if (!finding.expected().empty()) text += "- expected: " + code(finding.expected()) + "\n";
    if (!finding.hint().empty()) text += "- hint: " + sentence(finding.hint()) + "\n";
    if (mistake.findings.size() > 1) text += "- places: " + code(mistake.places()) + "\n";
    return text + older_of(chain) + "\n</details>\n\n";
}

std::string list(const char* about, const std::vector<std::string>& texts) {
    std::string text;
    for (const std::string& item : texts) text += std::string("- ") + about + sentence(item) + "\n";
    return text;
}

std::string granted(const verify::Audit& audit) {
    std::string text;
    for (const std::string& image : audit.own_images) text += "- own image: " + code(image) + "\n";
    text += list("assumed: ", audit.assumptions);
    if (audit.history != nullptr)
        for (const evidence::OtherTag& other : audit.history->other_tags)
            text += "- not a release: " + code(other.tag) + " (" + plain(other.reason) + ")\n";
    if (text.empty()) return {};
    return "<details><summary>What was taken for granted</summary>\n\n" + text + "\n</details>\n\n";
}

}  // namespace

void write_markdown(const verify::Audit& audit, const Options&, std::ostream& out) {
    const evidence::History nothing;
    const evidence::History& history = audit.history == nullptr ? nothing : *audit.history;
    const std::vector<Line> lines = lines_of(audit);
    std::string text = "## lockstep: " + plain(history.project) + "\n\n";
    for (const Line& line : lines) {
        text += "**" + plain(summary_of(line, audit)) + "**\n\n";
    }
    if (lines.empty()) text += "**" + summary_of({}, audit) + "**\n\n";
    if (const std::string images = summary_of_images(audit); !images.empty())
        text += "**" + plain(images) + "**\n\n";
    for (const std::string& notice : history.notices) text += "> " + sentence(notice) + "\n\n";
    for (const Line& line : lines) {
        if (!line.component.empty()) text += "### " + plain(line.component) + "\n\n";
        if (text.size() < bytes_of_matrices) text += table(line) + "\n";
    }
    const std::vector<Chain> chains = fold(audit);
    if (!chains.empty()) text += "### Findings\n\n";
    const std::string last = granted(audit);
    std::size_t shown = 0;
    for (; shown < chains.size(); ++shown) {
        const std::string finding = finding_of(chains[shown]);
        if (text.size() + finding.size() + last.size() > bytes_max) break;
        text += finding;
    }
    if (shown < chains.size())
        text += std::to_string(chains.size() - shown) + " older findings are left out here.\n\n";
    if (text.size() + last.size() <= bytes_max) text += last;
    out << text;
}

}  // namespace lockstep::report
