#include "report/deployed.h"

#include <map>

#include "report/printable.h"

namespace lockstep::report {

using verify::DeployedVerdict;

std::string signed_verdict(DeployedVerdict verdict) {
    const std::string text = verify::to_string(verdict);
    switch (verdict) {
        case DeployedVerdict::in_lockstep:
            return "✓ " + text;
        case DeployedVerdict::idle:
            return "- " + text;
        case DeployedVerdict::unchecked:
            return "? " + text;
        case DeployedVerdict::mixed:
            return "~ " + text;
        case DeployedVerdict::unknown_digest:
        case DeployedVerdict::drifted:
            break;
    }
    return "✗ " + text;
}

Tone tone_of(DeployedVerdict verdict) {
    switch (verdict) {
        case DeployedVerdict::in_lockstep:
            return Tone::good;
        case DeployedVerdict::idle:
            return Tone::quiet;
        case DeployedVerdict::unchecked:
            return Tone::doubtful;
        case DeployedVerdict::unknown_digest:
        case DeployedVerdict::mixed:
        case DeployedVerdict::drifted:
            break;
    }
    return Tone::bad;
}

std::string title_of(const verify::JudgedWorkload& workload,
                     const verify::JudgedContainer& container) {
    constexpr const char* words[] = {"init container ", "container ", "ephemeral container "};
    return workload.name_space + " " + workload.kind + "/" + workload.name + ", " +
           words[static_cast<unsigned>(container.kind)] + container.name;
}

std::string title_of(const verify::RunningImage& image) {
    if (image.releases.empty()) {
        if (image.image_id.empty()) return "nothing yet";
        return image.state == verify::RunningImage::State::unchecked ? "what was not told"
                                                                     : "no known release";
    }
    std::string text = image.releases.front();
    for (std::size_t at = 1; at < image.releases.size(); ++at) text += ", " + image.releases[at];
    return text + " (" + (image.platform.empty() ? "" : image.platform + ", ") + "by its " +
           image.known_by + ")";
}

void write_deployed(const verify::DeployedAudit& audit, Format format,
                    const DeployedOptions& options, std::ostream& out) {
    if (format == Format::json) return write_deployed_json(audit, options, out);
    if (format == Format::junit) return write_deployed_junit(audit, options, out);
    write_deployed_text(audit, options, out);
}

namespace {

std::map<std::string, std::string> lines_of(const verify::DeployedAudit& audit) {
    std::map<std::string, std::string> lines;
    for (const verify::JudgedWorkload& workload : audit.workloads)
        for (const verify::JudgedContainer& container : workload.containers)
            lines[title_of(workload, container)] =
                signed_verdict(container.verdict) +
                (container.expected.empty() ? "" : " " + container.expected) +
                (container.reason.empty() ? "" : ": " + container.reason);
    return lines;
}

}  // namespace

std::string changes_between(const verify::DeployedAudit& before,
                            const verify::DeployedAudit& after) {
    const auto old_lines = lines_of(before), new_lines = lines_of(after);
    std::string text;
    for (const auto& [title, line] : new_lines) {
        const auto old_line = old_lines.find(title);
        if (old_line == old_lines.end() || old_line->second != line)
            text += printable(title + ": " + line) + "\n";
    }
    for (const auto& [title, line] : old_lines)
        if (!new_lines.contains(title)) text += printable(title) + ": gone\n";
    return text;
}

}  // namespace lockstep::report
