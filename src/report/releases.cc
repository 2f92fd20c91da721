#include "report/releases.h"

#include <algorithm>
#include <ctime>
#include <map>

#include "base/check.h"

namespace lockstep::report {

namespace {

using verify::Verdict;

/// The order in which a summary counts those that declare something.
constexpr Verdict counted[] = {Verdict::consistent, Verdict::drifted, Verdict::floating,
                               Verdict::unchecked};

std::string formatted(std::int64_t time, const char* format) {
    if (time == 0) return {};
    std::tm parts{};
    const std::time_t seconds = time;
    if (gmtime_r(&seconds, &parts) == nullptr) return {};
    if (parts.tm_year < 1 - 1900 || parts.tm_year > 9999 - 1900) return {};
    char text[40];
    return {text, std::strftime(text, sizeof text, format, &parts)};
}

/// strftime pads no year, and ISO 8601 wants four digits.
std::string with_whole_year(std::string text) {
    const std::size_t dash = text.find('-');
    if (dash < 4) text.insert(0, 4 - dash, '0');
    return text;
}

/// " on kustomize, yaml", where only those were asked for.
std::string on_surfaces(const verify::Audit& audit) {
    std::string text;
    for (const manifest::Surface surface : audit.surfaces)
        text += (text.empty() ? " on " : ", ") + std::string(manifest::to_string(surface));
    return text;
}

}  // namespace

Releases judged_releases(const verify::Audit& audit) {
    Releases releases;
    for (const verify::ReleaseVerdict& verdict : audit.releases) {
        CHECK(verdict.release != nullptr);
        if (!verdict.release->is_context) releases.push_back(&verdict);
    }
    return releases;
}

std::vector<Line> lines_of(const verify::Audit& audit) {
    std::map<std::string, Releases> by_component;  // the product's empty name sorts first
    for (const verify::ReleaseVerdict* verdict : judged_releases(audit))
        by_component[verdict->release->component].push_back(verdict);
    std::vector<Line> lines;
    for (auto& [component, releases] : by_component) {
        std::ranges::reverse(releases);
        lines.push_back({component, std::move(releases)});
    }
    return lines;
}

Releases current_releases(const verify::Audit& audit) {
    Releases current;
    for (const Line& line : lines_of(audit)) current.push_back(line.releases.front());
    return current;
}

std::string release_name(const evidence::Release& release) {
    if (!release.tag.empty()) return release.tag;
    if (!release.commit.empty()) return release.commit.substr(0, 12);
    return release.title.empty() ? "work tree" : release.title;
}

std::string date_of(std::int64_t time) {
    return with_whole_year(formatted(time, "%Y-%m-%d"));
}

std::string timestamp_of(std::int64_t time) {
    return with_whole_year(formatted(time, "%Y-%m-%dT%H:%M:%SZ"));
}

std::size_t count_of(const Releases& releases, Verdict verdict) {
    return static_cast<std::size_t>(
        std::ranges::count(releases, verdict, &verify::ReleaseVerdict::verdict));
}

std::string summary_of(const Line& line, const verify::Audit& audit) {
    const auto called = [&line](std::size_t count) {
        return std::to_string(count) + (count == 1 ? " release" : " releases") +
               (line.component.empty() ? "" : " of " + line.component);
    };
    const Releases& releases = line.releases;
    const std::size_t absent = count_of(releases, Verdict::absent);
    if (releases.empty()) return "no releases";
    if (absent == releases.size())
        return called(absent) + ": no declarations to judge" + on_surfaces(audit);
    std::string text = called(releases.size() - absent);
    const char* separator = ": ";
    for (const Verdict verdict : counted) {
        const std::size_t count = count_of(releases, verdict);
        if (count == 0) continue;
        text += separator + std::to_string(count) + " " + to_string(verdict);
        separator = ", ";
    }
    if (absent > 0)
        text += "; " + std::to_string(absent) + (absent == 1 ? " more declares" : " more declare") +
                " nothing";
    return text;
}

}  // namespace lockstep::report
