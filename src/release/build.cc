#include <algorithm>
#include <utility>

#include "release/builder.h"
#include "release/chart_package.h"
#include "release/item_places.h"
#include "release/judged.h"
#include "release/plan.h"
#include "release/steps.h"

namespace lockstep::release {

namespace {

const project::Image* image_named(const project::Project& project, const std::string& name) {
    const auto found = std::ranges::find(project.images, name, &project::Image::name);
    return found == project.images.end() ? nullptr : &*found;
}

/// Where layouts that builders wrote are looked for: beside the configuration that the user named,
/// else in the user's repository.
std::string layouts_folder(const Setting& setting) {
    if (!setting.configuration) return setting.directory;
    const std::string_view folder = parent_path(*setting.configuration);
    if (!folder.empty()) return std::string(folder);
    return setting.configuration->starts_with('/') ? "/" : ".";
}

/// Digest mode: the source with the pins of what was built from it.
Result<git::ObjectId> pinned_commit(Site& site, const State& state) {
    const auto judged = TRY(judge_commit(site, object_id(state.source), state));
    std::map<std::string, std::string, std::less<>> digests;
    for (const Item& item : state.items)
        if (item.kind == Item::Kind::image) digests[item.name] = item.digest;
    const edit::Edits edits = TRY(make_edits(state, *judged, std::move(digests)));
    return make_commit(site, state, judged->project(), edits);
}

/// Where the push that began the release came apart, the candidate is missing that others build.
Result<void> ensure_candidate(Site& site, const State& state) {
    const std::string refs[] = {state.candidate};
    if (TRY(site.draft().list(refs)).refs.contains(state.candidate)) return {};
    const git::RefUpdate update{state.candidate, git::ObjectId(), object_id(state.built_from())};
    TRY(site.journal().push({&update, 1}));
    return {};
}

/// Images are built one after the other; those of a release candidate are there already.
Result<void> build_images(Site& site, const Entry& entry, const project::Project& project,
                          State& state) {
    if (!state.origin.empty()) return {};
    Builder builder(site, entry.state, layouts_folder(site.setting()));
    for (Item& item : state.items) {
        if (item.kind != Item::Kind::image) continue;
        const project::Image* const image = image_named(project, item.name);
        if (image == nullptr)
            return fail(
                Error::Kind::usage,
                "lockstep.yaml has no image `" + item.name + "`, which the release began with",
                "name a configuration that has it with -c, or abort the release");
        if (image->build.driver == project::Build::Driver::external)
            TRY(ensure_candidate(site, entry.state));
        item = TRY(builder.build(*image, item));
        site.note("build", item.name + ' ' + item.digest);
    }
    return {};
}

/// Charts hold the manifests, so they are packaged from the release commit in both modes.
Result<void> package_charts(Site& site, State& state) {
    for (Item& item : state.items) {
        if (item.kind != Item::Kind::chart) continue;
        const ChartPackage package =
            TRY(package_chart(site, object_id(state.commit), item.name, state.time));
        item.digest = TRY(push_chart(TRY(staged(site, item)), package),
                          "staging the chart `" + item.name + '`');
        site.note("build", item.staging + ' ' + item.digest);
    }
    return {};
}

}  // namespace

Result<Journal::Move> build(Site& site, const Entry& entry) {
    State state = entry.state;
    const project::Project& project = TRY(site.project_at(object_id(state.source)));
    TRY(build_images(site, entry, project, state));
    if (state.mode == "digest") state.commit = TRY(pinned_commit(site, state)).hex();
    TRY(package_charts(site, state));
    state.step = Step::built;
    return site.journal().advance({.from = entry, .to = site.stamped(std::move(state))});
}

}  // namespace lockstep::release
