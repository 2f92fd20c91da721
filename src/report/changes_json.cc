#include <ostream>

#include "json/writer.h"
#include "report/changes_formats.h"
#include "report/changes_words.h"
#include "report/releases.h"

// The shape is schemas/changes.schema.json; what is in it stays, what is new comes beside it.
namespace lockstep::report {

namespace {

using changes::Change;
using changes::Effect;
using changes::Field;
using changes::Identity;
using changes::Root;
using changes::Upgrade;

void write_text(std::string_view key, const std::string& text, json::Writer& writer) {
    writer.key(key);
    if (text.empty())
        writer.null();
    else
        writer.string(text);
}

void write_texts(std::string_view key, const std::vector<std::string>& texts,
                 json::Writer& writer) {
    writer.key(key).begin_array();
    for (const std::string& text : texts) writer.string(text);
    writer.end_array();
}

void write_side(std::string_view key, const changes::Side& side, json::Writer& writer) {
    writer.key(key).begin_object();
    writer.key("name").string(side.name);
    writer.key("commit").string(side.commit);
    write_text("time", timestamp_of(side.time), writer);
    writer.end_object();
}

void write_identity(std::string_view key, const Identity& identity, json::Writer& writer) {
    writer.key(key).begin_object();
    writer.key("apiVersion").string(identity.api_version());
    writer.key("kind").string(identity.kind);
    write_text("namespace", identity.space, writer);
    writer.key("name").string(identity.name);
    writer.end_object();
}

std::string_view state_of(Root::State state) {
    constexpr std::string_view states[] = {"missing", "rendered", "unknown"};
    return states[static_cast<std::size_t>(state)];
}

void write_field(const Field& field, json::Writer& writer) {
    writer.begin_object();
    writer.key("change").string(word_of(field.kind));
    writer.key("path").string(field.path);
    write_text("before", field.before, writer);
    write_text("after", field.after, writer);
    if (!field.lines.empty()) write_texts("lines", field.lines, writer);
    if (field.at) {
        writer.key("at").begin_object();
        writer.key("path").string(field.at->path);
        writer.key("line").integer(field.at->line).key("column").integer(field.at->column);
        writer.end_object();
    }
    const bool is_folded = field.fold != changes::Fold::none;
    write_text("folded", is_folded ? std::string(to_string(field.fold)) : std::string(), writer);
    writer.end_object();
}

void write_effect(const Effect& effect, json::Writer& writer) {
    writer.begin_object();
    writer.key("severity").string(to_string(effect.severity));
    writer.key("rule").string(effect.rule);
    write_text("field", effect.field, writer);
    write_text("before", effect.before, writer);
    write_text("after", effect.after, writer);
    writer.key("why").string(effect.why);
    write_text("advice", effect.advice, writer);
    writer.end_object();
}

void write_effects(const std::vector<Effect>& effects, json::Writer& writer) {
    writer.key("effects").begin_array();
    for (const Effect& effect : effects) write_effect(effect, writer);
    writer.end_array();
}

void write_fields(const std::vector<Field>& fields, json::Writer& writer) {
    writer.key("fields").begin_array();
    for (const Field& field : fields) write_field(field, writer);
    writer.end_array();
}

void write_unserved(const Upgrade& upgrade, json::Writer& writer) {
    writer.key("unserved").begin_array();
    for (const Upgrade::Unserved& unserved : upgrade.unserved) {
        writer.begin_object();
        write_identity("object", unserved.object, writer);
        write_texts("roots", unserved.roots, writer);
        writer.key("effect");
        write_effect(unserved.effect, writer);
        writer.end_object();
    }
    writer.end_array();
}

void write_charts(const Upgrade& upgrade, json::Writer& writer) {
    writer.key("charts").begin_array();
    for (const changes::ChartChange& chart : upgrade.charts) {
        writer.begin_object().key("path").string(chart.path);
        writer.key("change").string(chart.is_added     ? "added"
                                    : chart.is_removed ? "removed"
                                                       : "changed");
        write_text("reason", chart.reason, writer);
        write_fields(chart.fields, writer);
        writer.end_object();
    }
    writer.end_array();
}

void write_notes(const Upgrade& upgrade, json::Writer& writer) {
    writer.key("notes").begin_array();
    for (const changes::VersionNotes& notes : upgrade.notes) {
        writer.begin_object();
        writer.key("version").string(notes.version.str());
        write_text("tag", notes.tag, writer);
        constexpr std::string_view sources[] = {"none", "section", "file", "tag"};
        writer.key("source").string(sources[static_cast<std::size_t>(notes.source)]);
        write_text("place", notes.place, writer);
        writer.key("notes").begin_array();
        for (const changelog::Note& note : notes.notes) {
            writer.begin_object().key("topic").string(to_string(note.topic));
            write_text("heading", note.heading, writer);
            writer.key("text").string(note.text);
            writer.end_object();
        }
        writer.end_array();
        writer.end_object();
    }
    writer.end_array();
}

void write_change(const Change& change, json::Writer& writer) {
    writer.begin_object();
    writer.key("change").string(word_of(change.kind));
    writer.key("severity").string(to_string(change.severity()));
    write_identity("object", change.after, writer);
    if (change.before != change.after) write_identity("formerly", change.before, writer);
    write_texts("roots", change.roots, writer);
    write_effects(change.effects, writer);
    write_fields(change.fields, writer);
    writer.end_object();
}

}  // namespace

void write_changes_json(const Upgrade& upgrade, const Options& options, std::ostream& out) {
    {
        json::Writer writer(out, json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1);
        writer.key("tool").string("lockstep " + options.tool_version);
        writer.key("project").string(upgrade.project);
        write_side("from", upgrade.from, writer);
        write_side("to", upgrade.to, writer);
        write_text("kubernetes", upgrade.kubernetes, writer);
        const auto severity = severity_of(upgrade);
        write_text("severity", severity ? std::string(to_string(*severity)) : std::string(),
                   writer);
        writer.key("partial").boolean(is_partial(upgrade));
        write_texts("notices", upgrade.notices, writer);
        writer.key("roots").begin_array();
        for (const Root& root : upgrade.roots) {
            writer.begin_object().key("root").string(root.root);
            writer.key("before").string(state_of(root.before));
            writer.key("after").string(state_of(root.after));
            write_text("reason", root.reason, writer);
            writer.key("unchanged").integer(static_cast<std::int64_t>(root.unchanged));
            writer.end_object();
        }
        writer.end_array();
        write_effects(upgrade.effects, writer);
        writer.key("changes").begin_array();
        for (const Change& change : upgrade.changes) write_change(change, writer);
        writer.end_array();
        write_unserved(upgrade, writer);
        write_charts(upgrade, writer);
        write_notes(upgrade, writer);
        writer.end_object();
    }
    out << '\n';
}

}  // namespace lockstep::report
