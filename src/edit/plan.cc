#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "edit/edit.h"
#include "edit/planner.h"
#include "edit/wish.h"
#include "manifest/layout.h"
#include "verify/series.h"

namespace lockstep::edit {

namespace {

using manifest::Declaration;
using manifest::Subject;

std::string_view without_v(std::string_view text) {
    if (text.starts_with('v')) text.remove_prefix(1);
    return text;
}

/// Fields of Chart.yaml that follow the release, by chart and what they declare: what images whose
/// tag is made from them follow too.
using ChartFields = std::set<std::pair<std::string, std::string>>;

ChartFields chart_fields(const std::vector<Wish>& wishes) {
    ChartFields fields;
    for (const Wish& wish : wishes)
        if (wish.declaration->subject == Subject::app_version ||
            wish.declaration->subject == Subject::chart_version)
            fields.emplace(wish.declaration->root, without_v(wish.declaration->declared));
    return fields;
}

bool is_made_from(const Declaration& image, const ChartFields& fields) {
    return fields.contains({image.root, std::string(without_v(image.declared))});
}

std::unexpected<Error> not_following(const Declaration& declaration) {
    return fail(Error::Kind::unsupported,
                "the tag of `" + declaration.image + "` is made from Chart.yaml, which says `" +
                    declaration.declared + "` and does not follow the release",
                "say in lockstep.yaml how the chart writes `version` or `appVersion`",
                declaration.at);
}

/// The places that change, and for what.
using Changing = std::map<std::string, const Wish*>;

std::unexpected<Error> shared_place(const Wish& wish, const Declaration& other) {
    return fail(Error::Kind::conflict,
                "`" + other.declared + "` should become `" + wish.text + "` for `" +
                    name_of(*wish.declaration) + "`, and `" + other.image +
                    "`, which is not the project's own, takes its tag from the same place",
                "give each a place of its own", wish.declaration->at);
}

/// A scalar may decide for somebody else's image besides.
Result<void> check_others(const verify::ReleaseVerdict& release, const verify::Audit& audit,
                          const Changing& changing) {
    std::set<std::string_view> own;
    for (const std::string& image : audit.own_images) own.insert(verify::family(image));
    for (const auto& unit : release.release->tree->units) {
        for (const Declaration& declaration : unit->facts.declarations) {
            if (declaration.subject != Subject::image ||
                own.contains(verify::family(declaration.image)))
                continue;
            if (const auto found = changing.find(to_string(declaration.at));
                found != changing.end())
                return shared_place(*found->second, declaration);
        }
    }
    return {};
}

void add_unread(const verify::ReleaseVerdict& release, Planner& planner) {
    for (const verify::Unread& unread : release.unread)
        planner.add_notice("could not be read, so that what it declares is not edited: " +
                           to_string(unread.gap->error));
}

Result<std::vector<Wish>> wishes_of(const verify::ReleaseVerdict& release,
                                    const project::Project& project, const Options& options) {
    std::vector<Wish> wishes;
    for (const verify::Judged& judged : release.declarations)
        if (auto wish = TRY(wish_of(judged, *release.release, project, options)))
            wishes.push_back(std::move(*wish));
    return wishes;
}

/// The bases whose entries every overlay overrules: what is judged is the overlays, but a base can
/// be applied too.
Result<void> add_overruled(const FileTree& tree, const std::vector<Wish>& wishes,
                           Planner& planner) {
    Planner::Texts texts;
    for (const Wish& wish : wishes)
        if (wish.declaration->subject == Subject::image && !wish.text.empty())
            texts.emplace(wish.declaration->image, wish.text);
    if (texts.empty()) return {};
    for (const std::string& directory : TRY(manifest::find_layout(tree)).used_kustomizations)
        TRY(planner.add_overruled(directory, texts));
    return {};
}

}  // namespace

std::size_t Edits::replacements() const {
    std::size_t count = 0;
    for (const FileEdit& file : files) count += file.replacements.size();
    return count;
}

Result<Edits> plan(const FileTree& tree, const verify::Audit& audit,
                   const project::Project& project, const Options& options) {
    if (audit.releases.size() != 1 || !audit.releases.front().release->version)
        return fail(Error::Kind::usage, "edits are made for one release whose version is known");
    const verify::ReleaseVerdict& release = audit.releases.front();
    const std::vector<Wish> wishes = TRY(wishes_of(release, project, options));
    const ChartFields fields = chart_fields(wishes);
    Changing changing;
    for (const Wish& wish : wishes)
        if (!wish.is_said) changing.emplace(to_string(wish.declaration->at), &wish);
    TRY(check_others(release, audit, changing));

    Planner planner(tree, options);
    for (const Wish& wish : wishes) {
        if (wish.declaration->by_default && !wish.is_said &&
            !is_made_from(*wish.declaration, fields))
            return not_following(*wish.declaration);
        TRY(planner.add(wish));
    }
    TRY(add_overruled(tree, wishes, planner));
    if (!project.release.changelog.empty()) TRY(planner.add_changelog(project.release.changelog));
    add_unread(release, planner);
    return planner.finish();
}

}  // namespace lockstep::edit
