#include "workspace/make_record.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/glob.h"

namespace lockstep::workspace {

namespace {

using evidence::SeenImage;
using evidence::SeenManifest;

Result<record::Artifact> artifact_of(const evidence::Images& images, const std::string& reference) {
    const auto seen = images.find(reference);
    if (seen == images.end())
        return fail(Error::Kind::unavailable, "nobody asked the registry of `" + reference + '`');
    const SeenImage& image = seen->second;
    if (image.state == SeenImage::State::missing)
        return fail(Error::Kind::not_found,
                    '`' + reference + "` does not exist: `" + image.source + "` holds none");
    if (image.state == SeenImage::State::unknown)
        return fail(Error::Kind::unavailable,
                    '`' + reference + "` could not be looked at: " + image.reason);
    record::Artifact artifact{.reference = reference, .digest = image.digest, .platforms = {}};
    for (const evidence::SeenPlatform& platform : image.platforms)
        artifact.platforms.push_back({platform.name, platform.digest});
    return artifact;
}

Result<std::vector<record::Artifact>> artifacts_of(const evidence::Images& images,
                                                   const std::vector<std::string>& references) {
    std::vector<record::Artifact> artifacts;
    for (const std::string& reference : references)
        artifacts.push_back(TRY(artifact_of(images, reference)));
    std::ranges::sort(artifacts, {}, &record::Artifact::reference);
    return artifacts;
}

bool is_ignored(const std::string& root, const project::Project& project) {
    return std::ranges::any_of(project.paths, [&](const project::PathRule& rule) {
        return rule.expect == project::PathRule::Expect::ignored && matches_glob(rule.path, root);
    });
}

std::vector<std::string> roots_of(const evidence::Release& release,
                                  const project::Project& project) {
    std::vector<std::string> roots;
    if (!release.tree) return roots;
    for (const auto& unit : release.tree->units)
        if (unit->kind == evidence::Unit::Kind::kustomization && !is_ignored(unit->path, project))
            roots.push_back(unit->path);
    return roots;
}

Result<std::vector<record::Manifest>> manifests_of(Workspace& workspace,
                                                   const evidence::Release& release) {
    std::vector<record::Manifest> manifests;
    const std::vector<std::string> roots = roots_of(release, workspace.project());
    for (auto& [root, seen] : TRY(workspace.render(release, roots))) {
        if (seen.state != SeenManifest::State::found)
            return fail(Error::Kind::unavailable, "kustomization `" + (root.empty() ? "." : root) +
                                                      "` could not be rendered: " + seen.reason);
        manifests.push_back({root, std::move(seen.digest)});
    }
    return manifests;
}

}  // namespace

Result<record::Record> make_record(Workspace& workspace, const evidence::History& history,
                                   const RecordRequest& request) {
    const auto release = std::ranges::find(history.releases, false, &evidence::Release::is_context);
    CHECK(release != history.releases.end());
    if (release->tag.empty() || release->tag_object.empty() || !release->version)
        return fail(Error::Kind::usage, "a record is made of a release that has a tag",
                    "name one: `git tag` lists them");
    const git::Commit commit = TRY(workspace.repository()->resolve(release->commit));
    record::Record record;
    record.origin = request.origin;
    record.tag = release->tag;
    record.version = release->version->str();
    record.component = release->component;
    record.tag_object = release->tag_object;
    record.commit = release->commit;
    record.tree = commit.tree.hex();
    record.source = request.source;
    record.mode = request.mode;
    record.time = request.time;
    record.tool = request.tool;
    record.images = TRY(artifacts_of(history.images, request.images));
    record.charts = TRY(artifacts_of(history.images, request.charts));
    record.manifests = TRY(manifests_of(workspace, *release));
    return record;
}

}  // namespace lockstep::workspace
