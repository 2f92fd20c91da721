#include "cli/typed_version.h"

#include <vector>

#include "version/style.h"

namespace lockstep::cli {

namespace {

std::optional<version::TagPattern> usual_tag(const project::Project& project,
                                             const evidence::History& history) {
    for (const version::TagPattern& pattern : project.tags)
        if (pattern.str().find("{component}") == std::string::npos) return pattern;
    std::vector<version::Written> tags;
    for (const evidence::Release& release : history.releases) {
        if (!release.component.empty() || release.tag.empty()) continue;
        if (auto written = version::read_written(release.tag)) tags.push_back(std::move(*written));
    }
    return version::usual_pattern(tags);
}

}  // namespace

Result<TypedVersion> typed_version(std::string_view text, const project::Project& project,
                                   const evidence::History& history) {
    auto written = version::read_written(text);
    if (!written || !written->suffix.empty())
        return fail(Error::Kind::usage, "`" + std::string(text) + "` is no version",
                    "write it as v1.2.0 or 1.2.0");
    TypedVersion typed{std::move(written->version), std::string(text)};
    if (!written->prefix.empty()) return typed;
    const auto pattern = usual_tag(project, history);
    typed.tag = pattern ? pattern->format(typed.version) : "v" + typed.version.str();
    return typed;
}

}  // namespace lockstep::cli
