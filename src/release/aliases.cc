#include "release/aliases.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "release/item_places.h"
#include "release/replaced.h"
#include "version/style.h"
#include "workspace/tags.h"

namespace lockstep::release {

namespace {

/// The final releases of a component (empty: of the product) that the remote has tags of.
Result<std::vector<version::Version>> published_versions(Site& site,
                                                         const project::Project& project,
                                                         const std::string& component) {
    TRY(site.draft().fetch(std::vector<std::string>{"refs/tags/*"}));
    const std::vector<git::Tag> tags = TRY(site.journal().repository().tags());
    std::vector<version::Version> versions;
    for (const evidence::Release& release :
         workspace::sort_tags(tags, project, project.name).releases)
        if (release.component == component && release.version && !release.version->is_prerelease())
            versions.push_back(*release.version);
    return versions;
}

}  // namespace

std::string alias_for(const std::string& pattern, const version::Version& version) {
    if (version.is_prerelease()) return {};
    std::string alias = replaced(pattern, "{major}", std::to_string(version.major()));
    alias = replaced(std::move(alias), "{minor}", std::to_string(version.minor()));
    alias = replaced(std::move(alias), "{patch}", std::to_string(version.patch()));
    // No image tag holds a "+".
    return replaced(replaced(std::move(alias), "{version}", version.str()), "+", "-");
}

namespace {

/// What may be the tag of a release does not move.
bool is_whole_version(const std::string& alias) {
    const auto written = version::read_written(alias);
    return written && written->version.number_count() >= 3;
}

}  // namespace

Result<void> move_aliases(Site& site, const State& state, const project::Project& project) {
    if (project.release.aliases.empty()) return {};
    const version::Version version = TRY(version::Version::parse(state.version));
    const std::vector<version::Version> others =
        TRY(published_versions(site, project, state.component));
    for (const std::string& pattern : project.release.aliases) {
        const std::string alias = alias_for(pattern, version);
        const bool is_newest =
            !alias.empty() && std::ranges::none_of(others, [&](const version::Version& other) {
                return other > version && alias_for(pattern, other) == alias;
            });
        if (!is_newest) continue;
        for (const Item& item : state.items) {
            if (item.kind != Item::Kind::image) continue;
            const Held place = TRY(published(site, item));
            const images::ManifestName names[] = {place.by_digest(item.digest)};
            const images::RawManifest manifest =
                TRY(std::move(place.store->read_manifests(names).front()));
            TRY(place.store->write_manifest({place.reference.path(), alias}, manifest,
                                            is_whole_version(alias)
                                                ? images::Store::IfExists::refuse
                                                : images::Store::IfExists::replace),
                "moving the alias `" + alias + '`');
            site.note("record", item.name + ':' + alias + ' ' + item.digest);
        }
    }
    return {};
}

}  // namespace lockstep::release
