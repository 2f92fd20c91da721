#include "cli/release_plan_text.h"

#include <sstream>
#include <utility>

#include "cli/color.h"
#include "json/writer.h"
#include "release/releaser.h"

namespace lockstep::cli {

namespace {

std::string shortened(const std::string& commit) {
    return commit.substr(0, 12);
}

void write_items(const release::State& state, json::Writer& writer) {
    writer.key("items").begin_array();
    for (const release::Item& item : state.items) {
        writer.begin_object();
        writer.key("name").string(item.name);
        writer.key("staging").string(item.staging);
        writer.key("published").string(item.published);
        writer.end_object();
    }
    writer.end_array();
}

std::string steps_text(const release::State& state, const std::string& remote) {
    const std::string& built_from = state.mode == "digest" ? "the source" : "the release commit";
    std::string text = "Steps\n";
    text += "  prepare     push " + state.candidate + " and the state to " + remote + '\n';
    if (state.origin.empty())
        text += "  build       from " + built_from + ", into staging\n";
    else
        text += "  build       nothing: the images of " + state.origin + " are taken\n";
    text += "  verify      the whole as it would be published\n";
    text += "  copy        every digest to where it is published, under no name\n";
    text += "  tag images  create-only, read back\n";
    text += "  publish     tag " + state.tag + " and " + state.branch + " in one push\n";
    text += "  record      aliases, and refs/lockstep/releases/" + state.tag + '\n';
    return text;
}

}  // namespace

std::string plan_text(const release::Plan& plan, const std::string& remote,
                      const Options& options) {
    const release::State& state = plan.state;
    std::string text = "Release " + state.tag + " (" + state.mode + " mode) of " + remote + '\n';
    text += "  source  " + shortened(state.source) + " of " + state.branch + '\n';
    if (!state.commit.empty()) text += "  commit  " + shortened(state.commit) + '\n';
    if (plan.begun)
        return text + "It was begun by " + state.runner + " and is " +
               std::string(release::to_string(state.step)) + ": it is carried on\n";
    for (const std::string& notice : plan.notices) text += "  note: " + notice + '\n';
    text += "\nEdits: " + std::to_string(plan.edits.replacements()) + " in " +
            std::to_string(plan.edits.files.size()) + " files\n";
    text += edit::unified_diff(plan.edits, wants_color(options));
    text += "\nImages\n";
    for (const release::Item& item : state.items)
        text += "  " + item.published + "\n    from " + item.staging + '\n';
    return text + '\n' + steps_text(state, remote);
}

std::string plan_json(const release::Plan& plan) {
    std::ostringstream out;
    {
        json::Writer writer(out, json::Style::pretty);
        const release::State& state = plan.state;
        writer.begin_object().key("schemaVersion").integer(1);
        writer.key("tag").string(state.tag).key("version").string(state.version);
        writer.key("mode").string(state.mode).key("branch").string(state.branch);
        writer.key("source").string(state.source).key("commit").string(state.commit);
        writer.key("begun").boolean(plan.begun.has_value());
        write_items(state, writer);
        writer.key("edits").begin_array();
        for (const edit::FileEdit& file : plan.edits.files) {
            for (const edit::Replacement& replacement : file.replacements) {
                writer.begin_object().key("path").string(file.path);
                writer.key("line").integer(replacement.at.line);
                writer.key("column").integer(replacement.at.column);
                writer.key("before").string(replacement.before);
                writer.key("after").string(replacement.after);
                writer.key("what").string(replacement.what).end_object();
            }
        }
        writer.end_array().end_object();
    }
    return std::move(out).str() + '\n';
}

}  // namespace lockstep::cli
