#include "json/writer.h"
#include "report/releases.h"
#include "report/trace.h"

namespace lockstep::report {

namespace {

const char* to_string(trace::Subject::Kind kind) {
    switch (kind) {
        case trace::Subject::Kind::image:
            return "image";
        case trace::Subject::Kind::tag:
            return "tag";
        case trace::Subject::Kind::commit:
            return "commit";
    }
    return "";
}

void text_or_null(json::Writer& writer, std::string_view key, const std::string& text) {
    writer.key(key);
    text.empty() ? writer.null() : writer.string(text);
}

void write_place(json::Writer& writer, const std::optional<Location>& at) {
    writer.key("at");
    if (!at) {
        writer.null();
        return;
    }
    writer.begin_object();
    writer.key("path").string(at->path);
    writer.key("line").integer(at->line);
    writer.key("column").integer(at->column);
    writer.end_object();
}

void write_line(json::Writer& writer, const trace::Line& line) {
    writer.begin_object();
    writer.key("about").string(trace::to_string(line.about));
    writer.key("state").string(trace::to_string(line.state));
    text_or_null(writer, "image", line.image);
    text_or_null(writer, "value", line.value);
    text_or_null(writer, "detail", line.detail);
    text_or_null(writer, "source", line.source);
    write_place(writer, line.at);
    if (line.about == trace::About::commit) {
        text_or_null(writer, "author", line.author);
        text_or_null(writer, "time", timestamp_of(line.time));
    }
    writer.end_object();
}

}  // namespace

void write_trace_json(const trace::Page& page, const Options& options, std::ostream& out) {
    json::Writer writer(out, json::Style::pretty);
    writer.begin_object();
    writer.key("schemaVersion").string("1.0");
    writer.key("tool").begin_object();
    writer.key("name").string("lockstep");
    writer.key("version").string(options.tool_version);
    writer.end_object();
    writer.key("subject").begin_object();
    writer.key("kind").string(to_string(page.subject.kind));
    writer.key("text").string(page.subject.text);
    writer.end_object();
    text_or_null(writer, "project", page.project);
    text_or_null(writer, "release", page.release);
    writer.key("exitStatus").integer(trace::exit_status(page));
    writer.key("lines").begin_array();
    for (const trace::Line& line : page.lines) write_line(writer, line);
    writer.end_array();
    writer.key("notices").begin_array();
    for (const std::string& notice : page.notices) writer.string(notice);
    writer.end_array();
    writer.end_object();
    out << '\n';
}

}  // namespace lockstep::report
