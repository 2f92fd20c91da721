#include "git/commit.h"

#include <charconv>

namespace lockstep::git {

namespace {

std::int64_t seconds(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

Result<Commit> parse_commit(const ObjectId& id, std::string_view bytes) {
    const auto damaged = [&id] {
        return fail(Error::Kind::corrupt, "commit " + id.hex() + " is damaged",
                    "run `git fsck` in the repository");
    };
    Commit commit{.id = id, .tree = {}, .time = 0};
    // The header ends at the first empty line; the message may hold anything.
    const std::string_view header = bytes.substr(0, bytes.find("\n\n"));
    constexpr std::string_view tree_mark = "tree ";
    if (!header.starts_with(tree_mark)) return damaged();
    const std::string_view first = header.substr(0, header.find('\n'));
    const auto tree_id = ObjectId::parse(first.substr(tree_mark.size()));
    const std::size_t at = header.find("\ncommitter ");
    if (!tree_id || at == std::string_view::npos) return damaged();
    commit.tree = *tree_id;
    const std::string_view committer = header.substr(at + 1, header.find('\n', at + 1) - at - 1);
    const std::size_t mail_end = committer.rfind("> ");
    if (mail_end != std::string_view::npos) commit.time = seconds(committer.substr(mail_end + 2));
    return commit;
}

Result<std::vector<CommitAnswer>> read_commits(CatFile& cat_file,
                                               std::span<const std::string> names) {
    std::vector<CommitAnswer> answers(names.size());
    std::vector<std::string> peeled;
    for (const std::string& name : names) peeled.push_back(name + "^{commit}");
    TRY(cat_file.ask(CatFile::Verb::contents, peeled,
                     [&](std::size_t question, CatFile::Answer&& found) {
                         CommitAnswer& answer = answers[question];
                         answer.state = found.state;
                         answer.complaint = std::move(found.complaint);
                         if (found.state == CatFile::State::found)
                             answer.commit = parse_commit(found.id, found.bytes);
                     }));
    return answers;
}

}  // namespace lockstep::git
