#include "cli/release_state_text.h"

#include <array>
#include <ctime>
#include <sstream>
#include <utility>

#include "json/parse.h"
#include "json/writer.h"
#include "release/releaser.h"

namespace lockstep::cli {

namespace {

using release::Step;

std::string time_text(std::int64_t time) {
    const std::time_t seconds = time;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts);
    return std::string(text.data(), size) + " UTC";
}

json::Value value_of(const release::State& state) {
    // What this program has just written, it reads.
    return json::parse("state", release::write(state)).value_or(json::Value());
}

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

std::string items_text(const release::State& state) {
    std::string text;
    const bool is_published = state.step == Step::published || state.step == Step::recorded;
    for (const release::Item& item : state.items) {
        text += "  " + (is_published ? item.published : item.staging) + '\n';
        text += "    " + (item.digest.empty() ? std::string("not built yet") : item.digest) + '\n';
    }
    return text;
}

std::string next_text(const release::State& state) {
    switch (state.step) {
        case Step::recorded:
            return {};
        case Step::burned:
            return "The version is spent: " + state.reason + "\n";
        case Step::aborting:
            return "Next: `lockstep release abort " + state.tag + "` completes giving it up\n";
        default:
            return "Next: " + std::string(release::next_step(state.step)) +
                   ". `lockstep release resume " + state.tag + "` carries on\n";
    }
}

}  // namespace

std::string released_text(const release::State& state) {
    std::string text =
        state.tag + " is published: commit " + state.commit + '\n' + items_text(state);
    if (state.merged.empty())
        text += "The branch does not have it yet: merge " + state.tag + " into " +
                state.branch.substr(state.branch.rfind('/') + 1) + '\n';
    return text;
}

std::string state_text(const release::State& state) {
    std::string text = state.tag + ": " + std::string(to_string(state.step)) + " by " +
                       state.runner + ", " + time_text(state.changed) + '\n';
    text += "  source " + state.source + " of " + state.branch + '\n';
    if (!state.commit.empty()) text += "  commit " + state.commit + '\n';
    const bool is_waiting = state.step != Step::published && state.step != Step::recorded;
    text += is_waiting ? "In staging:\n" : "Published:\n";
    return text + items_text(state) + next_text(state);
}

std::string aborted_text(const std::string& tag, const release::Aborted& aborted) {
    if (!aborted.is_burned) return tag + " was given up: nothing of it was ever published\n";
    return tag +
           " was given up, and is spent: an image tag of it may have been seen. Release the next "
           "version: `lockstep release start patch`\n";
}

std::string list_text(std::span<const release::Entry> entries) {
    if (entries.empty()) return "no release was begun with lockstep\n";
    constexpr std::size_t tag_width = 20;
    constexpr std::size_t step_width = 11;
    std::string text;
    for (const release::Entry& entry : entries)
        text += padded(entry.state.tag, tag_width) +
                padded(std::string(to_string(entry.state.step)), step_width) +
                time_text(entry.state.changed) + "  " + entry.state.runner + '\n';
    return text;
}

std::string state_line(const release::State& state) {
    return json::write(value_of(state), json::Style::compact) + '\n';
}

std::string list_json(std::span<const release::Entry> entries) {
    std::ostringstream out;
    {
        json::Writer writer(out, json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1).key("releases").begin_array();
        for (const release::Entry& entry : entries) writer.value(value_of(entry.state));
        writer.end_array().end_object();
    }
    return std::move(out).str() + '\n';
}

}  // namespace lockstep::cli
