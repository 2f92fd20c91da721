#include "release/plan.h"

#include <algorithm>
#include <ctime>
#include <set>
#include <utility>

#include "base/glob.h"
#include "oci/reference.h"
#include "release/candidate.h"
#include "release/choose_version.h"
#include "release/judged.h"
#include "release/published_charts.h"
#include "release/replaced.h"
#include "verify/references.h"

namespace lockstep::release {

namespace {

constexpr std::string_view heads = "refs/heads/";
constexpr std::string_view tags = "refs/tags/";

/// "2026-11-28", UTC.
std::string date_of(std::int64_t time) {
    const std::time_t seconds = time;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::string text(11, '\0');
    text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts));
    return text;
}

Result<std::string> branch_of(const Request& request, const git::RemoteRefs& remote,
                              const std::string& title) {
    const std::string ref =
        request.branch.empty() ? remote.head : std::string(heads) + request.branch;
    if (ref.empty())
        return fail(Error::Kind::usage, "`" + title + "` has no default branch",
                    "name the branch to release from with --branch");
    if (!remote.refs.contains(ref))
        return fail(Error::Kind::not_found,
                    "`" + title + "` has no branch `" + ref.substr(heads.size()) + '`',
                    "push it first: a release is made from what the remote has");
    return ref;
}

Result<void> check_branch(const std::string& ref, const std::string& default_branch,
                          const project::Project& project) {
    const std::string name = ref.substr(heads.size());
    const std::vector<std::string>& globs = project.release.branches;
    const bool is_allowed = globs.empty()
                                ? ref == default_branch || matches_glob("release-*", name)
                                : std::ranges::any_of(globs, [&](const std::string& glob) {
                                      return matches_glob(glob, name);
                                  });
    if (is_allowed) return {};
    return fail(Error::Kind::usage, "releases are not made from the branch `" + name + '`',
                "lockstep.yaml says which in release.branches");
}

/// "registry/path" after Docker's defaults.
Result<std::string> full_name(const std::string& image) {
    const oci::Reference reference = TRY(oci::Reference::parse(image));
    return reference.registry() + '/' + reference.path();
}

/// The tag by which the manifests of the judged commit name an image.
Result<std::string> image_tag(const project::Image& image, const JudgedCommit& judged,
                              const Chosen& chosen) {
    const std::string name = TRY(full_name(image.name), "images of lockstep.yaml");
    std::set<std::string> found;
    for (const verify::Judged& place : judged.verdict().declarations) {
        const auto named = verify::named_by(place);
        if (!named || named->tagged.empty()) continue;
        const oci::Reference reference = TRY(oci::Reference::parse(named->tagged));
        if (reference.registry() + '/' + reference.path() == name) found.insert(reference.tag());
    }
    if (found.size() > 1)
        return fail(Error::Kind::usage,
                    "the manifests name `" + image.name + "` by two tags: `" + *found.begin() +
                        "` and `" + *found.rbegin() + '`',
                    "make them agree");
    if (!found.empty()) return *found.begin();
    const std::string tag = image.tag ? image.tag->format(chosen.version) : chosen.tag;
    return replaced(replaced(tag, "+", "-"), "/", "-");
}

Result<Item> item_of(const project::Image& image, const JudgedCommit& judged, const Chosen& chosen,
                     const std::string& built_from) {
    const std::string staging = image.staging.empty() ? image.name + "-staging" : image.staging;
    const std::string stage = replaced(replaced(chosen.tag, "/", "-"), "+", "-");
    return Item{.kind = Item::Kind::image,
                .name = image.name,
                .staging = staging + ':' + stage + '-' + built_from.substr(0, 12),
                .published = image.name + ':' + TRY(image_tag(image, judged, chosen)),
                .digest = {},
                .platforms = {}};
}

Result<Item> item_of(const project::Chart& chart, const JudgedCommit& judged,
                     const std::string& built_from) {
    const std::string published = TRY(chart_reference(*judged.tree, chart));
    const std::size_t colon = published.rfind(':');
    return Item{.kind = Item::Kind::chart,
                .name = chart.path,
                .staging = published.substr(0, colon) + "-staging" + published.substr(colon) + '-' +
                           built_from.substr(0, 12),
                .published = published,
                .digest = {},
                .platforms = {}};
}

Result<std::vector<Item>> items_of(const JudgedCommit& judged, const Chosen& chosen,
                                   const State& state) {
    std::vector<Item> items;
    for (const project::Image& image : judged.project().images) {
        if (image.component != chosen.component) continue;
        if (image.build.driver == project::Build::Driver::none && state.origin.empty())
            return fail(Error::Kind::usage, "nothing says how `" + image.name + "` is built",
                        "give it `build: {command: …}`, `{layout: …}` or `{external: true}` in "
                        "lockstep.yaml");
        items.push_back(TRY(item_of(image, judged, chosen, state.built_from())));
    }
    for (const project::Chart* const chart :
         charts_published_with(judged.project(), chosen.component))
        items.push_back(TRY(item_of(*chart, judged, state.built_from())));
    return items;
}

std::unexpected<Error> taken(const std::string& what, const std::string& hint) {
    return fail(Error::Kind::conflict, what, hint);
}

std::string when_and_who(const State& state) {
    return "by " + state.runner + ", " + date_of(state.changed);
}

/// What a state that is there means to whoever wants to release `source` under its tag.
Result<void> check_begun(const Entry& entry, const git::ObjectId& source) {
    const State& state = entry.state;
    if (state.step == Step::burned)
        return taken('`' + state.tag + "` is spent: " + state.reason, "release the next version");
    if (state.source == source.hex() || state.commit == source.hex() ||
        state.merged == source.hex())
        return {};
    if (state.step == Step::published || state.step == Step::recorded)
        return taken('`' + state.tag + "` is published, from commit " + state.source + ' ' +
                         when_and_who(state),
                     "what is published never changes: release the next version");
    return taken('`' + state.tag + "` is being released from commit " + state.source + ": " +
                     std::string(to_string(state.step)) + ' ' + when_and_who(state),
                 "`lockstep release resume " + state.tag +
                     "` carries on, `lockstep release abort " + state.tag + "` gives up");
}

Result<void> check_free(const git::RemoteRefs& remote, const std::string& tag,
                        const std::string& title) {
    const std::string ref = std::string(tags) + tag;
    const auto found = remote.refs.find(ref);
    if (found == remote.refs.end()) return {};
    return taken("tag `" + tag + "` is in `" + title + "` already, at " + found->second.hex(),
                 "what is published never changes: release the next version");
}

Result<State> first_state(Site& site, const Request& request, const project::Project& project,
                          const Chosen& chosen) {
    const git::Person person = TRY(site.draft().identity());
    State state;
    state.step = Step::prepared;
    state.tag = chosen.tag;
    state.version = chosen.version.str();
    state.component = chosen.component;
    state.mode = project.release.mode == project::Release::Mode::digest ? "digest" : "tag";
    state.candidate = candidate_of(chosen.tag, project);
    state.origin = request.origin;
    state.person = person.name;
    state.email = person.email;
    state.time = site.setting().now();
    return state;
}

/// In digest mode no digest is known yet: zeros stand for each.
std::map<std::string, std::string, std::less<>> unknown_digests(const State& state,
                                                                const project::Project& project) {
    std::map<std::string, std::string, std::less<>> digests;
    if (state.mode != "digest") return digests;
    for (const project::Image& image : project.images)
        if (image.component == state.component)
            digests[image.name] = "sha256:" + std::string(64, '0');
    return digests;
}

}  // namespace

Result<edit::Edits> make_edits(const State& state, const JudgedCommit& judged,
                               std::map<std::string, std::string, std::less<>> digests) {
    project::Project project = judged.project();
    // What is unreleased there is the product's: a component does not take it.
    if (!state.component.empty()) project.release.changelog.clear();
    return edit::plan(*judged.tree, judged.audit, project,
                      {.tag = state.tag,
                       .version = state.version,
                       .date = date_of(state.time),
                       .digests = std::move(digests),
                       .may_add_entries = project.release.may_add_entries});
}

Result<git::ObjectId> make_commit(Site& site, const State& state, const project::Project& project,
                                  const edit::Edits& edits) {
    const git::ObjectId source = object_id(state.source);
    if (edits.files.empty()) return source;
    std::vector<git::TreeChange> changes;
    for (const edit::FileEdit& file : edits.files)
        changes.push_back({.path = file.path, .bytes = *file.after});
    const git::Commit commit = TRY(site.journal().repository().resolve(state.source));
    const git::ObjectId tree = TRY(site.draft().write_tree(commit.tree, changes));
    const git::Person person{state.person, state.email, state.time};
    return site.draft().write_commit({.tree = tree,
                                      .parents = {source},
                                      .message = message_of(state, project),
                                      .author = person,
                                      .committer = person,
                                      .sign = signing(project)});
}

std::string candidate_of(const std::string& tag, const project::Project& project) {
    return replaced(project.release.candidate, "{tag}", tag);
}

std::string message_of(const State& state, const project::Project& project) {
    return replaced(replaced(project.release.message, "{tag}", state.tag), "{version}",
                    state.version) +
           '\n';
}

git::Sign signing(const project::Project& project) {
    switch (project.release.sign) {
        case project::Release::Sign::always:
            return git::Sign::always;
        case project::Release::Sign::never:
            return git::Sign::never;
        case project::Release::Sign::automatic:
            break;
    }
    return git::Sign::configured;
}

namespace {

/// The edits, the commit and the images of a plan whose state says what is released from what.
Result<void> fill(Site& site, Plan& plan, const Chosen& chosen,
                  const std::optional<record::Record>& candidate) {
    State& state = plan.state;
    const auto judged = TRY(judge_commit(site, object_id(state.source), state));
    const project::Project& project = judged->project();
    plan.edits = TRY(make_edits(state, *judged, unknown_digests(state, project)));
    plan.notices = plan.edits.notices;
    if (!state.component.empty() && !project.release.changelog.empty())
        plan.notices.push_back('`' + project.release.changelog +
                               "` is the product's, and is left alone");
    const git::ObjectId commit = TRY(make_commit(site, state, project, plan.edits));
    const auto edited = TRY(judge_commit(site, commit, state));
    TRY(require_consistent(*edited, "the release", Need::declarations));
    if (state.mode == "tag") state.commit = commit.hex();
    state.items = TRY(items_of(*edited, chosen, state));
    if (!candidate) return {};
    for (Item& item : state.items) {
        if (item.kind != Item::Kind::image) continue;
        const auto image = std::ranges::find(project.images, item.name, &project::Image::name);
        item = TRY(item_of_candidate(site, *candidate, *image, item));
    }
    return {};
}

}  // namespace

Result<Plan> make_plan(Site& site, const Request& request) {
    git::Draft& draft = site.draft();
    const std::string wanted[] = {std::string(heads) + "*", std::string(tags) + "*"};
    const git::RemoteRefs remote = TRY(draft.list(wanted));
    const std::string branch = TRY(branch_of(request, remote, draft.remote_title()));
    TRY(draft.fetch(std::vector<std::string>{branch, std::string(tags) + "*"}));
    git::ObjectId source = value_of(remote.refs, branch);

    workspace::Workspace workspace = TRY(site.open_at(source));
    const project::Project& project = workspace.project();
    TRY(check_branch(branch, remote.head, project));
    const Chosen chosen = TRY(choose_version(site, workspace, request, source));
    std::optional<record::Record> candidate;
    if (!request.origin.empty()) {
        // What was tested as a candidate is what becomes final, whatever the branch has by now.
        candidate = TRY(candidate_record(site, request.origin, chosen.version));
        source = object_id(candidate->commit);
    }
    Plan plan;
    plan.begun = TRY(site.journal().read(chosen.tag));
    if (plan.begun) {
        TRY(check_begun(*plan.begun, source));
        plan.state = plan.begun->state;
        return plan;
    }
    TRY(check_free(remote, chosen.tag, draft.remote_title()));
    plan.state = TRY(first_state(site, request, project, chosen));
    plan.state.source = source.hex();
    plan.state.branch = branch;
    TRY(fill(site, plan, chosen, candidate));
    return plan;
}

Result<Journal::Move> prepare(Site& site, const Plan& plan) {
    const State state = site.stamped(plan.state);
    Journal::Change change{.from = std::nullopt,
                           .to = state,
                           .record = std::nullopt,
                           .with = {{.ref = state.candidate,
                                     .expected = git::ObjectId(),
                                     .value = object_id(state.built_from())}}};
    Journal::Move move = TRY(site.journal().advance(change));
    if (move.now) return move;
    // A candidate without a state is what a push left that came apart: nobody's.
    const std::string refs[] = {state.candidate};
    change.with.front().expected = value_of(TRY(site.draft().list(refs)).refs, state.candidate);
    return site.journal().advance(change);
}

}  // namespace lockstep::release
