#include "cli/doctor_report.h"

#include <algorithm>
#include <sstream>

#include "cli/color.h"
#include "cli/exit_status.h"
#include "json/writer.h"

namespace lockstep::cli {

namespace {

using release::Check;
using Outcome = Check::Outcome;

struct Mark {
    std::string_view sign, color;
};

Mark mark_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::ok:
            return {"✓", "\x1b[32m"};
        case Outcome::problem:
            return {"✗", "\x1b[31m"};
        case Outcome::unknown:
            return {"?", "\x1b[33m"};
        case Outcome::skipped:
            break;
    }
    return {"-", "\x1b[2m"};
}

std::string line_of(const Check& check, bool is_colored) {
    constexpr std::size_t id_width = 18;
    const Mark mark = mark_of(check.outcome);
    std::string text = "  ";
    if (is_colored) text += mark.color;
    text += mark.sign;
    if (is_colored) text += "\x1b[0m";
    std::string id = check.id;
    if (id.size() < id_width) id.append(id_width - id.size(), ' ');
    text += ' ' + id + check.what + '\n';
    if (!check.fix.empty()) text += std::string(id_width + 4, ' ') + "→ " + check.fix + '\n';
    return text;
}

std::size_t count(const release::Examined& examined, Outcome outcome) {
    return static_cast<std::size_t>(std::ranges::count(examined.checks, outcome, &Check::outcome));
}

std::string summary(const release::Examined& examined) {
    const std::size_t problems = count(examined, Outcome::problem);
    const std::size_t unknown = count(examined, Outcome::unknown);
    std::string text = std::to_string(count(examined, Outcome::ok)) + " in order";
    if (problems != 0)
        text += ", " + std::to_string(problems) + (problems == 1 ? " problem" : " problems");
    if (unknown != 0) text += ", " + std::to_string(unknown) + " could not be seen from here";
    return text + '\n';
}

}  // namespace

std::string doctor_text(const release::Examined& examined, const Options& options) {
    std::string text = "Releases of " + examined.remote;
    if (!examined.branch.empty()) text += ", from " + examined.branch;
    text += '\n';
    for (const Check& check : examined.checks) {
        const bool is_fine = check.outcome == Outcome::ok || check.outcome == Outcome::skipped;
        if (!options.quiet || !is_fine) text += line_of(check, wants_color(options));
    }
    return text + summary(examined);
}

std::string doctor_json(const release::Examined& examined) {
    std::ostringstream out;
    {
        json::Writer writer(out, json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1);
        writer.key("remote").string(examined.remote).key("branch").string(examined.branch);
        writer.key("version").string(examined.version);
        writer.key("checks").begin_array();
        for (const Check& check : examined.checks) {
            writer.begin_object().key("id").string(check.id);
            writer.key("outcome").string(release::to_string(check.outcome));
            writer.key("what").string(check.what);
            if (!check.fix.empty()) writer.key("fix").string(check.fix);
            writer.end_object();
        }
        writer.end_array().end_object();
    }
    return std::move(out).str() + '\n';
}

int doctor_status(const release::Examined& examined) {
    if (count(examined, Outcome::problem) != 0) return exit_finding;
    return count(examined, Outcome::unknown) != 0 ? exit_unchecked : exit_ok;
}

}  // namespace lockstep::cli
