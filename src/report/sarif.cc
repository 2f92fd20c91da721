#include <algorithm>
#include <map>
#include <ostream>

#include "json/writer.h"
#include "report/formats.h"
#include "report/printable.h"
#include "report/releases.h"
#include "report/sarif_text.h"
#include "verify/finding.h"
#include "verify/rules.h"

// SARIF 2.1.0 for code scanning, which shows every result at a line of the tree that is checked
// out. The findings of the newest release are about that tree. A published release cannot be
// mended, so those of older ones are notes, placed where the same declaration stands today; where
// they really stand is in their properties.
namespace lockstep::report {

namespace {

using verify::Finding;

/// The same place in another release: what stays equal when lines move.
using Identity = std::tuple<manifest::Surface, std::string, std::string, std::string, std::string,
                            std::string, manifest::Subject>;
Identity identity_of(const manifest::Declaration& declaration) {
    return {declaration.surface,     declaration.root,        declaration.at.path,
            declaration.object.kind, declaration.object.name, declaration.field,
            declaration.subject};
}

constexpr std::size_t results_max = 25'000;  // what GitHub takes in one run

/// Where something stands in the tree that is checked out; line 0: in the file somewhere.
struct Spot {
    std::string path;
    unsigned line = 0, column = 0, length = 0;
    std::string excerpt;
};

class Sarif {
  public:
    Sarif(const verify::Audit& audit, const Options& options, std::ostream& out)
        : audit_(audit), options_(options), writer_(out, json::Style::pretty) {}

    void write() {
        writer_.begin_object();
        text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        text("version", "2.1.0");
        writer_.key("runs").begin_array().begin_object();
        write_tool();
        writer_.key("automationDetails").begin_object();
        text("id", "lockstep/audit/");
        writer_.end_object();
        write_bases();
        text("columnKind", "unicodeCodePoints");
        writer_.key("results").begin_array();
        write_results();
        writer_.end_array();
        write_invocation();
        writer_.end_object().end_array().end_object();
    }

  private:
    void text(std::string_view key, std::string_view value) { writer_.key(key).string(value); }
    void text_if_any(std::string_view key, std::string_view value) {
        if (!value.empty()) text(key, value);
    }
    void number(std::string_view key, unsigned value) { writer_.key(key).integer(value); }
    void message(std::string_view key, std::string_view value) {
        writer_.key(key).begin_object();
        text("text", value);
        writer_.end_object();
    }

    void write_tool() {
        writer_.key("tool").begin_object().key("driver").begin_object();
        text("name", "lockstep");
        text_if_any("semanticVersion", options_.tool_version);
        writer_.key("rules").begin_array();
        for (const verify::Rule& rule : verify::rules()) write_rule(rule);
        writer_.end_array().end_object().end_object();
    }

    void write_rule(const verify::Rule& rule) {
        writer_.begin_object();
        text("id", rule.id);
        text("name", camel_case(rule.id));
        message("shortDescription", rule.title);
        message("fullDescription", rule.cost);
        message("help", rule.fix);
        writer_.key("defaultConfiguration").begin_object();
        text("level", to_string(rule.severity));
        writer_.end_object();
        writer_.key("properties").begin_object();
        writer_.key("tags").begin_array().string("release").end_array();
        text("precision", "very-high");
        text("problem.severity",
             rule.severity == verify::Severity::note ? "recommendation" : to_string(rule.severity));
        writer_.end_object().end_object();
    }

    static std::string camel_case(std::string_view id) {
        std::string name;
        bool is_start = true;
        for (const char c : id) {
            if (c != '-')
                name += is_start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            is_start = c == '-';
        }
        return name;
    }

    void write_bases() {
        writer_.key("originalUriBaseIds").begin_object().key("%SRCROOT%").begin_object();
        message("description", "The top of the repository's tree");
        writer_.end_object().end_object();
    }

    void write_results() {
        for (const Line& line : lines_of(audit_)) {
            remember(*line.releases.front());
            for (const verify::ReleaseVerdict* release : line.releases)
                write_release(*release, release == line.releases.front());
        }
    }

    /// Where the declarations of the newest release stand.
    void remember(const verify::ReleaseVerdict& current) {
        today_.clear();
        for (const verify::Judged& judged : current.declarations) {
            today_.emplace(identity_of(*judged.declaration), judged.declaration);
        }
    }

    void write_release(const verify::ReleaseVerdict& release, bool is_current) {
        for (const Finding& finding : verify::findings(release)) {
            if (is_current)
                write_result(finding, place_of(finding), {});
            else
                write_result(finding, place_today(finding), release_name(*release.release));
        }
    }

    static Spot place_of(const Finding& finding) {
        std::string path = finding.at().path.empty() ? finding.root() : finding.at().path;
        // A result needs a file; what concerns the whole project is said in its configuration.
        if (path.empty()) path = "lockstep.yaml";
        return {std::move(path), finding.at().line, finding.at().column, finding.length(),
                finding.excerpt()};
    }

    Spot place_today(const Finding& finding) const {
        if (const manifest::Declaration* const declaration = finding.declaration()) {
            const auto found = today_.find(identity_of(*declaration));
            if (found != today_.end()) {
                const manifest::Declaration& now = *found->second;
                return {now.at.path, now.at.line, now.at.column, now.length, now.excerpt};
            }
        }
        Spot spot = place_of(finding);
        return {std::move(spot.path), 0, 0, 0, {}};
    }

    /// `published`: the older release that it is about; empty for what concerns the tree of today.
    void write_result(const Finding& finding, const Spot& spot, const std::string& published) {
        if (++results_ > results_max) return;
        writer_.begin_object();
        text("ruleId", finding.rule());
        const auto rules = verify::rules();
        const auto rule = std::ranges::find(rules, finding.rule(), &verify::Rule::id);
        if (rule != rules.end())
            writer_.key("ruleIndex").integer(static_cast<std::int64_t>(rule - rules.begin()));
        text("level", published.empty() ? to_string(finding.severity()) : "note");
        message("message",
                message_text(published.empty() ? finding.message()
                                               : "In the published release " + published + ": " +
                                                     finding.message()));
        write_location(spot);
        writer_.key("partialFingerprints").begin_object();
        text("lockstep/v1", fingerprint_of(finding, published));
        writer_.end_object();
        write_properties(finding);
        writer_.end_object();
    }

    /// Where one object declares several images, the image tells its findings apart.
    static std::string fingerprint_of(const Finding& finding, const std::string& published) {
        if (finding.image() == nullptr)
            return fingerprint({finding.rule(), published, to_string(finding.surface()),
                                finding.root(), finding.at().path, finding.object()});
        return fingerprint({finding.rule(), published, to_string(finding.surface()), finding.root(),
                            finding.at().path, finding.object(), finding.declaration()->image});
    }

    void write_location(const Spot& spot) {
        writer_.key("locations").begin_array().begin_object();
        writer_.key("physicalLocation").begin_object();
        writer_.key("artifactLocation").begin_object();
        text("uri", uri_of(spot.path));
        text("uriBaseId", "%SRCROOT%");
        writer_.end_object();
        if (spot.line != 0) write_region(spot);
        writer_.end_object().end_object().end_array();
    }

    void write_region(const Spot& spot) {
        writer_.key("region").begin_object();
        number("startLine", spot.line);
        if (spot.column != 0) number("startColumn", spot.column);
        if (spot.column != 0 && spot.length != 0) number("endColumn", spot.column + spot.length);
        if (!spot.excerpt.empty()) message("snippet", spot.excerpt);
        writer_.end_object();
    }

    void write_properties(const Finding& finding) {
        writer_.key("properties").begin_object();
        text_if_any("release", finding.release());
        text("severity", to_string(finding.severity()));
        text("surface", to_string(finding.surface()));
        text_if_any("root", finding.root());
        text_if_any("place", printable(to_string(finding.at())));
        text_if_any("object", finding.object());
        text_if_any("declared", finding.declared());
        text_if_any("expected", finding.expected());
        text("class", to_string(finding.fault()));
        text_if_any("image", printable(finding.image_reference()));
        text_if_any("hint", finding.hint());
        writer_.end_object();
    }

    /// What the reader of the results must know, so that nothing that limits them is lost.
    void write_invocation() {
        writer_.key("invocations").begin_array().begin_object();
        writer_.key("executionSuccessful").boolean(true);
        writer_.key("exitCode").integer(verify::exit_status(audit_));
        writer_.key("toolExecutionNotifications").begin_array();
        for (const std::string& assumption : audit_.assumptions)
            notify("note", "Assumed: " + assumption);
        if (audit_.history != nullptr)
            for (const std::string& notice : audit_.history->notices) notify("warning", notice);
        if (results_ > results_max)
            notify("warning", std::to_string(results_ - results_max) +
                                  " results of the oldest releases are left out: a run may have " +
                                  std::to_string(results_max));
        writer_.end_array().end_object().end_array();
    }

    void notify(std::string_view level, std::string_view what) {
        writer_.begin_object();
        text("level", level);
        message("message", message_text(what));
        writer_.end_object();
    }

    const verify::Audit& audit_;
    const Options& options_;
    json::Writer writer_;
    std::map<Identity, const manifest::Declaration*> today_;
    std::size_t results_ = 0;
};

}  // namespace

void write_sarif(const verify::Audit& audit, const Options& options, std::ostream& out) {
    Sarif(audit, options, out).write();
    out << '\n';
}

}  // namespace lockstep::report
