#include "git/tags.h"

#include <algorithm>
#include <array>
#include <string>

#include "git/commit.h"

namespace lockstep::git {

// A name has no space in it, and a line ends each tag.
const char* const tag_format = "--format=%(objectname) %(objecttype) %(refname)";

namespace {

constexpr std::string_view prefix = "refs/tags/";
constexpr std::size_t ill_named_max = 100;  // of what git says only the beginning is kept

// As `git tag --verify` knows them: OpenPGP, X.509, SSH.
constexpr std::array<std::string_view, 4> signatures = {
    "\n-----BEGIN PGP SIGNATURE-----\n", "\n-----BEGIN PGP MESSAGE-----\n",
    "\n-----BEGIN SIGNED MESSAGE-----\n", "\n-----BEGIN SSH SIGNATURE-----\n"};

/// The part of `text` up to the next space, which goes too.
std::string_view next_word(std::string_view& text) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    return word;
}

bool is_signed(std::string_view object) {
    return std::ranges::any_of(signatures,
                               [object](std::string_view mark) { return object.contains(mark); });
}

std::unexpected<Error> damaged(const Tag& tag, std::string_view why) {
    return fail(Error::Kind::corrupt,
                "the tag `" + tag.name + "` cannot be read: " + std::string(why),
                "run `git fsck` in the repository");
}

/// What is asked about one tag: itself, then the commit it leads to through others.
struct Question {
    std::size_t tag;
    bool is_target;
};

Result<void> take_target(const CatFile::Answer& answer, Tag& tag) {
    // A tag of a tree or a blob leads to no commit.
    if (answer.state == CatFile::State::missing) return {};
    if (answer.state != CatFile::State::found) return damaged(tag, answer.complaint);
    const Commit commit = TRY(parse_commit(answer.id, answer.bytes));
    tag.commit = commit.id;
    tag.tree = commit.tree;
    if (tag.time == 0) tag.time = commit.time;
    return {};
}

Result<void> take_object(const CatFile::Answer& answer, Tag& tag) {
    if (answer.state != CatFile::State::found)
        return damaged(tag, answer.state == CatFile::State::missing
                                ? "object " + tag.object.hex() + " is missing from the repository"
                                : answer.complaint);
    if (tag.kind == Tag::Kind::lightweight) return take_target(answer, tag);
    const std::string_view bytes = answer.bytes;
    tag.time = time_of(header_of(bytes), "tagger");
    if (is_signed(bytes)) tag.kind = Tag::Kind::signed_annotated;
    return {};
}

}  // namespace

Result<std::vector<Tag>> parse_tags(std::string_view text) {
    std::vector<Tag> tags;
    tags.reserve(static_cast<std::size_t>(std::ranges::count(text, '\n')));
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        std::string_view rest = line;
        const auto object = ObjectId::parse(next_word(rest));
        const std::string_view type = next_word(rest);
        if (!object || !rest.starts_with(prefix))
            return fail(Error::Kind::internal,
                        "git for-each-ref printed `" + std::string(line) + '`');
        Tag& tag = tags.emplace_back();
        tag.name = rest.substr(prefix.size());
        tag.object = *object;
        if (type == "commit") tag.commit = *object;
        if (type == "tag") tag.kind = Tag::Kind::annotated;
    }
    return tags;
}

std::optional<std::vector<Tag>> tags_of(ObjectSource& source, std::span<const Ref> refs) {
    std::vector<Tag> tags;
    tags.reserve(refs.size());
    for (const Ref& ref : refs) {
        const auto header = source.header_in_files(ref.object);
        if (!header) return std::nullopt;
        Tag& tag = tags.emplace_back();
        tag.name = ref.name.substr(prefix.size());
        tag.object = ref.object;
        if (header->type == ObjectType::commit) tag.commit = ref.object;
        if (header->type == ObjectType::tag) tag.kind = Tag::Kind::annotated;
    }
    return tags;
}

Result<void> read_tags(ObjectSource& source, std::span<Tag> tags) {
    std::vector<std::string> names;
    std::vector<Question> questions;
    for (std::size_t at = 0; at < tags.size(); ++at) {
        const bool is_annotated = tags[at].kind != Tag::Kind::lightweight;
        if (!is_annotated && tags[at].commit.is_null()) continue;  // of a tree or a blob
        names.push_back(tags[at].object.hex());
        questions.push_back({at, false});
        if (!is_annotated) continue;
        names.push_back(tags[at].object.hex() + "^{commit}");
        questions.push_back({at, true});
    }
    Result<void> read;
    TRY(source.ask(CatFile::Verb::contents, names,
                   [&](std::size_t question, CatFile::Answer&& answer) {
                       Tag& tag = tags[questions[question].tag];
                       const bool is_target = questions[question].is_target;
                       if (read)
                           read = is_target ? take_target(answer, tag) : take_object(answer, tag);
                   }));
    return read;
}

Result<std::vector<Tag>> parse_tag_warnings(std::string_view text) {
    constexpr std::string_view ignoring = "warning: ignoring ";
    constexpr std::string_view ill_named = "ref with broken name refs/tags/";
    std::vector<Tag> tags;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (!line.starts_with(ignoring)) continue;
        line.remove_prefix(ignoring.size());
        if (!line.starts_with(ill_named) || tags.size() == ill_named_max)
            return fail(Error::Kind::corrupt,
                        "a tag cannot be read: git is ignoring " + std::string(line),
                        "run `git fsck` in the repository");
        Tag tag;
        tag.name = line.substr(ill_named.size());
        tags.push_back(std::move(tag));
    }
    return tags;
}

}  // namespace lockstep::git
