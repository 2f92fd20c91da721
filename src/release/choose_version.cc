#include "release/choose_version.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "version/conventional.h"
#include "version/next.h"
#include "version/style.h"
#include "workspace/tags.h"

namespace lockstep::release {

namespace {

constexpr std::size_t commits_max = 10'000;

struct Since {
    std::optional<version::Version> version;
    git::ObjectId commit;
};

/// The newest release of the component that `source` leads back to.
Result<Since> last_release(Site& site, const workspace::SortedTags& sorted,
                           const std::string& component, const git::ObjectId& source) {
    for (std::size_t at = sorted.releases.size(); at-- > 0;) {
        const evidence::Release& release = sorted.releases[at];
        if (release.component != component || !release.version) continue;
        const git::ObjectId& commit = sorted.tags[at]->commit;
        if (TRY(site.draft().is_ancestor(commit, source))) return Since{release.version, commit};
    }
    return Since{};
}

std::optional<version::Step> step_named(std::string_view text) {
    using enum version::Step;
    if (text == "major") return major;
    if (text == "minor") return minor;
    if (text == "patch") return patch;
    if (text == "rc") return rc;
    return std::nullopt;
}

Result<version::Step> step_of_commits(Site& site, const Since& since, const git::ObjectId& source) {
    std::vector<std::string> messages;
    for (const git::LoggedCommit& commit : TRY(site.draft().log(since.commit, source, commits_max)))
        messages.push_back(commit.message);
    const auto step = version::step_for(messages, *since.version);
    if (!step)
        return fail(Error::Kind::usage,
                    "none of " + std::to_string(messages.size()) + " commits since " +
                        since.version->str() + " asks for a release (feat, fix, a breaking change)",
                    "name the version");
    return *step;
}

Result<std::string> tag_of(const version::Version& version, const std::string& component,
                           const project::Project& project, const std::vector<git::Tag>& tags) {
    if (component.empty()) return tag_for(version, project, tags);
    for (const version::TagPattern& pattern : project.tags)
        if (pattern.has_component()) return pattern.format(version, component);
    return fail(Error::Kind::usage, "no tag names the component `" + component + '`',
                "give lockstep.yaml a pattern: `tags: [\"{component}/v{version}\"]`");
}

Result<Chosen> next_version(Site& site, workspace::Workspace& workspace, const Request& request,
                            const git::ObjectId& source, std::optional<version::Step> step) {
    const std::vector<git::Tag> tags = TRY(workspace.repository()->tags());
    const project::Project& project = workspace.project();
    const workspace::SortedTags sorted = workspace::sort_tags(tags, project, project.name);
    const Since since = TRY(last_release(site, sorted, request.component, source));
    if (!since.version)
        return fail(Error::Kind::usage,
                    "no release leads up to this commit, so there is no next version",
                    "name the first one: `lockstep release plan v0.1.0`");
    if (request.from_commits) step = TRY(step_of_commits(site, since, source));
    version::Version version = TRY(version::next(*since.version, *step));
    std::string tag = TRY(tag_of(version, request.component, project, tags));
    return Chosen{std::move(tag), std::move(version), request.component};
}

/// A tag as one of the configuration's patterns, or a version alone.
std::optional<Chosen> named_version(const std::string& text, const project::Project& project,
                                    const std::vector<git::Tag>& tags) {
    for (const version::TagPattern& pattern : project.tags)
        if (auto match = pattern.match(text))
            return Chosen{text, std::move(match->version), std::move(match->component)};
    auto written = version::read_written(text);
    if (!written || !written->suffix.empty() ||
        (!written->prefix.empty() && written->prefix != "v"))
        return std::nullopt;
    std::string tag = tag_for(written->version, project, tags);
    return Chosen{std::move(tag), std::move(written->version), {}};
}

}  // namespace

std::string tag_for(const version::Version& version, const project::Project& project,
                    const std::vector<git::Tag>& tags) {
    for (const version::TagPattern& pattern : project.tags)
        if (!pattern.has_component()) return pattern.format(version);
    std::vector<version::Written> history;
    for (const evidence::Release& release :
         workspace::sort_tags(tags, project, project.name).releases)
        if (release.component.empty())
            if (auto written = version::read_written(release.tag))
                history.push_back(std::move(*written));
    const auto usual = version::usual_pattern(history);
    return usual ? usual->format(version) : "v" + version.str();
}

Result<Chosen> choose_version(Site& site, workspace::Workspace& workspace, const Request& request,
                              const git::ObjectId& source) {
    const auto step = step_named(request.version);
    if (request.from_commits || step) return next_version(site, workspace, request, source, step);
    const std::vector<git::Tag> tags = TRY(workspace.repository()->tags());
    auto named = named_version(request.version, workspace.project(), tags);
    if (!named)
        return fail(Error::Kind::usage, '`' + request.version + "` is no version",
                    "name it as v1.2.0, or major, minor, patch, rc");
    return std::move(*named);
}

}  // namespace lockstep::release
