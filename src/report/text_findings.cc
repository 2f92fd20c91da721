#include "report/text_findings.h"

#include <algorithm>
#include <ostream>

#include "report/excerpt.h"
#include "report/matrix.h"
#include "report/printable.h"

namespace lockstep::report {

namespace {

using verify::Finding;

constexpr std::size_t older_shown = 8;

std::string name_of(const Mistake& mistake) {
    return printable(release_name(*mistake.release->release));
}

/// Writes the lines below a finding's first, all behind one gutter.
class Body {
  public:
    Body(const TextLayout& layout, unsigned line, std::ostream& out)
        : layout_(layout), number_(line == 0 ? " " : std::to_string(line)), out_(out) {}

    void place(const Mistake& mistake) {
        const Finding& finding = mistake.shown();
        std::string text = printable(to_string(finding.at()));
        if (text.empty()) text = printable(finding.root());
        text += (text.empty() ? "(at " : " (at ") + name_of(mistake) + ")";
        out_ << gutter() << frame("--> ") << text << '\n';
    }

    void excerpt(const Finding& finding) {
        if (finding.excerpt().empty()) return;
        const unsigned margin = static_cast<unsigned>(number_.size()) + 4;
        const Excerpt shown = make_excerpt(finding.excerpt(), finding.at().column, finding.length(),
                                           std::max(layout_.width, margin + 20) - margin);
        out_ << gutter() << frame(" |") << '\n';
        out_ << frame(number_ + " |") << ' ' << shown.before
             << layout_.paint(tone_of(finding.severity()), shown.marked) << shown.after << '\n';
        const std::string caret = caret_line(shown);
        if (caret.empty()) return;
        out_ << gutter() << frame(" |") << ' ' << std::string(shown.indent, ' ')
             << layout_.paint(tone_of(finding.severity()), std::string(shown.width, '^')) << '\n';
    }

    void fact(const char* name, std::string_view text) {
        if (text.empty()) return;
        out_ << gutter() << frame(" = ") << layout_.paint(Tone::strong, name) << ": "
             << printable(text) << '\n';
    }

    void row(const std::string& text) {
        const unsigned indent = static_cast<unsigned>(number_.size()) + 5;
        out_ << std::string(indent, ' ')
             << layout_.paint(Tone::quiet, cut(text, std::max(layout_.width, indent + 20) - indent))
             << '\n';
    }

  private:
    std::string gutter() const { return std::string(number_.size(), ' '); }
    std::string frame(std::string_view text) const { return layout_.paint(Tone::frame, text); }

    const TextLayout& layout_;
    std::string number_;
    std::ostream& out_;
};

/// The other places of the mistake in the release that is shown, or the roots that share its place.
void write_others(const Mistake& mistake, Body& body) {
    Mistake others{mistake.release, {}};
    for (const Finding& finding : mistake.findings)
        if (finding.at() != mistake.shown().at()) others.findings.push_back(finding);
    if (!others.findings.empty())
        body.fact("also at", others.places());
    else if (mistake.roots().size() > 1)
        body.fact("decides for", folded_names(mistake.roots(), 8));
}

void write_older(const Chain& chain, Body& body) {
    const std::size_t count = chain.size() - 1;
    if (count == 0) return;
    body.fact("also in",
              std::to_string(count) + (count == 1 ? " older release" : " older releases"));
    const auto last = chain.begin() + static_cast<std::ptrdiff_t>(std::min(count, older_shown) + 1);
    unsigned names = 0, versions = 0;
    for (auto mistake = chain.begin() + 1; mistake != last; ++mistake) {
        names = std::max(names, display_width(name_of(*mistake)));
        versions = std::max(versions, display_width(printable(mistake->shown().declared())));
    }
    // Places are said again only where they change.
    std::string places = chain.front().places();
    for (auto mistake = chain.begin() + 1; mistake != last; ++mistake) {
        std::string row = padded(name_of(*mistake), names) + "  " +
                          padded(printable(mistake->shown().declared()), versions);
        if (std::string now = mistake->places(); now != places) {
            row += "  " + printable(now);
            places = std::move(now);
        }
        body.row(row.substr(0, row.find_last_not_of(' ') + 1));
    }
    if (last != chain.end())
        body.row("… and " + std::to_string(chain.end() - last) + " more down to " +
                 name_of(chain.back()) + "; -v shows each");
}

}  // namespace

void write_finding(const Chain& chain, const TextLayout& layout, std::ostream& out) {
    const Mistake& mistake = chain.front();
    const Finding& finding = mistake.shown();
    const std::string head =
        std::string(to_string(finding.severity())) + "[" + std::string(finding.rule()) + "]";
    out << layout.paint(tone_of(finding.severity()), head)
        << layout.paint(Tone::strong, ": " + printable(finding.message())) << '\n';
    Body body(layout, finding.excerpt().empty() ? 0 : finding.at().line, out);
    body.place(mistake);
    body.excerpt(finding);
    body.fact("expected", finding.expected());
    if (mistake.findings.size() == 1) body.fact("object", finding.object());
    body.fact("hint", finding.hint());
    write_others(mistake, body);
    write_older(chain, body);
}

}  // namespace lockstep::report
