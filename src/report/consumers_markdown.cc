#include <ostream>

#include "report/consumers.h"
#include "report/markdown_text.h"

namespace lockstep::report {

namespace {

using markdown::cell_code;
using markdown::plain;

/// A table of everybody's names stays within what a comment may hold.
constexpr std::size_t rows_max = 1'000;

void write_row(const char* verdict, const manifest::Place& place, const std::string& what,
               const std::string& reason, std::ostream& out) {
    out << "| " << verdict << " | " << cell_code(to_string(place.at)) << " | " << plain(what)
        << " | " << plain(reason) << " |\n";
}

}  // namespace

void write_consumers_markdown(const consumers::Scan& scan, const Options& options,
                              std::ostream& out) {
    out << "## lockstep: what is consumed\n\n";
    if (scan.pins.empty()) out << "Nothing is pinned here.\n";
    std::size_t rows = 0;
    const auto may_write = [&] {
        if (++rows == 1) out << "| verdict | place | what | why |\n|---|---|---|---|\n";
        return rows <= rows_max;
    };
    for (const consumers::JudgedPin& judged : scan.pins) {
        const std::string name = pinned_name(*judged.pin);
        const bool is_fine = judged.verdict == consumers::Verdict::fine;
        if ((!options.quiet || !is_fine) && may_write())
            write_row(to_string(judged.verdict), judged.pin->place, name, judged.reason, out);
        for (const consumers::JudgedOverride& over : judged.overrides)
            if (over.verdict != consumers::Verdict::fine && may_write())
                write_row(to_string(over.verdict), over.override_->place, name, over.reason, out);
    }
    for (const manifest::Gap& gap : scan.found->gaps)
        if (may_write())
            write_row("unchecked", {.at = gap.error.at.value_or(Location{}), .excerpt = {}},
                      "could not be read", gap.error.message, out);
    if (rows > rows_max) out << "\n" << rows - rows_max << " more rows are left out.\n";
}

}  // namespace lockstep::report
