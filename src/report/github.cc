#include <algorithm>
#include <ostream>

#include "report/folding.h"
#include "report/formats.h"
#include "report/matrix.h"
#include "report/printable.h"

// Annotations of a GitHub workflow run, shown at lines of the tree that is checked out, about ten
// for each level and step. So each mistake is one annotation: at its line where the newest release
// has it, without a line where only older ones do.
namespace lockstep::report {

namespace {

using verify::Finding;

/// `text` as the data of a workflow command. Nothing in it can begin a command of its own: it has
/// no line feed.
std::string command_data(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '%')
            out += "%25";
        else
            out += c;
    }
    return out;
}

std::string command_property(std::string_view text) {
    std::string out;
    for (const char c : command_data(text)) {
        if (c == ':')
            out += "%3A";
        else if (c == ',')
            out += "%2C";
        else
            out += c;
    }
    return out;
}

const char* command_of(verify::Severity severity) {
    switch (severity) {
        case verify::Severity::note:
            return "notice";
        case verify::Severity::warning:
            return "warning";
        case verify::Severity::error:
            return "error";
    }
    return "error";
}

std::string place_of(const Finding& finding) {
    std::string place;
    if (finding.at().path.empty()) return place;
    place = "file=" + command_property(finding.at().path) + ",";
    if (finding.at().line == 0) return place;
    place += "line=" + std::to_string(finding.at().line) + ",";
    place += "endLine=" + std::to_string(finding.at().line) + ",";
    if (finding.at().column == 0) return place;
    place += "col=" + std::to_string(finding.at().column) + ",";
    if (finding.length() != 0)
        place += "endColumn=" + std::to_string(finding.at().column + finding.length()) + ",";
    return place;
}

std::string older_of(const Chain& chain) {
    std::vector<std::string> names;
    for (std::size_t at = 1; at < chain.size(); ++at)
        names.push_back(release_name(*chain[at].release->release));
    if (names.empty()) return {};
    std::string text = names.front();
    for (std::size_t at = 1; at < names.size() && at < 10; ++at) text += ", " + names[at];
    if (names.size() > 10) text += " and " + std::to_string(names.size() - 10) + " older ones";
    return text;
}

/// "%0A" is the line feed of the command's own language, which `data` never lets through.
std::string body_of(const Chain& chain) {
    const Mistake& mistake = chain.front();
    std::string body = command_data(mistake.shown().message());
    if (!mistake.shown().hint().empty()) body += "%0Ahint: " + command_data(mistake.shown().hint());
    if (mistake.findings.size() > 1) body += "%0Aat " + command_data(mistake.places());
    if (const std::string names = older_of(chain); !names.empty())
        body += "%0Aalso in " + command_data(names);
    return body;
}

void annotate(const char* command, const std::string& place, std::string_view rule,
              const std::string& body, std::ostream& out) {
    out << "::" << command << ' ' << place << "title=" << command_property(rule) << "::" << body
        << '\n';
}

bool is_current(const Mistake& mistake, const Releases& current) {
    return std::ranges::find(current, mistake.release) != current.end();
}

}  // namespace

void write_github(const verify::Audit& audit, const Options&, std::ostream& out) {
    const Releases current = current_releases(audit);
    for (const Chain& chain : fold(audit)) {
        const Finding& finding = chain.front().shown();
        const std::string body = body_of(chain);
        if (is_current(chain.front(), current))
            annotate(command_of(finding.severity()), place_of(finding), finding.rule(), body, out);
        else
            annotate("notice", "", finding.rule(),
                     "in the published release " + command_data(finding.release()) + ": " + body,
                     out);
    }
}

}  // namespace lockstep::report
