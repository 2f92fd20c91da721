#include "json/writer.h"
#include "report/consumers.h"

namespace lockstep::report {

namespace {

void text_or_null(json::Writer& writer, std::string_view key, std::string_view text) {
    writer.key(key);
    text.empty() ? writer.null() : writer.string(text);
}

void write_place(json::Writer& writer, const Location& at) {
    writer.key("at").begin_object();
    writer.key("path").string(at.path);
    writer.key("line").integer(at.line);
    writer.key("column").integer(at.column);
    writer.end_object();
}

void write_override(json::Writer& writer, const consumers::JudgedOverride& judged) {
    const consumers::Override& over = *judged.override_;
    writer.begin_object();
    text_or_null(writer, "image", over.image);
    text_or_null(writer, "tag", over.tag);
    text_or_null(writer, "digest", over.digest);
    writer.key("verdict").string(consumers::to_string(judged.verdict));
    text_or_null(writer, "reason", judged.reason);
    write_place(writer, over.place.at);
    writer.end_object();
}

void write_pin(json::Writer& writer, const consumers::JudgedPin& judged) {
    const consumers::Pin& pin = *judged.pin;
    writer.begin_object();
    writer.key("source").string(consumers::to_string(pin.source));
    text_or_null(writer, "object", pin.object);
    text_or_null(writer, "url", pin.url);
    text_or_null(writer, "repository", pin.repository);
    text_or_null(writer, "chart", pin.chart);
    text_or_null(writer, "revision", pin.revision);
    writer.key("verdict").string(consumers::to_string(judged.verdict));
    text_or_null(writer, "reason", judged.reason);
    write_place(writer, pin.place.at);
    writer.key("overrides").begin_array();
    for (const consumers::JudgedOverride& over : judged.overrides) write_override(writer, over);
    writer.end_array();
    writer.end_object();
}

}  // namespace

void write_consumers_json(const consumers::Scan& scan, const Options& options, std::ostream& out) {
    json::Writer writer(out, json::Style::pretty);
    writer.begin_object();
    writer.key("schemaVersion").string("1.0");
    writer.key("tool").begin_object();
    writer.key("name").string("lockstep");
    writer.key("version").string(options.tool_version);
    writer.end_object();
    writer.key("exitStatus").integer(consumers::exit_status(scan));
    writer.key("pins").begin_array();
    for (const consumers::JudgedPin& pin : scan.pins) write_pin(writer, pin);
    writer.end_array();
    writer.key("unread").begin_array();
    for (const manifest::Gap& gap : scan.found->gaps) {
        writer.begin_object();
        writer.key("message").string(gap.error.message);
        write_place(writer, gap.error.at.value_or(Location{}));
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    out << '\n';
}

}  // namespace lockstep::report
