#include <algorithm>
#include <ostream>

#include "report/changes_formats.h"
#include "report/changes_words.h"
#include "report/paint.h"
#include "report/printable.h"
#include "report/releases.h"

// Heaviest first: what makes an upgrade fail is on the first screen.
namespace lockstep::report {

namespace {

using changes::Change;
using changes::Effect;
using changes::Field;
using changes::Severity;
using changes::Upgrade;

constexpr unsigned width_min = 60;
/// Notes that are about nothing in particular, of each version, unless all are asked for.
constexpr std::size_t notes_shown = 10;

Tone tone_of(Severity severity) {
    constexpr Tone tones[] = {Tone::note, Tone::doubtful, Tone::bad};
    return tones[static_cast<std::size_t>(severity)];
}

class Text {
  public:
    Text(const Upgrade& upgrade, const Options& options, std::ostream& out)
        : upgrade_(upgrade),
          options_(options),
          paint_(options.color),
          width_(std::max(options.width, width_min)),
          out_(out) {}

    void write() {
        if (!options_.quiet) write_head();
        write_unrendered();
        for (const Effect& effect : upgrade_.effects)
            if (is_wanted(effect.severity)) write_effect_of_root(effect);
        write_unserved();
        for (const Change& change : upgrade_.changes)
            if (is_wanted(change.severity())) write_change(change);
        if (options_.quiet) return;
        for (const changes::ChartChange& chart : upgrade_.charts) write_chart(chart);
        write_notes();
        write_summary();
    }

  private:
    bool is_wanted(Severity severity) const {
        return !options_.quiet || severity != Severity::info;
    }

    void line(unsigned indent, const std::string& text) {
        out_ << std::string(indent, ' ') << text << '\n';
    }

    /// A sentence, broken into lines.
    void sentence(unsigned indent, std::string_view text, Tone tone) {
        for (const std::string& each : lines_within(printable(text), width_ - indent))
            line(indent, paint_(tone, each));
    }

    static std::string shown(const changes::Side& side) {
        const std::string date = date_of(side.time);
        return printable(side.name) + (date.empty() ? "" : " (" + date + ")");
    }

    void write_head() {
        out_ << paint_(Tone::strong, printable(upgrade_.project)) << "  " << shown(upgrade_.from)
             << " -> " << shown(upgrade_.to) << '\n';
        for (const std::string& notice : upgrade_.notices)
            sentence(0, "notice: " + notice, Tone::quiet);
    }

    void write_unrendered() {
        for (const changes::Root& root : upgrade_.roots)
            if (!root.reason.empty())
                sentence(0, "not rendered: " + root_name(root.root) + ": " + root.reason,
                         Tone::doubtful);
    }

    std::string label(Severity severity, std::string_view rule) {
        return paint_(tone_of(severity),
                      std::string(to_string(severity)) + '[' + std::string(rule) + ']');
    }

    void write_effect_of_root(const Effect& effect) {
        out_ << '\n'
             << label(effect.severity, effect.rule) << ' ' << printable(effect.field) << '\n';
        sentence(4, effect.why, Tone::plain);
        if (!effect.advice.empty()) sentence(4, "do: " + effect.advice, Tone::plain);
    }

    void write_change(const Change& change) {
        out_ << '\n'
             << sign_of(change.kind) << ' ' << paint_(Tone::strong, printable(name_of(change)))
             << "  " << paint_(Tone::quiet, printable(roots_of(change))) << '\n';
        for (const Effect& effect : change.effects)
            if (is_wanted(effect.severity)) write_effect(effect);
        if (options_.quiet) return;
        for (const Field& field : change.fields) {
            const bool is_folded = field.fold != changes::Fold::none;
            if (options_.verbose || (!is_folded && !field.is_explained)) write_field(field);
        }
        if (const std::string folded = folded_in(change); !folded.empty() && !options_.verbose)
            line(4, paint_(Tone::quiet, folded));
    }

    void write_effect(const Effect& effect) {
        line(4, label(effect.severity, effect.rule) +
                    (effect.field.empty() ? "" : ' ' + printable(effect.field)));
        if (!effect.before.empty() || !effect.after.empty()) values(8, effect.before, effect.after);
        sentence(8, effect.why, Tone::plain);
        if (!effect.advice.empty()) sentence(8, "do: " + effect.advice, Tone::plain);
    }

    void values(unsigned indent, const std::string& before, const std::string& after) {
        const std::string from = before.empty() ? "(none)" : printable(before);
        const std::string to = after.empty() ? "(none)" : printable(after);
        if (indent + display_width(from) + display_width(to) + 4 <= width_)
            return line(indent, from + " -> " + to);
        line(indent, cut(from, width_ - indent));
        line(indent, "-> " + cut(to, width_ - indent - 3));
    }

    void write_field(const Field& field) {
        std::string text = std::string(sign_of(field.kind)) + ' ' + printable(field.path);
        if (field.fold != changes::Fold::none)
            text += paint_(Tone::quiet, "  (folded: " + std::string(to_string(field.fold)) + ")");
        line(4, text);
        if (field.lines.empty()) return write_values(field);
        for (const std::string& each : field.lines) line(8, cut(printable(each), width_ - 8));
    }

    void write_values(const Field& field) {
        using Kind = changes::FieldChange::Kind;
        if (field.kind == Kind::added) return line(8, cut(printable(field.after), width_ - 8));
        if (field.kind == Kind::removed) return line(8, cut(printable(field.before), width_ - 8));
        values(8, field.before, field.after);
    }

    void write_unserved() {
        for (const Upgrade::Unserved& unserved : upgrade_.unserved) {
            out_ << "\n= " << paint_(Tone::strong, printable(to_string(unserved.object))) << "  "
                 << paint_(Tone::quiet, printable(named(unserved.roots))) << '\n';
            write_effect(unserved.effect);
        }
    }

    void write_chart(const changes::ChartChange& chart) {
        const char* const sign = chart.is_added ? "+" : chart.is_removed ? "-" : "~";
        out_ << '\n'
             << sign << ' ' << paint_(Tone::strong, "chart " + printable(root_name(chart.path)))
             << '\n';
        if (!chart.reason.empty()) sentence(4, "not compared: " + chart.reason, Tone::doubtful);
        for (const Field& field : chart.fields) write_field(field);
    }

    void write_notes() {
        if (upgrade_.notes.empty()) return;
        out_ << '\n' << paint_(Tone::strong, "What the project says") << '\n';
        for (const changes::VersionNotes& notes : upgrade_.notes) {
            line(2, paint_(Tone::strong, printable(version_name(notes))) + "  " +
                        paint_(Tone::quiet, printable(source_of(notes))));
            std::size_t shown = 0, left_out = 0;
            for (const changelog::Note& note : notes.notes) {
                const bool is_plain = note.topic == changelog::Topic::other;
                if (is_plain && !options_.verbose && shown >= notes_shown)
                    ++left_out;
                else
                    write_note(note);
                shown += is_plain ? 1u : 0u;
            }
            if (left_out != 0)
                line(4, paint_(Tone::quiet, counted(left_out, "note") + " more (-v shows them)"));
        }
    }

    void write_note(const changelog::Note& note) {
        const bool is_plain = note.topic == changelog::Topic::other;
        const std::string topic =
            is_plain ? std::string() : std::string(to_string(note.topic)) + ": ";
        unsigned indent = 4;
        for (const std::string& each :
             lines_within("- " + topic + printable(note.text), width_ - 6)) {
            line(indent, is_plain ? each : paint_(Tone::doubtful, each));
            indent = 6;
        }
    }

    void write_summary() {
        out_ << '\n';
        if (const std::string folded = folded_in(upgrade_); !folded.empty())
            line(0, paint_(Tone::quiet, folded + (options_.verbose ? "" : " (-v shows them)")));
        const std::string weight = weight_of(upgrade_);
        line(0, weight.empty() ? summary_of(upgrade_) : weight + ": " + summary_of(upgrade_));
    }

    const Upgrade& upgrade_;
    const Options& options_;
    Paint paint_;
    unsigned width_;
    std::ostream& out_;
};

}  // namespace

void write_changes_text(const Upgrade& upgrade, const Options& options, std::ostream& out) {
    Text(upgrade, options, out).write();
}

}  // namespace lockstep::report
