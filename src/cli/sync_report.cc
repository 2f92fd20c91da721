#include "cli/sync_report.h"

#include "cli/color.h"
#include "json/writer.h"

namespace lockstep::cli {

namespace {

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

std::string line_of(const edit::Replacement& each) {
    std::string text = to_string(each.at) + "  " + each.what + "  ";
    if (each.before.empty()) return text + "+ " + each.after;
    return text + each.before + " -> " + (each.after.empty() ? "(removed)" : each.after);
}

void write_text(const Synced& synced, const Options& options, Output& out) {
    const edit::Edits& edits = synced.edits;
    if (synced.is_dry) {
        out.write(edit::unified_diff(edits, wants_color(options)));
    } else {
        for (const edit::FileEdit& file : edits.files)
            for (const edit::Replacement& each : file.replacements) out.write(line_of(each) + '\n');
    }
    if (options.verbose && !synced.is_dry)
        for (const std::string& place : edits.unchanged) out.write(place + "  already right\n");
    for (const std::string& notice : edits.notices) print_warning(notice);
    if (options.quiet) return;
    std::string summary = synced.tag + ": ";
    if (edits.files.empty() && edits.unchanged.empty())
        summary += "nothing here names a version that follows the release";
    else if (edits.files.empty())
        summary += "nothing to do";
    else
        summary += (synced.is_dry ? "would make " : "") +
                   counted(edits.replacements(), "replacement") + " in " +
                   counted(edits.files.size(), "file");
    if (!edits.unchanged.empty())
        summary += ", " + counted(edits.unchanged.size(), "place") + " already right";
    if (!synced.verdict.empty()) summary += "; " + synced.verdict;
    if (!synced.commit.empty()) summary += "; commit " + synced.commit.substr(0, 12);
    // A difference goes to `git apply`, and to nobody else's ears.
    if (synced.is_dry)
        print_message(summary + '\n');
    else
        out.write(summary + '\n');
}

void write_replacement(const edit::Replacement& each, json::Writer& writer) {
    writer.begin_object();
    writer.key("line").integer(each.at.line).key("column").integer(each.at.column);
    writer.key("what").string(each.what);
    writer.key("before").string(each.before).key("after").string(each.after);
    writer.end_object();
}

void write_texts(std::string_view key, const std::vector<std::string>& texts,
                 json::Writer& writer) {
    writer.key(key).begin_array();
    for (const std::string& text : texts) writer.string(text);
    writer.end_array();
}

void write_json(const Synced& synced, Output& out) {
    {
        json::Writer writer(out.stream(), json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1);
        writer.key("tag").string(synced.tag).key("version").string(synced.version);
        writer.key("dryRun").boolean(synced.is_dry);
        writer.key("files").begin_array();
        for (const edit::FileEdit& file : synced.edits.files) {
            writer.begin_object().key("path").string(file.path).key("replacements").begin_array();
            for (const edit::Replacement& each : file.replacements) write_replacement(each, writer);
            writer.end_array().end_object();
        }
        writer.end_array();
        write_texts("unchanged", synced.edits.unchanged, writer);
        write_texts("notices", synced.edits.notices, writer);
        if (!synced.verdict.empty()) writer.key("verdict").string(synced.verdict);
        if (!synced.commit.empty()) writer.key("commit").string(synced.commit);
        writer.end_object();
    }
    out.write("\n");
}

}  // namespace

void write_synced(const Synced& synced, const Options& options, Output& out) {
    if (options.format == report::Format::json)
        write_json(synced, out);
    else
        write_text(synced, options, out);
}

}  // namespace lockstep::cli
