#include <ostream>

#include "report/changes_formats.h"
#include "report/changes_words.h"
#include "report/html_text.h"
#include "report/releases.h"

// All foreign text passes through `escaped`; what is folded stands in <details>.
namespace lockstep::report {

namespace {

using changes::Change;
using changes::Effect;
using changes::Field;
using changes::Severity;
using changes::Upgrade;
using html::element;
using html::escaped;
using html::sentence;

/// The classes of the style sheet.
std::string_view class_of(Severity severity) {
    constexpr std::string_view classes[] = {"note", "warning", "error"};
    return classes[static_cast<std::size_t>(severity)];
}

std::string code(std::string_view text) {
    return element("code", "", escaped(text));
}

std::string step_of(const std::string& before, const std::string& after) {
    if (before.empty() && after.empty()) return {};
    return (before.empty() ? "(none)" : code(before)) + " → " +
           (after.empty() ? "(none)" : code(after));
}

std::string text_of(const Effect& effect) {
    std::string html = "<div class=\"" + std::string(class_of(effect.severity)) + "\"><p>" +
                       element("span", "severity", std::string(to_string(effect.severity))) + ' ' +
                       element("span", "rule", escaped(effect.rule));
    if (!effect.field.empty()) html += ' ' + code(effect.field);
    html += "</p>\n<dl>\n";
    const auto add = [&html](const char* name, const std::string& value) {
        if (!value.empty()) html += element("dt", "", name) + element("dd", "", value) + "\n";
    };
    add("change", step_of(effect.before, effect.after));
    add("why", sentence(effect.why));
    add("do", sentence(effect.advice));
    return html + "</dl></div>\n";
}

std::string text_of(const Field& field) {
    std::string html = std::string(word_of(field.kind)) + ' ' + code(field.path);
    if (field.fold != changes::Fold::none) html += " (" + std::string(to_string(field.fold)) + ")";
    if (field.lines.empty())
        return element("li", "", html + ": " + step_of(field.before, field.after)) + "\n";
    std::string lines;
    for (const std::string& line : field.lines) lines += escaped(line) + '\n';
    return element("li", "", html + element("pre", "", lines)) + "\n";
}

std::string list_of(const std::string& items) {
    return items.empty() ? items : "<ul>\n" + items + "</ul>\n";
}

std::string text_of(const Change& change) {
    std::string html = "<article class=\"" + std::string(class_of(change.severity())) +
                       "\">\n<h3>" + std::string(word_of(change.kind)) + ' ' +
                       code(name_of(change)) + "</h3>\n" +
                       element("p", "place", escaped(roots_of(change))) + "\n";
    for (const Effect& effect : change.effects) html += text_of(effect);
    std::string open, folded;
    std::size_t count = 0;
    for (const Field& field : change.fields) {
        if (field.fold != changes::Fold::none || field.is_explained) {
            folded += text_of(field);
            ++count;
        } else {
            open += text_of(field);
        }
    }
    html += list_of(open);
    if (count != 0)
        html += "<details><summary>" + counted(count, "field") +
                " folded, or said above</summary>\n" + list_of(folded) + "</details>\n";
    return html + "</article>\n";
}

std::string text_of(const Upgrade::Unserved& unserved) {
    return "<article class=\"" + std::string(class_of(unserved.effect.severity)) +
           "\">\n<h3>as before " + code(to_string(unserved.object)) + "</h3>\n" +
           element("p", "place", escaped(named(unserved.roots))) + "\n" + text_of(unserved.effect) +
           "</article>\n";
}

std::string text_of(const changes::ChartChange& chart) {
    const char* const word = chart.is_added ? "added" : chart.is_removed ? "removed" : "changed";
    std::string html = "<article class=\"note\">\n<h3>" + std::string(word) + " chart " +
                       code(root_name(chart.path)) + "</h3>\n";
    if (!chart.reason.empty())
        html += element("p", "", "not compared: " + escaped(chart.reason)) + "\n";
    std::string fields;
    for (const Field& field : chart.fields) fields += text_of(field);
    return html + list_of(fields) + "</article>\n";
}

std::string text_of(const changes::VersionNotes& notes) {
    std::string html = "<h3>" + escaped(version_name(notes)) + "</h3>\n" +
                       element("p", "place", escaped(source_of(notes))) + "\n";
    std::string items;
    for (const changelog::Note& note : notes.notes) {
        const bool is_plain = note.topic == changelog::Topic::other;
        const std::string topic =
            is_plain ? "" : element("strong", "", std::string(to_string(note.topic))) + " ";
        items += element("li", "", topic + escaped(note.text)) + "\n";
    }
    return html + list_of(items);
}

class Page {
  public:
    Page(const Upgrade& upgrade, const Options& options, std::ostream& out)
        : upgrade_(upgrade), options_(options), out_(out) {}

    void write() {
        const std::string title =
            upgrade_.project + ' ' + upgrade_.from.name + " → " + upgrade_.to.name;
        out_ << html::head(title, options_.tool_version) << "<header>\n"
             << element("h1", "", escaped(title)) << '\n';
        const std::string weight = weight_of(upgrade_);
        if (!weight.empty()) out_ << element("p", "summary", weight) << '\n';
        out_ << element("p", "", summary_of(upgrade_)) << '\n';
        if (const std::string folded = folded_in(upgrade_); !folded.empty())
            out_ << element("p", "", folded) << '\n';
        write_notices();
        out_ << "</header>\n<main>\n";
        write_section("Breaking", Severity::breaking);
        write_section("Needs attention", Severity::attention);
        write_section("Other changes", Severity::info);
        write_all("Charts", upgrade_.charts);
        write_all("What the project says", upgrade_.notes);
        out_ << "</main>\n<footer>lockstep " << escaped(options_.tool_version);
        if (const std::string time = timestamp_of(options_.now); !time.empty())
            out_ << ", <time datetime=\"" << time << "\">" << date_of(options_.now) << "</time>";
        out_ << "</footer>\n</body>\n</html>\n";
    }

  private:
    void write_notices() {
        std::string notices;
        for (const std::string& notice : upgrade_.notices)
            notices += element("p", "", sentence(notice)) + "\n";
        for (const changes::Root& root : upgrade_.roots)
            if (!root.reason.empty())
                notices += element("p", "",
                                   "not rendered: " + code(root_name(root.root)) + ": " +
                                       escaped(root.reason)) +
                           "\n";
        if (!notices.empty())
            out_ << "<div class=\"notices\" role=\"note\">\n" << notices << "</div>\n";
    }

    void write_section(const char* title, Severity severity) {
        std::string html;
        for (const Effect& effect : upgrade_.effects)
            if (effect.severity == severity)
                html += "<article class=\"" + std::string(class_of(severity)) + "\">\n" +
                        text_of(effect) + "</article>\n";
        for (const Upgrade::Unserved& unserved : upgrade_.unserved)
            if (unserved.effect.severity == severity) html += text_of(unserved);
        for (const Change& change : upgrade_.changes)
            if (change.severity() == severity) html += text_of(change);
        if (!html.empty())
            out_ << "<section>\n" << element("h2", "", title) << '\n' << html << "</section>\n";
    }

    template <typename Entries>
    void write_all(const char* title, const Entries& entries) {
        if (entries.empty()) return;
        out_ << "<section>\n" << element("h2", "", title) << '\n';
        for (const auto& entry : entries) out_ << text_of(entry);
        out_ << "</section>\n";
    }

    const Upgrade& upgrade_;
    const Options& options_;
    std::ostream& out_;
};

}  // namespace

void write_changes_html(const Upgrade& upgrade, const Options& options, std::ostream& out) {
    Page(upgrade, options, out).write();
}

}  // namespace lockstep::report
