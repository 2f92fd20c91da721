#include "report/consumers.h"

namespace lockstep::report {

namespace {

using consumers::Verdict;

struct RuleAndLevel {
    const char* rule;
    const char* level;
};
/// Nothing for what is fine.
std::optional<RuleAndLevel> rule_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::fine:
            return std::nullopt;
        case Verdict::drifted:
            return RuleAndLevel{"consumer-drifted", "error"};
        case Verdict::withdrawn:
            return RuleAndLevel{"consumer-withdrawn", "error"};
        case Verdict::overridden:
            return RuleAndLevel{"consumer-override", "error"};
        case Verdict::floating:
            return RuleAndLevel{"consumer-floating", "note"};
        case Verdict::unchecked:
            return RuleAndLevel{"consumer-unchecked", "warning"};
    }
    return std::nullopt;
}

}  // namespace

std::string pinned_name(const consumers::Pin& pin) {
    std::string name = pin.chart.empty() ? std::string() : "chart " + pin.chart + " of ";
    name += pin.repository.empty() ? pin.url : pin.repository;
    if (name.empty()) name = "a source that is not in this tree";
    return pin.revision.empty() ? name : name + " at " + pin.revision;
}

std::vector<ConsumerFinding> consumer_findings(const consumers::Scan& scan) {
    std::vector<ConsumerFinding> findings;
    for (const consumers::JudgedPin& judged : scan.pins) {
        if (const auto rule = rule_of(judged.verdict))
            findings.push_back({rule->rule, rule->level,
                                pinned_name(*judged.pin) + ": " + judged.reason,
                                judged.pin->place});
        for (const consumers::JudgedOverride& over : judged.overrides)
            if (const auto rule = rule_of(over.verdict))
                findings.push_back({rule->rule, rule->level,
                                    pinned_name(*judged.pin) + ": " + over.reason,
                                    over.override_->place});
    }
    for (const manifest::Gap& gap : scan.found->gaps)
        findings.push_back({"consumer-unchecked",
                            "warning",
                            gap.error.message,
                            {.at = gap.error.at.value_or(Location{}), .excerpt = {}}});
    return findings;
}

void write_consumers(const consumers::Scan& scan, Format format, const Options& options,
                     std::ostream& out) {
    switch (format) {
        case Format::json:
            return write_consumers_json(scan, options, out);
        case Format::sarif:
            return write_consumers_sarif(scan, options, out);
        case Format::markdown:
            return write_consumers_markdown(scan, options, out);
        default:
            return write_consumers_text(scan, options, out);
    }
}

}  // namespace lockstep::report
