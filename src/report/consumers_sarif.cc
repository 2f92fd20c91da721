#include <ostream>

#include "json/writer.h"
#include "report/consumers.h"
#include "report/sarif_text.h"

namespace lockstep::report {

namespace {

struct Rule {
    const char* id;
    const char* title;
    const char* help;
};
constexpr Rule rules[] = {
    {"consumer-drifted", "A release is pinned whose manifests declare another version",
     "Pin a release that is consistent: `lockstep audit` of the project lists them."},
    {"consumer-withdrawn", "A release is pinned that is gone or was moved",
     "Pin a release that the project still publishes."},
    {"consumer-override", "An image is set to another version than the one that is pinned",
     "Pin the release that has this image, or leave the image to the release."},
    {"consumer-floating", "What is pinned moves", "Pin a tag, or a commit."},
    {"consumer-unchecked", "It could not be checked", "See the reason."},
};

class Sarif {
  public:
    Sarif(const consumers::Scan& scan, const Options& options, std::ostream& out)
        : scan_(scan), options_(options), writer_(out, json::Style::pretty) {}

    void write() {
        writer_.begin_object();
        text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        text("version", "2.1.0");
        writer_.key("runs").begin_array().begin_object();
        write_tool();
        writer_.key("automationDetails").begin_object();
        text("id", "lockstep/consumers/");
        writer_.end_object();
        text("columnKind", "unicodeCodePoints");
        writer_.key("results").begin_array();
        for (const ConsumerFinding& finding : consumer_findings(scan_)) write_result(finding);
        writer_.end_array();
        writer_.end_object().end_array().end_object();
    }

  private:
    void text(std::string_view key, std::string_view value) { writer_.key(key).string(value); }
    void message(std::string_view key, std::string_view value) {
        writer_.key(key).begin_object();
        text("text", value);
        writer_.end_object();
    }

    void write_tool() {
        writer_.key("tool").begin_object().key("driver").begin_object();
        text("name", "lockstep");
        if (!options_.tool_version.empty()) text("semanticVersion", options_.tool_version);
        writer_.key("rules").begin_array();
        for (const Rule& rule : rules) {
            writer_.begin_object();
            text("id", rule.id);
            message("shortDescription", rule.title);
            message("fullDescription", rule.title);
            message("help", rule.help);
            writer_.end_object();
        }
        writer_.end_array().end_object().end_object();
    }

    void write_result(const ConsumerFinding& finding) {
        const Location& at = finding.place.at;
        writer_.begin_object();
        text("ruleId", finding.rule);
        text("level", finding.level);
        message("message", message_text(finding.message));
        writer_.key("locations").begin_array().begin_object();
        writer_.key("physicalLocation").begin_object();
        writer_.key("artifactLocation").begin_object();
        text("uri", uri_of(at.path.empty() ? "kustomization.yaml" : at.path));
        text("uriBaseId", "%SRCROOT%");
        writer_.end_object();
        if (at.line != 0) write_region(finding.place);
        writer_.end_object().end_object().end_array();
        writer_.key("partialFingerprints").begin_object();
        text("lockstep/v1", fingerprint({finding.rule, at.path, finding.message}));
        writer_.end_object().end_object();
    }

    void write_region(const manifest::Place& place) {
        writer_.key("region").begin_object();
        writer_.key("startLine").integer(place.at.line);
        if (place.at.column != 0) writer_.key("startColumn").integer(place.at.column);
        if (place.at.column != 0 && place.length != 0)
            writer_.key("endColumn").integer(place.at.column + place.length);
        if (!place.excerpt.empty()) message("snippet", place.excerpt);
        writer_.end_object();
    }

    const consumers::Scan& scan_;
    const Options& options_;
    json::Writer writer_;
};

}  // namespace

void write_consumers_sarif(const consumers::Scan& scan, const Options& options, std::ostream& out) {
    Sarif(scan, options, out).write();
    out << '\n';
}

}  // namespace lockstep::report
