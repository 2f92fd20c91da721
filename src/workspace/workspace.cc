#include "workspace/workspace.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "git/cached_refs.h"
#include "git/remote.h"
#include "git/work_tree.h"
#include "manifest/remote_url.h"
#include "manifest/yaml_file.h"
#include "os/directory.h"
#include "os/environment.h"
#include "os/file.h"
#include "os/parallel.h"
#include "version/style.h"
#include "workspace/commits.h"
#include "workspace/configuration.h"
#include "workspace/identity.h"
#include "workspace/prefetch.h"
#include "workspace/records.h"
#include "workspace/remote_bases.h"
#include "workspace/remote_files.h"
#include "workspace/selection.h"
#include "workspace/tags.h"
#include "workspace/tree_reader.h"

namespace lockstep::workspace {

namespace {

/// Trees whose files are brought into memory together: enough to make round trips rare, few enough
/// to fit the object cache.
constexpr std::size_t chunk = 128;

/// A version as people type it: "v1.2.3", "1.2.3", or a whole tag.
Result<std::optional<version::Version>> parse_expected(std::string_view text) {
    if (text.empty()) return std::nullopt;
    auto written = version::read_written(text);
    if (!written)
        return fail(Error::Kind::usage, "`" + std::string(text) + "` is no version",
                    "write it as --expect v1.2.3");
    return std::move(written->version);
}

/// The release of that tag, else the product's of that version; null where there is none.
const evidence::Release* release_called(std::string_view name, const SortedTags& sorted) {
    for (const evidence::Release& release : sorted.releases)
        if (release.tag == name) return &release;
    if (const auto written = version::read_written(name))
        for (const evidence::Release& release : sorted.releases)
            if (release.component.empty() && release.version == written->version) return &release;
    return nullptr;
}

TreeReader::Evidence unreadable(Error error) {
    evidence::Tree tree;
    tree.gaps.push_back({manifest::Surface::yaml, {}, std::move(error), {}});
    return std::make_shared<const evidence::Tree>(std::move(tree));
}

TreeReader::Evidence or_unreadable(Result<TreeReader::Evidence>&& read) {
    return read ? std::move(*read) : unreadable(std::move(read.error()));
}

/// The files of a plain folder are judged as they stand. Those of a repository that could not be
/// opened are not: what it ignores would be judged, and its tags would not.
Result<void> check_plain(const std::string& directory) {
    if (!os::find_program("git"))
        return fail(Error::Kind::unavailable, "there is no `git` on PATH",
                    "install git 2.36 or newer");
    const auto files = TRY(os::Directory::open(directory));
    if (TRY(files->stat(".git")).kind != FileTree::Kind::absent)
        return fail(Error::Kind::corrupt, "git does not take `" + directory + "` for a repository",
                    "it has a `.git`: `git -C " + directory + " status` tells what is wrong");
    return {};
}

}  // namespace

struct Workspace::State {
    Options options;
    project::Project project;
    std::optional<std::string> configuration_folder;
    std::optional<git::Repository> repository;
    Identity identity;
    std::optional<git::Commit> commit;  // of a remote URL: the only revision there is
    std::string ref;                    // as the URL names it
    std::string repository_url;         // of its repository, with what credentials it has
    std::unique_ptr<RemoteBases> remote_bases;
    std::unique_ptr<RemoteFiles> remote_files;
    std::optional<TreeReader> reader;
    kustomize::Documents documents;

    Result<void> prepare();
    Result<void> find_project();

    evidence::History history() const;
    Result<std::vector<git::Tag>> tags();
    void read(SortedTags& sorted, const std::vector<bool>& wanted);
    evidence::History history_of(SortedTags sorted, const std::vector<bool>& judged, bool learn);
    std::vector<TreeReader::Evidence> read(std::span<const git::ObjectId> trees);
    TreeReader::Input input(const git::ObjectId& tree);
    Result<evidence::History> tagged(SortedTags sorted, std::size_t at,
                                     std::optional<version::Version> expected);
    Result<std::shared_ptr<const FileTree>> files_on_disk() const;
    evidence::History single(SortedTags sorted, evidence::Release release);
    kustomize::Options rendering();
    Result<Revision> revision(std::string_view name, const SortedTags& sorted);
    Result<void> add_remote_records(const std::set<std::string, std::less<>>& tags,
                                    evidence::SeenRecords& records);
    void render_recorded(evidence::History& history);
};

Result<void> Workspace::State::find_project() {
    if (options.configuration) {
        project = TRY(read_configuration(*options.configuration));
        const std::string folder(parent_path(*options.configuration));
        const bool is_absolute = options.configuration->starts_with('/');
        configuration_folder = !folder.empty() ? folder : is_absolute ? "/" : ".";
    } else if (repository && repository->work_tree()) {
        configuration_folder = *repository->work_tree();
    } else if (repository) {
        const auto head = commit ? Result<git::Commit>(*commit) : repository->resolve(options.at);
        // A repository without a commit has no configuration either.
        if (head) project = TRY(find_configuration(*repository->tree(head->tree)));
    } else {
        configuration_folder = options.directory;
    }
    if (configuration_folder && !options.configuration)
        project = TRY(find_configuration(*TRY(os::Directory::open(*configuration_folder))));
    return {};
}

Result<void> Workspace::State::prepare() {
    TRY(find_project());
    identity = repository ? TRY(identify(*repository)) : identify_folder(options.directory);
    if (!project.name.empty()) identity.name = project.name;
    remote_bases = std::make_unique<RemoteBases>(
        repository ? &*repository : nullptr,
        RemoteBases::Options{.repository = identity.repository,
                             .cache_directory = options.cache_directory,
                             .fetch = options.remote_bases,
                             .offline = options.offline});
    remote_files = std::make_unique<RemoteFiles>(
        RemoteFiles::Options{.fetch = options.remote_bases,
                             .offline = options.offline,
                             .may_reach_private = options.may_reach_private});
    TreeReader::Options reading;
    reading.surfaces = options.surfaces;
    if (options.helm_render)
        reading.helm = TRY(os::find_program("helm"), "--helm-render needs helm");
    if (options.only_directory)
        options.only = repository ? TRY(join_path({}, repository->prefix())) : std::string();
    if (options.only) {
        reading.is_limited = true;
        reading.only = *options.only;
    }
    reading.load_remote = [bases = remote_bases.get()](std::string_view url) {
        return bases->load(url);
    };
    reading.load_file = [files = remote_files.get()](std::string_view url) {
        return files->load(url);
    };
    reading.threads = options.jobs == 0 ? os::available_cores() : options.jobs;
    reader.emplace(project, std::move(reading));
    return {};
}

evidence::History Workspace::State::history() const {
    evidence::History history;
    history.project = identity.name;
    history.project_source = identity.source;
    history.repository = identity.repository;
    if (options.helm_render)
        history.notices.push_back("charts are rendered with the installed helm");
    if (repository && repository->is_shallow())
        history.notices.push_back(
            "this clone is shallow: releases that it does not hold are not seen (`git fetch "
            "--unshallow --tags`)");
    return history;
}

Result<std::vector<git::Tag>> Workspace::State::tags() {
    if (repository) return repository->tags();
    return std::vector<git::Tag>();
}

TreeReader::Input Workspace::State::input(const git::ObjectId& tree) {
    return {.files = repository->tree(tree), .id = std::string(tree.bytes())};
}

std::vector<TreeReader::Evidence> Workspace::State::read(std::span<const git::ObjectId> trees) {
    auto files = prefetch_directories(*repository, trees);
    if (!files) return {trees.size(), unreadable(std::move(files.error()))};
    // Git hands over the files while those that have come are read.
    auto fetching = repository->start_prefetch(std::move(*files));
    std::vector<TreeReader::Input> inputs;
    for (const git::ObjectId& tree : trees) inputs.push_back(input(tree));
    auto read = reader->read(inputs);
    const Result<void> fetched = fetching.get();
    if (!fetched) return {trees.size(), unreadable(fetched.error())};
    std::vector<TreeReader::Evidence> evidence;
    for (auto& each : read) evidence.push_back(or_unreadable(std::move(each)));
    return evidence;
}

/// Each tree once, for all releases that have it.
void Workspace::State::read(SortedTags& sorted, const std::vector<bool>& wanted) {
    std::unordered_map<git::ObjectId, TreeReader::Evidence, git::HashObjectId> known;
    std::vector<const git::Tag*> pending;  // the first tag of each tree
    for (std::size_t at = 0; at < wanted.size(); ++at)
        if (wanted[at] && known.try_emplace(sorted.tags[at]->tree).second)
            pending.push_back(sorted.tags[at]);
    for (std::size_t begin = 0; begin < pending.size(); begin += chunk) {
        const std::size_t end = std::min(begin + chunk, pending.size());
        std::vector<git::ObjectId> trees;
        for (std::size_t at = begin; at < end; ++at) trees.push_back(pending[at]->tree);
        auto evidence = read(trees);
        for (std::size_t at = 0; at < trees.size(); ++at)
            known[trees[at]] = std::move(evidence[at]);
        if (options.progress) options.progress(end, pending.size(), pending[end - 1]->name);
    }
    for (std::size_t at = 0; at < wanted.size(); ++at)
        if (wanted[at]) sorted.releases[at].tree = known[sorted.tags[at]->tree];
}

evidence::History Workspace::State::history_of(SortedTags sorted, const std::vector<bool>& judged,
                                               bool learn) {
    std::vector<bool> wanted = judged;
    if (learn && project.images.empty()) add_neighbours(sorted, wanted);
    read(sorted, wanted);
    evidence::History history = this->history();
    for (std::size_t at = 0; at < sorted.releases.size(); ++at)
        sorted.releases[at].is_context = !judged[at];
    history.releases = std::move(sorted.releases);
    history.tag_families = std::move(sorted.families);
    history.other_tags = std::move(sorted.others);
    std::ranges::move(sorted.notices, std::back_inserter(history.notices));
    return history;
}

Result<Workspace> Workspace::open(Options options) {
    auto state = std::make_unique<State>();
    state->options = std::move(options);
    auto repository = git::Repository::open(
        state->options.directory, {.offline = state->options.offline, .whole_history = true});
    if (repository) {
        state->repository = std::move(*repository);
    } else if (repository.error().kind != Error::Kind::not_found ||
               !os::is_directory(state->options.directory)) {
        return std::unexpected<Error>(std::move(repository.error()));
    } else {
        TRY(check_plain(state->options.directory));
    }
    TRY(state->prepare());
    return Workspace(std::move(state));
}

Result<Workspace> Workspace::open_url(std::string_view url, Options options) {
    const auto remote = TRY(git::parse_remote_url(url));
    if (!remote)
        return fail(
            Error::Kind::usage,
            "`" + std::string(url) + "` is neither a directory nor a URL that kubectl takes",
            "write it as https://host/owner/repo//directory?ref=v1.2.3");
    git::Fetched fetched = TRY(git::fetch(
        *remote, {.cache_directory = options.cache_directory, .offline = options.offline}));
    auto state = std::make_unique<State>();
    state->options = std::move(options);
    if (!state->options.whole_tree) state->options.only = remote->path;
    state->repository = std::move(fetched.repository);
    state->commit = fetched.commit;
    state->ref = remote->ref;
    state->repository_url = remote->repository;
    TRY(state->prepare());
    // The cache's folder says nothing about the project; the URL does, a file:// one too.
    if (state->project.name.empty()) {
        const auto named = manifest::parse_remote_url(url);
        state->identity =
            named && !named->repository.empty()
                ? Identity{std::string(file_name(named->repository)), "the URL", named->repository}
                : identify_folder(remote->repository);
        state->identity.source = "the URL";
    }
    return Workspace(std::move(state));
}

Result<Workspace> Workspace::open_apart(Options options) {
    auto state = std::make_unique<State>();
    state->options = std::move(options);
    if (state->options.configuration) TRY(state->find_project());
    const std::string& name = state->project.name;
    state->identity = {.name = name.empty() ? "standard input" : name,
                       .source = "lockstep.yaml",
                       .repository = {}};
    return Workspace(std::move(state));
}

Workspace::Workspace(std::unique_ptr<State> state) : state_(std::move(state)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

const project::Project& Workspace::project() const {
    return state_->project;
}

const std::string& Workspace::name() const {
    return state_->identity.name;
}

const std::optional<std::string>& Workspace::configuration_folder() const {
    return state_->configuration_folder;
}

git::Repository* Workspace::repository() {
    return state_->repository ? &*state_->repository : nullptr;
}

Result<evidence::History> Workspace::history(const Range& range) {
    if (!state_->repository)
        return fail(
            Error::Kind::usage,
            "`" + state_->options.directory + "` is no Git repository, so it has no history",
            "name a repository with -C");
    const std::vector<git::Tag> tags = TRY(state_->tags());
    SortedTags sorted = sort_tags(tags, state_->project, state_->identity.name);
    std::vector<bool> judged = TRY(select(sorted, range));
    return state_->history_of(std::move(sorted), judged, true);
}

Result<evidence::History> Workspace::State::tagged(SortedTags sorted, std::size_t at,
                                                   std::optional<version::Version> expected) {
    std::vector<bool> judged(sorted.releases.size(), false);
    judged[at] = true;
    if (expected) sorted.releases[at].version = std::move(expected);
    return history_of(std::move(sorted), judged, true);
}

/// A history of which `release`, which no tag names, is the only one judged.
evidence::History Workspace::State::single(SortedTags sorted, evidence::Release release) {
    const std::vector<bool> judged(sorted.releases.size(), false);
    evidence::History history = history_of(std::move(sorted), judged, true);
    history.releases.push_back(std::move(release));
    return history;
}

Result<evidence::History> Workspace::release(std::string_view revision, std::string_view expect) {
    State& state = *state_;
    if (!state.repository)
        return fail(
            Error::Kind::usage,
            "`" + state.options.directory + "` is no Git repository, so it has no revisions",
            "leave out the revision to verify the files as they stand");
    std::optional<version::Version> expected = TRY(parse_expected(expect));
    const std::vector<git::Tag> tags = TRY(state.tags());
    SortedTags sorted = sort_tags(tags, state.project, state.identity.name);
    const auto tag = std::ranges::find_if(
        sorted.releases, [&](const evidence::Release& release) { return release.tag == revision; });
    if (tag != sorted.releases.end()) {
        const auto at = static_cast<std::size_t>(tag - sorted.releases.begin());
        return state.tagged(std::move(sorted), at, std::move(expected));
    }

    Result<git::Commit> resolved =
        state.commit ? Result<git::Commit>(*state.commit) : state.repository->resolve(revision);
    if (!resolved) return with_nearest(std::move(resolved.error()), revision, sorted);
    const git::Commit commit = *resolved;
    if (const auto only = only_release_at(commit, sorted); only && !expected && !state.commit)
        return state.tagged(std::move(sorted), *only, std::nullopt);
    evidence::Release release;
    if (state.commit) {
        release.tag = state.ref;
        if (!expected)
            if (auto written = version::read_written(state.ref))
                expected = std::move(written->version);
    }
    release.version = std::move(expected);
    release.commit = commit.id.hex();
    release.time = commit.time;
    release.tree = or_unreadable(state.reader->read(state.input(commit.tree)));
    return state.single(std::move(sorted), std::move(release));
}

/// What a commit of everything would hold; all files where nobody says what belongs to them.
Result<std::shared_ptr<const FileTree>> Workspace::State::files_on_disk() const {
    if (repository) return TRY(git::WorkTree::open(*repository));
    return TRY(os::Directory::open(options.directory, {.hidden = {".git"}}));
}

Result<evidence::History> Workspace::work_tree(std::string_view expect) {
    State& state = *state_;
    evidence::Release release;
    release.version = TRY(parse_expected(expect));
    const bool bare = state.repository && !state.repository->work_tree();
    if (bare)
        return fail(Error::Kind::usage,
                    "`" + state.options.directory + "` is a bare repository: it has no work tree",
                    "name a revision: `lockstep verify HEAD --expect v1.2.3`");
    const std::shared_ptr<const FileTree> files = TRY(state.files_on_disk());
    release.tree = or_unreadable(state.reader->read({.files = files, .id = {}}));
    SortedTags sorted;
    std::vector<git::Tag> tags;
    if (state.repository) {
        tags = TRY(state.tags());
        sorted = sort_tags(tags, state.project, state.identity.name);
    }
    return state.single(std::move(sorted), std::move(release));
}

Result<evidence::History> Workspace::given(const Blob& manifests, std::string_view title,
                                           std::string_view expect) {
    State& state = *state_;
    evidence::Release release;
    release.version = TRY(parse_expected(expect));
    release.title = title;
    evidence::Unit unit{.kind = evidence::Unit::Kind::file, .path = "<stdin>", .facts = {}};
    unit.facts =
        manifest::read_manifests(unit.path, manifests, {.fields = fields_of(state.project)});
    evidence::Tree tree;
    tree.units.push_back(std::make_shared<const evidence::Unit>(std::move(unit)));
    release.tree = std::make_shared<const evidence::Tree>(std::move(tree));
    const std::vector<git::Tag> tags = TRY(state.tags());
    SortedTags sorted;
    if (state.repository) sorted = sort_tags(tags, state.project, state.identity.name);
    return state.single(std::move(sorted), std::move(release));
}

void Workspace::use_images(std::vector<project::Image> images) {
    state_->project.images = std::move(images);
}

void Workspace::add_commits(evidence::History& history) {
    if (!state_->repository) return;
    add_named_commits(*state_->repository, history);
    add_parents(*state_->repository, history);
}

Result<std::string> Workspace::tag_of(std::string_view name) {
    State& state = *state_;
    const std::vector<git::Tag> tags = TRY(state.tags());
    const SortedTags sorted = sort_tags(tags, state.project, state.identity.name);
    if (const evidence::Release* const release = release_called(name, sorted)) return release->tag;
    return with_nearest(Error{.kind = Error::Kind::not_found,
                              .message = '`' + std::string(name) + "` is no release",
                              .hint = "`git fetch --tags` brings tags that are missing here",
                              .at = {}},
                        name, sorted);
}

Result<Revision> Workspace::State::revision(std::string_view name, const SortedTags& sorted) {
    const evidence::Release* const found = release_called(name, sorted);
    const Result<git::Commit> resolved =
        repository->resolve(found == nullptr ? name : found->commit);
    if (!resolved) return with_nearest(resolved.error(), name, sorted);
    Revision revision{.release = {}, .files = repository->tree(resolved->tree)};
    if (found != nullptr) {
        revision.release = *found;
    } else {
        revision.release.commit = resolved->id.hex();
        revision.release.time = resolved->time;
    }
    return revision;
}

Result<RevisionPath> Workspace::path(std::string_view from, std::string_view to) {
    State& state = *state_;
    if (!state.repository)
        return fail(
            Error::Kind::usage,
            "`" + state.options.directory + "` is no Git repository, so it has no revisions",
            "name a repository with -C");
    const std::vector<git::Tag> tags = TRY(state.tags());
    const SortedTags sorted = sort_tags(tags, state.project, state.identity.name);
    RevisionPath path{.from = TRY(state.revision(from, sorted)), .to = {}, .releases = {}};
    path.to = TRY(state.revision(to, sorted));
    const evidence::Release& first = path.from.release;
    const evidence::Release& last = path.to.release;
    if (!first.version || !last.version || first.component != last.component) return path;
    for (const evidence::Release& release : sorted.releases)
        if (release.component == last.component && release.version > first.version &&
            release.version <= last.version)
            path.releases.push_back(release);
    return path;
}

Result<std::string> Workspace::tag_message(const evidence::Release& release) {
    if (!release.annotated || !state_->repository) return std::string();
    return state_->repository->tag_message(release.tag_object);
}

Result<kustomize::Rendering> Workspace::render(const FileTree& files, std::string_view directory) {
    return kustomize::render(files, directory, state_->rendering());
}

Result<evidence::SeenManifests> Workspace::render(const evidence::Release& release,
                                                  std::span<const std::string> roots) {
    State& state = *state_;
    const git::Commit commit = TRY(state.repository->resolve(release.commit));
    const auto tree = state.repository->tree(commit.tree);
    evidence::SeenManifests manifests;
    for (const std::string& root : roots)
        manifests.emplace(root, render_manifest(*tree, root, state.rendering()));
    return manifests;
}

kustomize::Options Workspace::State::rendering() {
    return {.load_remote = [this](std::string_view url) { return remote_bases->load(url); },
            .load_file = [this](std::string_view url) { return remote_files->load(url); },
            .documents = &documents};
}

/// `tags`: those that no record is here of.
Result<void> Workspace::State::add_remote_records(const std::set<std::string, std::less<>>& tags,
                                                  evidence::SeenRecords& records) {
    if (options.offline)
        return fail(Error::Kind::unavailable, "nothing may be fetched", "run without --offline");
    const git::CachedRefsRequest request = {
        .directory = options.directory,
        .pattern =
            (tags.size() == 1 ? record::ref_of(*tags.begin()) : std::string(record::ref_prefix)) +
            '*',
        .cache_directory = options.cache_directory};
    std::optional<git::Repository> cached;
    if (repository_url.empty())
        cached = TRY(git::fetch_remote_refs(request));
    else
        cached = TRY(git::fetch_refs_of(repository_url, request));
    if (!cached) return {};
    records.merge(
        TRY(read_records(*cached, [&](std::string_view tag) { return tags.contains(tag); })));
    return {};
}

/// Each recorded kustomization once for all releases that have the same tree.
void Workspace::State::render_recorded(evidence::History& history) {
    std::map<std::pair<git::ObjectId, std::string>, evidence::SeenManifest> known;
    for (const evidence::Release& release : history.releases) {
        const auto seen = history.records.find(release.tag);
        if (release.is_context || seen == history.records.end() || !seen->second.record) continue;
        const auto tagged = repository->resolve(release.commit);
        for (const record::Manifest& manifest : seen->second.record->manifests) {
            evidence::SeenManifest& now = seen->second.manifests[manifest.root];
            if (!tagged) {
                now.reason = to_string(tagged.error());
                continue;
            }
            const auto [at, is_new] = known.try_emplace({tagged->tree, manifest.root});
            if (is_new)
                at->second =
                    render_manifest(*repository->tree(tagged->tree), manifest.root, rendering());
            now = at->second;
        }
    }
}

Result<void> Workspace::add_records(evidence::History& history, RecordSource source,
                                    Recorded recorded) {
    State& state = *state_;
    std::set<std::string, std::less<>> tags;
    for (const evidence::Release& release : history.releases)
        if (!release.is_context && !release.tag.empty()) tags.insert(release.tag);
    if (!state.repository || tags.empty()) return {};
    history.records = TRY(
        read_records(*state.repository, [&](std::string_view tag) { return tags.contains(tag); }));
    std::erase_if(tags, [&](const std::string& tag) { return history.records.contains(tag); });
    if (source != RecordSource::repository && !tags.empty()) {
        const Result<void> added = state.add_remote_records(tags, history.records);
        if (!added && source == RecordSource::required)
            return std::unexpected<Error>(added.error());
        // Who forbids every call knows that nobody is called.
        if (!added && !state.options.offline)
            history.notices.push_back("the remote was not asked what it has recorded: " +
                                      added.error().message);
    }
    if (recorded == Recorded::rendered) state.render_recorded(history);
    return {};
}

}  // namespace lockstep::workspace
