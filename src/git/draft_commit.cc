// The commits and tags that a draft makes, and who makes them.
#include <algorithm>
#include <charconv>

#include "git/draft.h"
#include "git/draft_state.h"

namespace lockstep::git {

namespace {

using Call = std::vector<std::string>;

constexpr const char* hint_sign = "see that `git commit -S` works here without asking anything";

std::string date_of(const Person& person) {
    return '@' + std::to_string(person.time) + " +0000";
}

/// What git would drop silently, or what would end the line of a header.
Result<void> check_person(const Person& person) {
    const auto is_bad = [](char c) {
        return c == '<' || c == '>' || static_cast<unsigned char>(c) < 0x20;
    };
    // What git takes off both ends of a name or an address. Git 2.39 takes off a dot as well; it is
    // let through, for a git that tells an identity with one (Jr.) writes it too.
    const auto is_frayed = [](std::string_view text) {
        constexpr std::string_view crud = " ,:;\"\\'";
        return text.empty() || crud.contains(text.front()) || crud.contains(text.back());
    };
    if (is_frayed(person.name) || is_frayed(person.email) ||
        std::ranges::any_of(person.name, is_bad) || std::ranges::any_of(person.email, is_bad))
        return fail(Error::Kind::invalid, "`" + person.name + "` with `" + person.email +
                                              "` is no identity that git takes");
    if (person.time < 0) return fail(Error::Kind::invalid, "git takes no time before 1970");
    return {};
}

std::string ended(const std::string& message) {
    return message.ends_with('\n') ? message : message + '\n';
}

/// What git itself takes for granted and the environment would have a say in.
std::vector<std::pair<std::string, std::string>> people(const Person& author,
                                                        const Person& committer) {
    return {{"GIT_AUTHOR_NAME", author.name},         {"GIT_AUTHOR_EMAIL", author.email},
            {"GIT_AUTHOR_DATE", date_of(author)},     {"GIT_COMMITTER_NAME", committer.name},
            {"GIT_COMMITTER_EMAIL", committer.email}, {"GIT_COMMITTER_DATE", date_of(committer)}};
}

std::string line_of(const Person& person) {
    return person.name + " <" + person.email + "> " + std::to_string(person.time) + " +0000\n";
}

/// The commit object without a signature.
std::string text_of(const NewCommit& commit) {
    std::string text = "tree " + commit.tree.hex() + '\n';
    for (const ObjectId& parent : commit.parents) text += "parent " + parent.hex() + '\n';
    return text + "author " + line_of(commit.author) + "committer " + line_of(commit.committer) +
           '\n' + ended(commit.message);
}

/// The tag object without a signature.
std::string text_of(const NewTag& tag, const std::string& message) {
    return "object " + tag.target.hex() + "\ntype commit\ntag " + tag.name + "\ntagger " +
           line_of(tag.tagger) + '\n' + message;
}

/// "NAME <EMAIL> TIME ZONE".
Result<Person> parse_identity(std::string_view text) {
    const std::size_t open = text.rfind(" <");
    const std::size_t close = text.rfind("> ");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return fail(Error::Kind::unavailable, "git answered with no identity");
    Person person{.name = std::string(text.substr(0, open)),
                  .email = std::string(text.substr(open + 2, close - open - 2))};
    std::from_chars(text.data() + close + 2, text.data() + text.size(), person.time);
    return person;
}

}  // namespace

Result<ObjectId> Draft::State::id_in(std::string_view output) {
    if (output.ends_with('\n')) output.remove_suffix(1);
    const auto id = ObjectId::parse(output);
    if (!id) return fail(Error::Kind::unavailable, "git answered with no object id");
    return *id;
}

Result<bool> Draft::State::signs(Sign sign, const char* key) const {
    if (sign != Sign::configured) return sign == Sign::always;
    const os::Captured captured = TRY(run({.args = {"config", "--type=bool", "--get", key}}));
    if (captured.exit == os::Exit{.code = 1}) return false;  // says nothing of it
    if (!captured.exit.ok())
        return std::unexpected<Error>(explain(captured, repository, Error::Kind::usage));
    return captured.out.starts_with("true");
}

Result<std::string> Draft::State::signed_output(Call call, const char* what) const {
    auto captured = run(std::move(call));
    if (captured && captured->exit.ok()) return std::move(captured->out);
    Error error =
        captured ? explain(*captured, repository, Error::Kind::usage) : std::move(captured.error());
    error.message = std::string("signing the ") + what + ": " + error.message;
    error.hint = hint_sign;
    return std::unexpected<Error>(std::move(error));
}

Result<Person> Draft::identity() const {
    const os::Captured captured =
        TRY(state_->run({.args = {"-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"}}));
    if (!captured.exit.ok())
        return fail(Error::Kind::usage, "git does not know who you are: " + complaint(captured.err),
                    "run `git config --global user.name NAME` and `git config --global user.email "
                    "ADDRESS`");
    return parse_identity(captured.out);
}

Result<ObjectId> Draft::write_commit(const NewCommit& commit) {
    TRY(check_person(commit.author));
    TRY(check_person(commit.committer));
    if (commit.message.contains('\0'))
        return fail(Error::Kind::invalid, "git takes no message with a zero byte in it");
    if (!TRY(state_->signs(commit.sign, "commit.gpgsign")))
        return state_->write_object(ObjectType::commit, text_of(commit));
    // Without this the bytes of the message would depend on who is asked.
    Call args = {"-c", "i18n.commitEncoding=UTF-8", "commit-tree", "-S"};
    for (const ObjectId& parent : commit.parents) args.insert(args.end(), {"-p", parent.hex()});
    args.push_back(commit.tree.hex());
    const std::string message = ended(commit.message);
    State::Call call{
        .args = std::move(args), .input = message, .set = people(commit.author, commit.committer)};
    return State::id_in(TRY(state_->signed_output(std::move(call), "commit")));
}

Result<ObjectId> Draft::write_tag(const NewTag& tag) {
    TRY(check_person(tag.tagger));
    const os::Captured named =
        TRY(state_->run({.args = {"check-ref-format", "refs/tags/" + tag.name}}));
    if (!named.exit.ok() || tag.name.starts_with('-'))
        return fail(Error::Kind::invalid, '`' + tag.name + "` is no name of a tag");
    const std::string message = ended(tag.message);
    if (TRY(state_->signs(tag.sign, "tag.gpgsign"))) return write_signed_tag(tag, message);
    const std::string object = text_of(tag, message);
    return State::id_in(
        TRY(state_->output({.args = {"mktag"}, .input = object}, Error::Kind::invalid)));
}

Result<ObjectId> Draft::write_signed_tag(const NewTag& tag, const std::string& message) {
    const std::string ref = "refs/tags/" + tag.name;
    // Git signs a tag only together with its ref, which is put back.
    const std::optional<ObjectId> before = TRY(find(ref));
    TRY(state_->signed_output(
        {.args = {"-c", "i18n.commitEncoding=UTF-8", "tag", "--sign", "--force",
                  "--cleanup=verbatim", "--file=-", "--", tag.name, tag.target.hex()},
         .input = message,
         .set = people(tag.tagger, tag.tagger)},
        "tag"));
    const std::optional<ObjectId> made = TRY(find(ref));
    Call back = {"update-ref"};
    if (!before) back.emplace_back("-d");
    back.push_back(ref);
    if (before) back.push_back(before->hex());
    TRY(state_->output({.args = std::move(back)}, Error::Kind::unavailable));
    if (!made) return fail(Error::Kind::unavailable, "git made no tag `" + tag.name + '`');
    // With a failing ssh-keygen git 2.39 writes the tag without a signature and reports success.
    const std::string text =
        TRY(state_->output({.args = {"cat-file", "tag", made->hex()}}, Error::Kind::unavailable));
    if (text == text_of(tag, message))
        return fail(Error::Kind::usage, "signing the tag: git wrote it without a signature",
                    hint_sign);
    return *made;
}

}  // namespace lockstep::git
