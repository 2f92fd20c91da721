#include <algorithm>
#include <map>
#include <ostream>

#include "report/consumers.h"
#include "report/paint.h"
#include "report/printable.h"

namespace lockstep::report {

namespace {

using consumers::Verdict;

struct Look {
    Tone tone;
    const char* mark;
};
Look look_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::fine:
            return {Tone::good, "✓"};
        case Verdict::drifted:
        case Verdict::withdrawn:
        case Verdict::overridden:
            return {Tone::bad, "✗"};
        case Verdict::floating:
            return {Tone::doubtful, "~"};
        case Verdict::unchecked:
            return {Tone::doubtful, "?"};
    }
    return {Tone::plain, " "};
}

constexpr unsigned indent = 4;

void write_wrapped(const std::string& text, const Options& options, std::ostream& out) {
    const unsigned width = std::max(options.width, 40u) - indent;
    for (const std::string& line : lines_within(printable(text), width))
        out << std::string(indent, ' ') << line << '\n';
}

void write_head(Verdict verdict, const Location& at, const std::string& what, const Paint& paint,
                std::ostream& out) {
    const Look look = look_of(verdict);
    out << look.mark << ' ' << paint(look.tone, padded(to_string(verdict), 10)) << "  "
        << printable(to_string(at)) << "  " << printable(what) << '\n';
}

void write_pin(const consumers::JudgedPin& judged, const Options& options, const Paint& paint,
               std::ostream& out) {
    const consumers::Pin& pin = *judged.pin;
    if (!options.quiet || judged.verdict != Verdict::fine) {
        write_head(
            judged.verdict, pin.place.at,
            (pin.object.empty() ? to_string(pin.source) : pin.object) + ": " + pinned_name(pin),
            paint, out);
        if (judged.verdict != Verdict::fine || options.verbose)
            write_wrapped(judged.reason, options, out);
    }
    for (const consumers::JudgedOverride& over : judged.overrides) {
        if (over.verdict == Verdict::fine && !options.verbose) continue;
        write_head(over.verdict, over.override_->place.at, pinned_name(pin), paint, out);
        write_wrapped(over.reason, options, out);
    }
}

void write_summary(const consumers::Scan& scan, std::ostream& out) {
    std::map<Verdict, std::size_t> counts;
    for (const consumers::JudgedPin& pin : scan.pins) {
        ++counts[pin.verdict];
        for (const consumers::JudgedOverride& over : pin.overrides)
            if (over.verdict == Verdict::overridden) ++counts[over.verdict];
    }
    out << '\n' << scan.pins.size() << (scan.pins.size() == 1 ? " pin" : " pins");
    const char* separator = ": ";
    for (const auto& [verdict, count] : counts) {
        out << separator << count << ' ' << to_string(verdict);
        separator = ", ";
    }
    out << '\n';
}

}  // namespace

void write_consumers_text(const consumers::Scan& scan, const Options& options, std::ostream& out) {
    const Paint paint(options.color);
    for (const consumers::JudgedPin& pin : scan.pins) write_pin(pin, options, paint, out);
    for (const manifest::Gap& gap : scan.found->gaps) {
        write_head(Verdict::unchecked, gap.error.at.value_or(Location{}), "could not be read",
                   paint, out);
        write_wrapped(gap.error.message, options, out);
    }
    if (!options.quiet) write_summary(scan, out);
}

}  // namespace lockstep::report
