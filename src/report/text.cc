#include <algorithm>
#include <ostream>

#include "report/folding.h"
#include "report/formats.h"
#include "report/images.h"
#include "report/matrix.h"
#include "report/printable.h"
#include "report/text_findings.h"
#include "report/text_matrix.h"

// Newest first, in the matrix and in the findings: what can still be mended is the newest release
// and the next one, `head` and a pager begin with them, and `git log` and every releases page have
// the same order. The end of the output, which a terminal shows, is the summary.
namespace lockstep::report {

namespace {

constexpr unsigned width_min = 60;

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all.append(all.empty() ? "" : ", ").append(text);
    return all;
}

void write_aside(const char* about, const std::string& text, const TextLayout& layout,
                 std::ostream& out) {
    if (text.empty()) return;
    const std::string whole = std::string(about) + ": " + printable(text);
    std::string indent;
    for (const std::string& line : lines_within(whole, layout.width - 2)) {
        out << indent << layout.paint(Tone::quiet, line) << '\n';
        indent = "  ";
    }
}

std::string other_tags(const evidence::History& history, bool is_verbose) {
    std::vector<std::string> names;
    const std::size_t most = is_verbose ? history.other_tags.size() : 3;
    for (const evidence::OtherTag& other : history.other_tags)
        if (names.size() < most) names.push_back(other.tag + " (" + other.reason + ")");
    if (history.other_tags.size() > most)
        names.push_back(std::to_string(history.other_tags.size() - most) + " more");
    return joined(names);
}

/// What the reader must know to read the rest: whose releases, and what was taken for granted.
void write_preamble(const verify::Audit& audit, const TextLayout& layout, std::ostream& out) {
    if (audit.history != nullptr) {
        const evidence::History& history = *audit.history;
        out << layout.paint(Tone::strong, printable(history.project));
        if (!history.repository.empty())
            out << "  " << layout.paint(Tone::quiet, printable(history.repository));
        out << '\n';
    }
    write_aside("own images", joined(audit.own_images), layout, out);
    for (const std::string& assumption : audit.assumptions)
        write_aside("assumed", assumption, layout, out);
    if (audit.history == nullptr) return;
    write_aside("not releases", other_tags(*audit.history, layout.is_verbose), layout, out);
    for (const std::string& notice : audit.history->notices)
        write_aside("notice", notice, layout, out);
}

void write_summary(const verify::Audit& audit, const Paint& paint, std::ostream& out) {
    const std::vector<Line> lines = lines_of(audit);
    for (const Line& line : lines) {
        Tone tone = Tone::good;
        for (const verify::ReleaseVerdict* release : line.releases)
            if (release->verdict >= verify::Verdict::floating) tone = Tone::strong;
        out << paint(tone, printable(summary_of(line, audit))) << '\n';
    }
    if (lines.empty()) out << summary_of({}, audit) << '\n';
    if (const std::string images = summary_of_images(audit); !images.empty())
        out << paint(tone_of(count_images(audit).rbegin()->first), images) << '\n';
}

}  // namespace

void write_text(const verify::Audit& audit, const Options& options, std::ostream& out) {
    const TextLayout layout{Paint(options.color), std::max(options.width, width_min),
                            options.verbose};
    const std::vector<Line> lines = lines_of(audit);
    if (!options.quiet) {
        write_preamble(audit, layout, out);
        for (const Line& line : lines) {
            out << '\n';
            write_matrix(line, audit.asked_registries, layout, out);
            if (!options.verbose) continue;
            out << '\n';
            write_declarations(line, layout, out);
        }
    }
    bool is_first = options.quiet;
    for (const Chain& chain : options.verbose ? unfolded(audit) : fold(audit)) {
        if (!is_first) out << '\n';
        is_first = false;
        write_finding(chain, layout, out);
    }
    if (options.quiet) return;
    out << '\n';
    write_summary(audit, layout.paint, out);
}

}  // namespace lockstep::report
