#include <algorithm>
#include <map>
#include <ostream>

#include "report/excerpt.h"
#include "report/folding.h"
#include "report/formats.h"
#include "report/html_text.h"
#include "report/images.h"
#include "report/matrix.h"
#include "report/printable.h"
#include "report/xml.h"

// One page that needs nothing else: no script, no font, no picture from elsewhere, and a policy in
// its head that would forbid them. All foreign text passes through `xml_escaped`.
namespace lockstep::report {

namespace {

using html::element;
using html::escaped;
using html::sentence;
using verify::Finding;
using verify::Verdict;

constexpr unsigned excerpt_room = 160;

/// Names of files and folders, which may be broken behind slashes and commas.
std::string breakable(std::string_view text) {
    std::string html;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("/,"), text.size() - 1) + 1;
        html += escaped(text.substr(0, end));
        text.remove_prefix(end);
        if (!text.empty()) html += "<wbr>";
    }
    return html;
}

class Page {
  public:
    Page(const verify::Audit& audit, const Options& options, std::ostream& out)
        : audit_(audit),
          options_(options),
          out_(out),
          lines_(lines_of(audit)),
          chains_(fold(audit)) {
        for (std::size_t at = 0; at < chains_.size(); ++at)
            for (const Mistake& mistake : chains_[at]) finding_of_.emplace(mistake.release, at);
    }

    void write() {
        write_head();
        write_header();
        for (const Line& line : lines_) write_line(line);
        write_findings();
        write_footer();
    }

  private:
    std::string project() const {
        const bool has_name = audit_.history != nullptr && !audit_.history->project.empty();
        return has_name ? audit_.history->project : "audit";
    }

    void write_head() {
        out_ << html::head(project() + ": releases and what they declare", options_.tool_version);
    }

    void write_header() {
        out_ << "<header>\n" << element("h1", "", escaped(project())) << '\n';
        if (audit_.history != nullptr && !audit_.history->repository.empty())
            out_ << element("p", "", escaped(audit_.history->repository)) << '\n';
        for (const Line& line : lines_) {
            out_ << element("p", "summary", escaped(summary_of(line, audit_))) << '\n';
            write_bar(line.releases);
        }
        if (lines_.empty()) out_ << element("p", "summary", summary_of({}, audit_)) << '\n';
        if (const std::string images = summary_of_images(audit_); !images.empty())
            out_ << element("p", "summary", escaped(images)) << '\n';
        write_notices();
        write_assumptions();
        out_ << "</header>\n<main>\n";
    }

    void write_bar(const Releases& releases) {
        out_ << "<div class=\"bar\" aria-hidden=\"true\">";
        for (const Verdict verdict : {Verdict::consistent, Verdict::drifted, Verdict::floating,
                                      Verdict::unchecked, Verdict::absent})
            if (const std::size_t count = count_of(releases, verdict); count > 0)
                out_ << "<span class=\"" << to_string(verdict) << "\" style=\"flex:" << count
                     << "\"></span>";
        out_ << "</div>\n";
    }

    void write_notices() {
        if (audit_.history == nullptr || audit_.history->notices.empty()) return;
        out_ << "<div class=\"notices\" role=\"note\">\n";
        for (const std::string& notice : audit_.history->notices)
            out_ << element("p", "", sentence(notice)) << '\n';
        out_ << "</div>\n";
    }

    void write_assumptions() {
        std::vector<std::string> items;
        for (const std::string& image : audit_.own_images)
            items.push_back("own image: " + element("code", "", escaped(image)));
        for (const std::string& assumption : audit_.assumptions)
            items.push_back("assumed: " + sentence(assumption));
        if (audit_.history != nullptr)
            for (const evidence::OtherTag& other : audit_.history->other_tags)
                items.push_back("not a release: " + element("code", "", escaped(other.tag)) + " (" +
                                escaped(other.reason) + ")");
        if (items.empty()) return;
        out_ << "<details><summary>What was taken for granted</summary>\n<ul>\n";
        for (const std::string& item : items) out_ << element("li", "", item) << '\n';
        out_ << "</ul>\n</details>\n";
    }

    void write_line(const Line& line) {
        const Matrix matrix = make_matrix(line.releases);
        const std::string title =
            line.component.empty() ? "Releases" : "Releases of " + escaped(line.component);
        out_ << "<section>\n" << element("h2", "", title) << '\n';
        if (&line == &lines_.front())
            out_ << "<label class=\"filter\"><input type=\"checkbox\" id=\"only-wrong\"> only "
                    "releases that are not consistent</label>\n";
        out_ << "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"" << title
             << "\">\n<table>\n"
             << element("caption", "", title + ", newest first, and what each declares where")
             << '\n';
        write_heading(matrix);
        out_ << "<tbody>\n";
        for (std::size_t at = 0; at < matrix.releases.size();) {
            const std::size_t silent = silent_run(matrix, at);
            if (silent >= fold_silent_from) {
                write_silent(matrix, at, silent);
                at += silent;
            } else {
                write_row(matrix, at++);
            }
        }
        out_ << "</tbody>\n</table>\n</div>\n";
        write_legend(matrix);
        out_ << "</section>\n";
    }

    void write_heading(const Matrix& matrix) {
        out_ << "<thead>\n<tr><th scope=\"col\">Release</th><th scope=\"col\">Date</th>"
                "<th scope=\"col\">Verdict</th>";
        for (const Column& column : matrix.columns) {
            const std::string label = label_of(column);
            const char* const surface = to_string(column.surface);
            out_ << "<th scope=\"col\">" << element("span", "surface", surface);
            if (label != surface) out_ << ' ' << element("span", "roots", breakable(label));
            out_ << "</th>";
        }
        out_ << "</tr>\n</thead>\n";
    }

    void write_row(const Matrix& matrix, std::size_t at) {
        const verify::ReleaseVerdict& verdict = *matrix.releases[at];
        std::string name = escaped(release_name(*verdict.release));
        if (const auto found = finding_of_.find(&verdict); found != finding_of_.end())
            name =
                "<a href=\"#finding-" + std::to_string(found->second + 1) + "\">" + name + "</a>";
        out_ << "<tr class=\"" << to_string(verdict.verdict)
             << "\"><th scope=\"row\" class=\"tag\">" << name << "</th>"
             << element("td", "date", date_of(verdict.release->time))
             << element("td", to_string(verdict.verdict),
                        signed_text(verdict.verdict, to_string(verdict.verdict)));
        for (const Column& column : matrix.columns) write_cell(column.cells[at]);
        out_ << "</tr>\n";
    }

    static std::string signed_text(Verdict verdict, const std::string& text) {
        return "<span class=\"sign\" aria-hidden=\"true\">" + std::string(sign_of(verdict)) +
               "</span>" + text;
    }

    void write_cell(const Cell& cell) {
        if (cell.is_empty()) {
            out_ << "<td></td>";
            return;
        }
        const std::string verdict = to_string(cell.verdict());
        out_ << element("td", cell.counts() ? verdict : "quiet",
                        signed_text(cell.verdict(), escaped(report::text_of(cell))) +
                            element("span", "aloud", " (" + verdict + ")"));
    }

    void write_silent(const Matrix& matrix, std::size_t at, std::size_t count) {
        out_ << "<tr class=\"absent\"><th scope=\"row\" class=\"quiet\" colspan=\""
             << matrix.columns.size() + 3 << "\">" << count << " releases declare nothing: "
             << escaped(release_name(*matrix.releases[at]->release)) << " … "
             << escaped(release_name(*matrix.releases[at + count - 1]->release)) << "</th></tr>\n";
    }

    void write_legend(const Matrix& matrix) {
        std::map<Verdict, bool> seen;
        for (const Column& column : matrix.columns)
            for (const Cell& cell : column.cells)
                if (!cell.is_empty() && !cell.counts()) seen[cell.verdict()] = true;
        if (seen.empty()) return;
        out_ << "<p class=\"legend\">";
        for (const auto& [verdict, is_seen] : seen)
            out_ << element("span", "", std::string(sign_of(verdict)) + " " + meaning_of(verdict));
        out_ << "</p>\n";
    }

    void write_findings() {
        out_ << "<section>\n<h2>Findings</h2>\n";
        if (chains_.empty()) out_ << "<p>None.</p>\n";
        for (std::size_t at = 0; at < chains_.size(); ++at) write_finding(chains_[at], at + 1);
        out_ << "</section>\n</main>\n";
    }

    void write_finding(const Chain& chain, std::size_t number) {
        const Finding& finding = chain.front().shown();
        out_ << "<article class=\"" << to_string(finding.severity()) << "\" id=\"finding-" << number
             << "\">\n<h3><span class=\"severity\">" << to_string(finding.severity())
             << "</span> <span class=\"rule\">" << escaped(finding.rule()) << "</span><br>"
             << sentence(finding.message()) << "</h3>\n";
        write_place(chain.front());
        write_excerpt(finding);
        write_facts(chain.front());
        write_older(chain);
        out_ << "</article>\n";
    }

    void write_place(const Mistake& mistake) {
        const Finding& finding = mistake.shown();
        std::string place = escaped(to_string(finding.at()));
        if (place.empty()) place = escaped(finding.root());
        place +=
            (place.empty() ? "at " : " at ") + escaped(release_name(*mistake.release->release));
        out_ << element("p", "place", place) << '\n';
    }

    void write_excerpt(const Finding& finding) {
        if (finding.excerpt().empty()) return;
        const Excerpt excerpt =
            make_excerpt(finding.excerpt(), finding.at().column, finding.length(), excerpt_room);
        const std::string number = finding.at().line == 0 ? "" : std::to_string(finding.at().line);
        out_ << "<pre><span class=\"number\">" << number << " │ </span>"
             << xml_escaped(excerpt.before);
        if (excerpt.width > 0) out_ << element("mark", "", xml_escaped(excerpt.marked));
        out_ << xml_escaped(excerpt.after);
        if (excerpt.width > 0)
            out_ << "\n<span class=\"caret-gutter\">" << std::string(number.size(), ' ')
                 << " │ </span><span class=\"caret\" aria-hidden=\"true\">" << caret_line(excerpt)
                 << "</span>";
        out_ << "</pre>\n";
    }

    void write_facts(const Mistake& mistake) {
        const Finding& finding = mistake.shown();
        std::string facts;
        const auto add = [&facts](const char* name, const std::string& value) {
            if (!value.empty()) facts += element("dt", "", name) + element("dd", "", value) + "\n";
        };
        if (!finding.expected().empty())
            add("expected", element("code", "", escaped(finding.expected())));
        if (mistake.findings.size() == 1) add("object", escaped(finding.object()));
        add("hint", sentence(finding.hint()));
        if (mistake.findings.size() > 1) {
            add("places", escaped(mistake.places()));
            add("roots", escaped(folded_names(mistake.roots(), 20)));
        }
        if (!facts.empty()) out_ << "<dl>\n" << facts << "</dl>\n";
    }

    void write_older(const Chain& chain) {
        const std::size_t count = chain.size() - 1;
        if (count == 0) return;
        out_ << "<details><summary>Also in " << count
             << (count == 1 ? " older release" : " older releases") << "</summary>\n<ul>\n";
        for (std::size_t at = 1; at < chain.size(); ++at) {
            const Mistake& mistake = chain[at];
            std::string item =
                element("code", "", escaped(release_name(*mistake.release->release)));
            if (!mistake.shown().declared().empty())
                item += " names " + element("code", "", escaped(mistake.shown().declared()));
            if (const std::string places = mistake.places(); !places.empty())
                item += " in " + element("span", "place", escaped(places));
            out_ << element("li", "", item) << '\n';
        }
        out_ << "</ul>\n</details>\n";
    }

    void write_footer() {
        out_ << "<footer>lockstep " << escaped(options_.tool_version);
        if (const std::string time = timestamp_of(options_.now); !time.empty())
            out_ << ", <time datetime=\"" << time << "\">" << date_of(options_.now) << "</time>";
        out_ << "</footer>\n</body>\n</html>\n";
    }

    const verify::Audit& audit_;
    const Options& options_;
    std::ostream& out_;
    std::vector<Line> lines_;
    std::vector<Chain> chains_;
    std::map<const verify::ReleaseVerdict*, std::size_t> finding_of_;
};

}  // namespace

void write_html(const verify::Audit& audit, const Options& options, std::ostream& out) {
    Page(audit, options, out).write();
}

}  // namespace lockstep::report
