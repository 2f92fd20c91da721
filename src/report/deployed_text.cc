#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <utility>
#include <vector>

#include "report/deployed.h"
#include "report/printable.h"

namespace lockstep::report {

namespace {

using verify::DeployedVerdict;
using verify::JudgedContainer;
using verify::JudgedWorkload;
using verify::RunningImage;

constexpr std::size_t columns = 6;
constexpr std::array<const char*, columns> headings = {"NAMESPACE", "WORKLOAD", "CONTAINER",
                                                       "EXPECTED",  "RUNS",     "VERDICT"};
constexpr std::array<unsigned, columns> widths_max = {24, 44, 28, 20, 34, 16};
constexpr std::size_t pods_shown = 3;

struct Row {
    std::array<std::string, columns> cells;
    DeployedVerdict verdict;
};

std::string plural(std::size_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

std::string short_digest(const std::string& digest) {
    constexpr std::size_t length = 7 + 12;
    return digest.size() <= length ? digest : digest.substr(0, length);
}

std::string runs(const JudgedContainer& container) {
    std::map<std::string, std::size_t> pods;
    for (const RunningImage& image : container.running)
        pods[!image.releases.empty()   ? image.releases.front()
             : image.image_id.empty()  ? "not pulled"
             : image.id.digest.empty() ? image.image_id
                                       : short_digest(image.id.digest)] += image.pods.size();
    if (container.verdict == DeployedVerdict::in_lockstep && pods.size() == 1)
        return container.expected + " ×" + std::to_string(pods.begin()->second);
    std::string text;
    for (const auto& [name, count] : pods)
        text += (text.empty() ? "" : ", ") + name + " ×" + std::to_string(count);
    return text.empty() ? "-" : text;
}

std::vector<Row> rows_of(const verify::DeployedAudit& audit) {
    std::vector<Row> rows;
    for (const JudgedWorkload& workload : audit.workloads)
        for (const JudgedContainer& container : workload.containers)
            rows.push_back({{workload.name_space, workload.kind + "/" + workload.name,
                             container.name, container.expected.empty() ? "?" : container.expected,
                             runs(container), signed_verdict(container.verdict)},
                            container.verdict});
    for (Row& row : rows)
        for (std::size_t at = 0; at < columns; ++at)
            row.cells[at] = cut_middle(printable(row.cells[at]), widths_max[at]);
    return rows;
}

void write_table(const std::vector<Row>& rows, const Paint& paint, std::ostream& out) {
    std::array<unsigned, columns> widths = {};
    for (std::size_t at = 0; at < columns; ++at) {
        widths[at] = display_width(headings[at]);
        for (const Row& row : rows) widths[at] = std::max(widths[at], display_width(row.cells[at]));
    }
    std::string line;
    for (std::size_t at = 0; at + 1 < columns; ++at) line += padded(headings[at], widths[at] + 2);
    out << paint(Tone::quiet, line + headings.back()) << '\n';
    for (const Row& row : rows) {
        for (std::size_t at = 0; at + 1 < columns; ++at)
            out << padded(row.cells[at], widths[at] + 2);
        out << paint(tone_of(row.verdict), row.cells.back()) << '\n';
    }
}

std::string pods_of(const RunningImage& image) {
    std::string text;
    for (std::size_t at = 0; at < std::min(image.pods.size(), pods_shown); ++at)
        text += (at == 0 ? "" : ", ") + image.pods[at];
    if (image.pods.size() > pods_shown)
        text += " and " + std::to_string(image.pods.size() - pods_shown) + " more";
    return text;
}

void write_images(const JudgedContainer& container, std::ostream& out) {
    for (const RunningImage& image : container.running) {
        out << "  = runs: " << printable(title_of(image));
        if (!image.id.digest.empty()) out << "  " << image.id.digest;
        out << "\n    in " << printable(pods_of(image)) << '\n';
    }
}

void write_finding(const JudgedWorkload& workload, const JudgedContainer& container,
                   const Paint& paint, std::ostream& out) {
    const char* const level = container.verdict > DeployedVerdict::unchecked ? "error" : "warning";
    out << paint(tone_of(container.verdict),
                 std::string(level) + "[" + verify::to_string(container.verdict) + "]")
        << ": " << printable(title_of(workload, container));
    if (!container.reason.empty()) out << ": " << printable(container.reason);
    out << "\n  = declared: " << printable(container.declared) << '\n';
    if (!container.expected.empty())
        out << "  = expected: " << printable(container.expected) << " (" << container.expected_by
            << ")\n";
    write_images(container, out);
    if (!container.hint.empty()) out << "  = hint: " << printable(container.hint) << '\n';
}

void write_unread(const evidence::UnreadObjects& unread, const Paint& paint, std::ostream& out) {
    out << paint(Tone::doubtful, "warning[unchecked]") << ": " << printable(unread.what)
        << " could not be read: " << printable(unread.reason) << '\n';
    if (!unread.hint.empty()) out << "  = hint: " << printable(unread.hint) << '\n';
}

bool is_finding(const JudgedContainer& container) {
    return container.verdict >= DeployedVerdict::unchecked;
}

std::string summary(const verify::DeployedAudit& audit) {
    std::map<DeployedVerdict, std::size_t> counts;
    for (const JudgedWorkload& workload : audit.workloads) ++counts[workload.verdict];
    std::string text = plural(audit.workloads.size(), "workload");
    const char* separator = ": ";
    for (const auto& [verdict, count] : counts) {
        text += separator + std::to_string(count) + " " + verify::to_string(verdict);
        separator = ", ";
    }
    if (audit.workloads.empty()) text = "no workload has an image of the project";
    if (audit.foreign > 0) text += "; " + std::to_string(audit.foreign) + " without one";
    return text;
}

}  // namespace

void write_deployed_text(const verify::DeployedAudit& audit, const DeployedOptions& options,
                         std::ostream& out) {
    const Paint paint(options.color);
    const std::vector<Row> rows = rows_of(audit);
    if (!options.quiet) {
        out << paint(Tone::strong, printable(audit.deployed->server));
        if (!audit.deployed->context.empty())
            out << "  context " << printable(audit.deployed->context);
        out << '\n';
        for (const std::string& assumption : audit.assumptions)
            out << "assumed: " << printable(assumption) << '\n';
        if (!rows.empty()) out << '\n';
        if (!rows.empty()) write_table(rows, paint, out);
    }
    const char* separator = options.quiet ? "" : "\n";
    for (const JudgedWorkload& workload : audit.workloads)
        for (const JudgedContainer& container : workload.containers)
            if (is_finding(container) || options.verbose) {
                out << std::exchange(separator, "\n");
                write_finding(workload, container, paint, out);
            }
    for (const evidence::UnreadObjects& unread : audit.deployed->unread) {
        out << std::exchange(separator, "\n");
        write_unread(unread, paint, out);
    }
    if (!options.quiet) out << '\n' << summary(audit) << '\n';
}

}  // namespace lockstep::report
