#include "git/repository.h"

#include <algorithm>
#include <array>

#include "git/command.h"
#include "git/commit.h"
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
    std::optional<CatFile> revisions;
    /// Answers that were asked for at once, until they are taken.
    std::optional<os::Running> tag_list, remote_url;
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

Result<Repository> Repository::open(const std::string& directory, const OpenOptions& options) {
    ObjectReader::Options reading{.directory = directory,
                                  .cat_file = cat_file_in(directory),
                                  .blob_bytes_max = options.blob_bytes_max,
                                  .cache_bytes_max = options.cache_bytes_max};
    auto state = std::make_shared<State>();
    state->directory = directory;
    // All processes start at once: the one that says where the repository is, first, because its
    // answer is waited for; the others get ready meanwhile.
    os::Running locating = TRY(start_locating(directory));
    auto reader = std::make_shared<ObjectReader>(reading);
    const Result<void> started = reader->start();
    if (options.whole_history) {
        // Where one cannot be started, the question is asked again when it matters.
        if (auto listing = os::Running::start(list_tags(directory)))
            state->tag_list = std::move(*listing);
        if (auto asking = os::Running::start(ask_remote_url(directory)))
            state->remote_url = std::move(*asking);
    }
    state->location = TRY(read_location(TRY(locating.finish()), directory));
    TRY(started);
    if (state->location.is_partial) {
        // Any question about a missing object would end git there, so it reads the objects without
        // the configuration that tells it to fetch them.
        auto home = TRY(ObjectsOnly::make(state->location));
        reading.cat_file = home->cat_file();
        reading.kept_alive = std::move(home);
        reading.is_partial = true;
        if (!options.offline)
            reading.fetch = [directory](std::span<const ObjectId> missing) {
                return fetch_promised(directory, missing);
            };
        reader = std::make_shared<ObjectReader>(std::move(reading));
        state->revisions.emplace(cat_file_in(directory));
    }
    state->reader = std::move(reader);
    return Repository(std::move(state));
}

Result<std::vector<Tag>> Repository::tags() {
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
    const std::string listed =
        TRY(run_git({"for-each-ref", "--format=%(objectname) %(refname)", std::string(prefix)},
                    state_->directory));
    std::map<std::string, ObjectId, std::less<>> refs;
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
    const std::array<std::string, 1> names = {std::string(revision)};
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
                        "`" + names[0] + "` is the beginning of several object names",
                        "give more of its digits");
        case CatFile::State::broken:
            break;
    }
    return fail(Error::Kind::corrupt, "`" + names[0] + "` cannot be read: " + answers[0].complaint,
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
    const os::Captured captured =
        TRY(answer(state_->remote_url, ask_remote_url(state_->directory)));
    return without_credentials(TRY(read_remote_url(captured, state_->directory)));
}

}  // namespace lockstep::git
