#include <ostream>

#include "report/changes_formats.h"
#include "report/changes_words.h"
#include "report/markdown_text.h"
#include "report/releases.h"

// For a pull request or a step summary, which may have 1 MiB: what does not fit is counted.
namespace lockstep::report {

namespace {

using changes::Change;
using changes::Effect;
using changes::Field;
using changes::Severity;
using changes::Upgrade;
using markdown::code;
using markdown::plain;
using markdown::sentence;

constexpr std::size_t bytes_max = 900'000;

std::string heading_of(Severity severity) {
    switch (severity) {
        case Severity::breaking:
            return "### Breaking\n\n";
        case Severity::attention:
            return "### Needs attention\n\n";
        case Severity::info:
            return "### Other changes\n\n";
    }
    return {};
}

std::string step_of(const std::string& before, const std::string& after) {
    if (before.empty() && after.empty()) return {};
    return (before.empty() ? "(none)" : code(before)) + " → " +
           (after.empty() ? "(none)" : code(after));
}

std::string text_of(const Effect& effect, std::string_view indent) {
    std::string text(indent);
    text += "- **" + std::string(to_string(effect.severity)) + "** " + code(effect.rule);
    if (!effect.field.empty()) text += ' ' + code(effect.field);
    if (const std::string step = step_of(effect.before, effect.after); !step.empty())
        text += ": " + step;
    text += "  \n" + std::string(indent) + "  " + sentence(effect.why) + ".";
    if (!effect.advice.empty()) text += " *Do:* " + sentence(effect.advice) + ".";
    return text + '\n';
}

std::string text_of(const Field& field) {
    std::string text = "  - " + std::string(word_of(field.kind)) + ' ' + code(field.path);
    if (field.fold != changes::Fold::none) text += " (" + std::string(to_string(field.fold)) + ")";
    if (field.lines.empty()) return text + ": " + step_of(field.before, field.after) + '\n';
    text += ":\n";
    for (const std::string& line : field.lines) text += "    - " + code(line) + '\n';
    return text;
}

std::string text_of(const Change& change, bool is_verbose) {
    std::string text = "- " + std::string(word_of(change.kind)) + " **" + code(name_of(change)) +
                       "** in " + plain(roots_of(change)) + '\n';
    for (const Effect& effect : change.effects) text += text_of(effect, "  ");
    for (const Field& field : change.fields) {
        const bool is_folded = field.fold != changes::Fold::none;
        if (is_verbose || (!is_folded && !field.is_explained)) text += text_of(field);
    }
    if (const std::string folded = folded_in(change); !folded.empty() && !is_verbose)
        text += "  - " + folded + '\n';
    return text;
}

std::string text_of(const Upgrade::Unserved& unserved) {
    return "- as before **" + code(to_string(unserved.object)) + "** in " +
           plain(named(unserved.roots)) + '\n' + text_of(unserved.effect, "  ");
}

std::string text_of(const changes::VersionNotes& notes) {
    std::string text = "#### " + plain(version_name(notes)) + "\n\n";
    text += notes.is_missing() ? "Nothing is written of it.\n\n"
                               : "From " + code(notes.place) + ".\n\n";
    for (const changelog::Note& note : notes.notes) {
        text += "- ";
        if (note.topic != changelog::Topic::other)
            text += "**" + std::string(to_string(note.topic)) + "** ";
        text += plain(note.text) + '\n';
    }
    return notes.notes.empty() ? text : text + '\n';
}

std::string text_of(const changes::ChartChange& chart) {
    std::string text = "- " + std::string(chart.is_added     ? "added"
                                          : chart.is_removed ? "removed"
                                                             : "changed");
    text += " **chart " + code(root_name(chart.path)) + "**\n";
    if (!chart.reason.empty()) text += "  - not compared: " + plain(chart.reason) + '\n';
    for (const Field& field : chart.fields) text += text_of(field);
    return text;
}

class Page {
  public:
    Page(const Upgrade& upgrade, const Options& options) : upgrade_(upgrade), options_(options) {}

    std::string text() {
        write_head();
        for (const Severity severity : {Severity::breaking, Severity::attention, Severity::info})
            write(severity);
        write_all("### Charts\n\n", upgrade_.charts);
        write_all("### What the project says\n\n", upgrade_.notes);
        if (left_out_ != 0) text_ += counted(left_out_, "entry or entries") + " left out here.\n";
        return std::move(text_);
    }

  private:
    void write_head() {
        text_ = "## " + plain(upgrade_.project) + ' ' + plain(upgrade_.from.name) + " → " +
                plain(upgrade_.to.name) + "\n\n";
        const std::string weight = weight_of(upgrade_);
        text_ += "**" + (weight.empty() ? "" : weight + ": ") + summary_of(upgrade_) + "**\n\n";
        if (const std::string folded = folded_in(upgrade_); !folded.empty())
            text_ += folded + "\n\n";
        for (const std::string& notice : upgrade_.notices)
            text_ += "> " + sentence(notice) + "\n\n";
        for (const changes::Root& root : upgrade_.roots)
            if (!root.reason.empty())
                text_ += "> not rendered: " + code(root_name(root.root)) + ": " +
                         plain(root.reason) + "\n\n";
    }

    void add(const std::string& entry) {
        if (text_.size() + entry.size() > bytes_max)
            ++left_out_;
        else
            text_ += entry;
    }

    void write(Severity severity) {
        const std::size_t before = text_.size();
        const std::string heading = heading_of(severity);
        text_ += heading;
        for (const Effect& effect : upgrade_.effects)
            if (effect.severity == severity) add(text_of(effect, ""));
        for (const Upgrade::Unserved& unserved : upgrade_.unserved)
            if (unserved.effect.severity == severity) add(text_of(unserved));
        for (const Change& change : upgrade_.changes)
            if (change.severity() == severity) add(text_of(change, options_.verbose));
        if (text_.size() == before + heading.size())
            text_.resize(before);
        else
            text_ += '\n';
    }

    template <typename Entries>
    void write_all(const char* heading, const Entries& entries) {
        if (entries.empty()) return;
        text_ += heading;
        for (const auto& entry : entries) add(text_of(entry));
        if (!text_.ends_with("\n\n")) text_ += '\n';
    }

    const Upgrade& upgrade_;
    const Options& options_;
    std::string text_;
    std::size_t left_out_ = 0;
};

}  // namespace

void write_changes_markdown(const Upgrade& upgrade, const Options& options, std::ostream& out) {
    out << Page(upgrade, options).text();
}

}  // namespace lockstep::report
