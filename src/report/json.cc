#include <map>
#include <ostream>

#include "json/writer.h"
#include "report/formats.h"
#include "report/images.h"
#include "report/releases.h"
#include "verify/finding.h"

// Order: releases oldest first, as in the history; members always in the order of the schema
// (schemas/audit.schema.json). What is unknown is null, never left out.
namespace lockstep::report {

namespace {

using verify::Verdict;

constexpr std::string_view schema_version = "1.0";

void text_or_null(json::Writer& writer, std::string_view key, std::string_view text) {
    writer.key(key);
    if (text.empty())
        writer.null();
    else
        writer.string(text);
}

void position_or_null(json::Writer& writer, std::string_view key, unsigned position) {
    writer.key(key);
    if (position == 0)
        writer.null();
    else
        writer.integer(position);
}

void write_texts(json::Writer& writer, std::string_view key,
                 const std::vector<std::string>& texts) {
    writer.key(key).begin_array();
    for (const std::string& text : texts) writer.string(text);
    writer.end_array();
}

void write_place(json::Writer& writer, const Location& at, unsigned length) {
    writer.key("path").string(at.path);
    position_or_null(writer, "line", at.line);
    position_or_null(writer, "column", at.column);
    position_or_null(writer, "length", length);
}

void write_object(json::Writer& writer, const manifest::ObjectName& object) {
    writer.key("object");
    if (object == manifest::ObjectName{}) {
        writer.null();
        return;
    }
    writer.begin_object();
    writer.key("kind").string(object.kind);
    text_or_null(writer, "namespace", object.name_space);
    writer.key("name").string(object.name);
    writer.end_object();
}

void write_declaration(json::Writer& writer, const verify::Judged& judged) {
    const manifest::Declaration& declaration = *judged.declaration;
    writer.begin_object();
    writer.key("surface").string(to_string(declaration.surface));
    writer.key("root").string(declaration.root);
    write_place(writer, declaration.at, declaration.length);
    write_object(writer, declaration.object);
    text_or_null(writer, "field", declaration.field);
    writer.key("subject").string(to_string(declaration.subject));
    writer.key("image").string(declaration.image);
    text_or_null(writer, "declared", declaration.declared);
    text_or_null(writer, "digest", declaration.digest);
    writer.key("byDefault").boolean(declaration.by_default);
    text_or_null(writer, "expected", judged.expected);
    writer.key("verdict").string(to_string(judged.verdict));
    writer.key("class").string(to_string(judged.fault));
    writer.end_object();
}

void write_image(json::Writer& writer, const verify::JudgedImage& image) {
    const evidence::SeenImage* const seen = image.seen;
    writer.begin_object();
    writer.key("reference").string(image.reference);
    writer.key("state").string(to_string(image.state));
    text_or_null(writer, "reason", image.reason);
    text_or_null(writer, "source", seen == nullptr ? "" : seen->source);
    text_or_null(writer, "digest", seen == nullptr ? "" : seen->digest);
    writer.key("platforms").begin_array();
    if (seen != nullptr)
        for (const evidence::SeenPlatform& platform : seen->platforms) {
            writer.begin_object();
            writer.key("name").string(platform.name);
            writer.key("digest").string(platform.digest);
            writer.end_object();
        }
    writer.end_array();
    writer.end_object();
}

void write_record(json::Writer& writer, const verify::JudgedRecord& judged) {
    writer.begin_object();
    writer.key("state").string(to_string(judged.state));
    writer.key("unchecked").begin_array();
    for (const verify::UnaskedRecord& unasked : judged.unchecked) {
        writer.begin_object();
        writer.key("reference").string(unasked.reference);
        writer.key("reason").string(unasked.reason);
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
}

void write_release(json::Writer& writer, const verify::ReleaseVerdict& verdict) {
    const evidence::Release& release = *verdict.release;
    writer.begin_object();
    text_or_null(writer, "tag", release.tag);
    text_or_null(writer, "component", release.component);
    text_or_null(writer, "commit", release.commit);
    text_or_null(writer, "version", release.version ? release.version->str() : "");
    text_or_null(writer, "date", timestamp_of(release.time));
    writer.key("verdict").string(to_string(verdict.verdict));
    writer.key("declarations").begin_array();
    for (const verify::Judged& judged : verdict.declarations) write_declaration(writer, judged);
    writer.end_array();
    writer.key("images").begin_array();
    for (const verify::JudgedImage& image : verdict.images) write_image(writer, image);
    writer.end_array();
    writer.key("record");
    if (verdict.record)
        write_record(writer, *verdict.record);
    else
        writer.null();
    writer.end_object();
}

void write_finding(json::Writer& writer, const verify::Finding& finding) {
    writer.begin_object();
    writer.key("rule").string(finding.rule());
    writer.key("severity").string(to_string(finding.severity()));
    text_or_null(writer, "release", finding.release());
    writer.key("surface").string(to_string(finding.surface()));
    writer.key("root").string(finding.root());
    write_place(writer, finding.at(), finding.length());
    text_or_null(writer, "excerpt", finding.excerpt());
    text_or_null(writer, "object", finding.object());
    writer.key("message").string(finding.message());
    text_or_null(writer, "hint", finding.hint());
    text_or_null(writer, "declared", finding.declared());
    text_or_null(writer, "expected", finding.expected());
    writer.key("class").string(to_string(finding.fault()));
    text_or_null(writer, "image", finding.image_reference());
    writer.end_object();
}

void write_findings(json::Writer& writer, const verify::Audit& audit) {
    writer.key("findings").begin_array();
    for (const verify::ReleaseVerdict* release : judged_releases(audit))
        for (const verify::Finding& finding : verify::findings(*release))
            write_finding(writer, finding);
    writer.end_array();
}

void write_other_tags(json::Writer& writer, const evidence::History& history) {
    writer.key("otherTags").begin_array();
    for (const evidence::OtherTag& other : history.other_tags) {
        writer.begin_object();
        writer.key("tag").string(other.tag);
        text_or_null(writer, "commit", other.commit);
        writer.key("reason").string(other.reason);
        writer.end_object();
    }
    writer.end_array();
}

/// How many findings there are of each severity.
std::map<verify::Severity, std::size_t> findings_by_severity(const Releases& releases) {
    std::map<verify::Severity, std::size_t> counts;
    for (const verify::ReleaseVerdict* release : releases)
        for (const verify::Finding& finding : verify::findings(*release))
            ++counts[finding.severity()];
    return counts;
}

void write_summary(json::Writer& writer, const verify::Audit& audit) {
    const auto number = [&](std::string_view key, std::size_t count) {
        writer.key(key).integer(static_cast<std::int64_t>(count));
    };
    const Releases releases = judged_releases(audit);
    writer.key("summary").begin_object();
    number("releases", releases.size());
    for (const Verdict verdict : {Verdict::consistent, Verdict::drifted, Verdict::floating,
                                  Verdict::unchecked, Verdict::absent})
        number(to_string(verdict), count_of(releases, verdict));
    auto findings = findings_by_severity(releases);
    number("errors", findings[verify::Severity::error]);
    number("warnings", findings[verify::Severity::warning]);
    number("notes", findings[verify::Severity::note]);
    writer.key("images").begin_object();
    auto images = count_images(audit);
    using enum verify::ImageState;
    for (const verify::ImageState state : {proved, not_proved, unchecked, missing, wrong})
        number(to_string(state), images[state]);
    writer.end_object();
    number("exitStatus", static_cast<std::size_t>(verify::exit_status(audit)));
    writer.end_object();
}

}  // namespace

void write_json(const verify::Audit& audit, const Options& options, std::ostream& out) {
    const evidence::History nothing;
    const evidence::History& history = audit.history == nullptr ? nothing : *audit.history;
    json::Writer writer(out, json::Style::pretty);
    writer.begin_object();
    writer.key("schemaVersion").string(schema_version);
    writer.key("tool").begin_object();
    writer.key("name").string("lockstep");
    writer.key("version").string(options.tool_version);
    writer.end_object();
    writer.key("project").begin_object();
    writer.key("name").string(history.project);
    text_or_null(writer, "source", history.project_source);
    text_or_null(writer, "repository", history.repository);
    writer.end_object();
    writer.key("releases").begin_array();
    for (const verify::ReleaseVerdict* release : judged_releases(audit))
        write_release(writer, *release);
    writer.end_array();
    write_findings(writer, audit);
    write_other_tags(writer, history);
    write_texts(writer, "ownImages", audit.own_images);
    write_texts(writer, "assumptions", audit.assumptions);
    write_texts(writer, "notices", history.notices);
    write_summary(writer, audit);
    writer.end_object();
    out << '\n';
}

}  // namespace lockstep::report
