#include "git/repository.h"

#include <algorithm>
#include <array>

#include "git/command.h"
#include "git/commit.h"
#include "git/discovery.h"
#include "git/location.h"
#include "git/object_reader.h"
#include "git/promisor.h"
#include "git/remote.h"
#include "git/tags.h"
#include "git/tree.h"

namespace lockstep::git {

struct Repository::State {
    std::string directory;  // where git is run
    Location location;
    std::shared_ptr<ObjectReader> reader;
    /// For names of revisions where `reader` knows objects only.
    std::optional<ObjectSource> revisions;
    /// Where the repository's files may be read without git.
    std::optional<Discovery> files;
    /// Answers that were asked for at once, until they are taken.
    std::optional<os::Running> tag_list, remote_url;

    Result<void> find(const OpenOptions& options);
    Result<void> read_partial(const OpenOptions& options);
    ObjectReader::Options reading(const OpenOptions& options) const;
    std::optional<ObjectStore> store() const;
    std::optional<std::vector<Ref>> refs_in_files(std::string_view prefix) const;
    std::optional<std::vector<Tag>> tags_in_files();
    std::optional<ObjectId> find_in_files(std::string_view revision) const;
};

namespace {

os::Command cat_file_in(const std::string& directory) {
    return git_command({"cat-file", "--batch-command", "--buffer"}, directory);
}

os::Command list_tags(const std::string& directory) {
    return git_command({"for-each-ref", tag_format, "refs/tags"}, directory);
}

/// The answer to `command`, or to the same question where it was asked before.
Result<os::Captured> answer(std::optional<os::Running>& asked, const os::Command& command) {
    if (!asked) return os::run(command);
    Result<os::Captured> captured = asked->finish();
    asked.reset();
    return captured;
}

std::unexpected<Error> no_such_revision(std::string_view revision, const std::string& directory) {
    return fail(Error::Kind::not_found,
                "`" + std::string(revision) + "` names no commit in `" + directory + '`',
                "`git fetch --tags` brings tags that are missing here");
}

bool is_one_line(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
}

}  // namespace

Repository::Repository(std::shared_ptr<State> state) : state_(std::move(state)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;
Repository::~Repository() = default;

Result<void> Repository::State::find(const OpenOptions& options) {
    files = discover(directory);
    if (files) {
        location = files->location;
        return {};
    }
    // All processes start at once: the one that says where the repository is, first, because its
    // answer is waited for; the others get ready meanwhile.
    os::Running locating = TRY(start_locating(directory));
    reader = std::make_shared<ObjectReader>(reading(options));
    const Result<void> started = reader->start();
    if (options.whole_history) {
        // Where one cannot be started, the question is asked again when it matters.
        if (auto listing = os::Running::start(list_tags(directory))) tag_list = std::move(*listing);
        if (auto asking = os::Running::start(ask_remote_url(directory)))
            remote_url = std::move(*asking);
    }
    location = TRY(read_location(TRY(locating.finish()), directory));
    return started;
}

std::optional<ObjectStore> Repository::State::store() const {
    if (!files) return std::nullopt;
    return ObjectStore(location.common_directory + "/objects", files->id_bytes);
}

ObjectReader::Options Repository::State::reading(const OpenOptions& options) const {
    return {.directory = directory,
            .cat_file = cat_file_in(directory),
            .store = store(),
            .blob_bytes_max = options.blob_bytes_max,
            .cache_bytes_max = options.cache_bytes_max};
}

/// Any question to git about a missing object would end it in a partial clone, so it reads the
/// objects there without the configuration that tells it to fetch them.
Result<void> Repository::State::read_partial(const OpenOptions& options) {
    auto home = TRY(ObjectsOnly::make(location));
    ObjectReader::Options objects = reading(options);
    objects.cat_file = home->cat_file();
    objects.kept_alive = std::move(home);
    objects.is_partial = true;
    if (!options.offline)
        objects.fetch = [where = directory](std::span<const ObjectId> missing) {
            return fetch_promised(where, missing);
        };
    reader = std::make_shared<ObjectReader>(std::move(objects));
    revisions.emplace(store(), cat_file_in(directory));
    return {};
}

Result<Repository> Repository::open(const std::string& directory, const OpenOptions& options) {
    auto state = std::make_shared<State>();
    state->directory = directory;
    TRY(state->find(options));
    if (state->location.is_partial)
        TRY(state->read_partial(options));
    else if (!state->reader)
        state->reader = std::make_shared<ObjectReader>(state->reading(options));
    return Repository(std::move(state));
}

/// The refs below a prefix, where files say them.
std::optional<std::vector<Ref>> Repository::State::refs_in_files(std::string_view prefix) const {
    if (!files) return std::nullopt;
    return read_refs(location.common_directory, prefix, files->id_bytes);
}

std::optional<std::vector<Tag>> Repository::State::tags_in_files() {
    const auto refs = refs_in_files("refs/tags/");
    if (!refs) return std::nullopt;
    return reader->tags_of(*refs);
}

/// What the two names that are asked for most mean, where files say it; null: nothing.
std::optional<ObjectId> Repository::State::find_in_files(std::string_view revision) const {
    if (!files) return std::nullopt;
    const std::string& own = location.git_directory;
    const std::string& common = location.common_directory;
    return revision == "HEAD" ? read_head(own, common, files->id_bytes)
                              : read_tag(revision, own, common, files->id_bytes);
}

Result<std::vector<Tag>> Repository::tags() {
    if (std::optional<std::vector<Tag>> tags = state_->tags_in_files()) {
        TRY(state_->reader->read(*tags));
        return std::move(*tags);
    }
    const os::Captured captured = TRY(answer(state_->tag_list, list_tags(state_->directory)));
    if (!captured.exit.ok())
        return std::unexpected<Error>(explain(captured, state_->directory, Error::Kind::corrupt));
    std::vector<Tag> tags = TRY(parse_tags(captured.out));
    TRY(state_->reader->read(tags));
    std::ranges::move(TRY(parse_tag_warnings(captured.err)), std::back_inserter(tags));
    std::ranges::sort(tags, {}, &Tag::name);
    return tags;
}

Result<std::map<std::string, ObjectId, std::less<>>> Repository::refs(std::string_view prefix) {
    std::map<std::string, ObjectId, std::less<>> refs;
    if (const auto read = state_->refs_in_files(prefix)) {
        for (const Ref& ref : *read) refs.emplace(ref.name, ref.object);
        return refs;
    }
    const std::string listed =
        TRY(run_git({"for-each-ref", "--format=%(objectname) %(refname)", std::string(prefix)},
                    state_->directory));
    for (std::string_view rest = listed; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::size_t space = line.find(' ');
        const auto id = ObjectId::parse(line.substr(0, space));
        if (!id || space == std::string_view::npos)
            return fail(Error::Kind::internal,
                        "git for-each-ref printed `" + std::string(line) + '`');
        refs.emplace(line.substr(space + 1), *id);
    }
    return refs;
}

Result<Commit> Repository::resolve(std::string_view revision) {
    if (revision.empty() || !is_one_line(revision))
        return no_such_revision(revision, state_->directory);
    const std::optional<ObjectId> named = state_->find_in_files(revision);
    if (named && named->is_null()) return no_such_revision(revision, state_->directory);
    const std::array<std::string, 1> names = {named ? named->hex() : std::string(revision)};
    const std::vector<CommitAnswer> answers =
        TRY(state_->revisions ? read_commits(*state_->revisions, names)
                              : state_->reader->commits(names));
    switch (answers[0].state) {
        case CatFile::State::found:
            return answers[0].commit;
        case CatFile::State::missing:
            return no_such_revision(revision, state_->directory);
        case CatFile::State::ambiguous:
            return fail(Error::Kind::not_found,
                        "`" + std::string(revision) + "` is the beginning of several object names",
                        "give more of its digits");
        case CatFile::State::broken:
            break;
    }
    return fail(Error::Kind::corrupt,
                "`" + std::string(revision) + "` cannot be read: " + answers[0].complaint,
                "run `git fsck` in the repository");
}

Result<std::string> Repository::tag_message(std::string_view id) {
    const auto object = ObjectId::parse(id);
    if (!object)
        return fail(Error::Kind::not_found, "`" + std::string(id) + "` is the id of no tag object");
    const std::string text = TRY(run_git({"cat-file", "tag", object->hex()}, state_->directory));
    std::string_view message = text;
    message.remove_prefix(std::min(header_of(text).size(), text.size()));
    const auto is_signature = [](std::string_view rest) {
        return rest.starts_with("-----BEGIN PGP ") || rest.starts_with("-----BEGIN SSH ") ||
               rest.starts_with("-----BEGIN SIGNED ");
    };
    for (std::size_t at = 0; at < message.size(); at = message.find('\n', at) + 1) {
        if (is_signature(message.substr(at))) message = message.substr(0, at);
        if (message.find('\n', at) == std::string_view::npos) break;
    }
    const std::size_t first = message.find_first_not_of('\n');
    if (first == std::string_view::npos) return std::string();
    message = message.substr(first, message.find_last_not_of(" \n") + 1 - first);
    return std::string(message);
}

Result<std::vector<Parent>> Repository::parents(const ObjectId& commit) {
    return read_parents(state_->directory, commit);
}

std::shared_ptr<const FileTree> Repository::tree(const ObjectId& tree) {
    return std::make_shared<const Tree>(state_->reader, tree);
}

Result<void> Repository::prefetch(std::span<const ObjectId> objects) {
    return state_->reader->prefetch(objects);
}

std::future<Result<void>> Repository::start_prefetch(std::vector<ObjectId> objects) {
    return state_->reader->start_prefetch(std::move(objects));
}

const std::optional<std::string>& Repository::work_tree() const {
    return state_->location.work_tree;
}
const std::string& Repository::prefix() const {
    return state_->location.prefix;
}
const std::string& Repository::git_directory() const {
    return state_->location.git_directory;
}
bool Repository::is_shallow() const {
    return state_->location.is_shallow;
}
bool Repository::is_partial() const {
    return state_->location.is_partial;
}

Result<std::string> Repository::remote_url() {
    if (state_->files)
        if (const auto url = remote_url_in_files(*state_->files)) return without_credentials(*url);
    const os::Captured captured =
        TRY(answer(state_->remote_url, ask_remote_url(state_->directory)));
    return without_credentials(TRY(read_remote_url(captured, state_->directory)));
}

}  // namespace lockstep::git
