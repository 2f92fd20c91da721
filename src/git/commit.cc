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

std::string_view header_of(std::string_view object) {
    return object.substr(0, object.find("\n\n"));
}

std::int64_t time_of(std::string_view header, std::string_view person) {
    for (std::size_t at = header.find('\n'); at != std::string_view::npos;
         at = header.find('\n', at + 1)) {
        std::string_view line = header.substr(at + 1);
        if (!line.starts_with(person) || !line.substr(person.size()).starts_with(' ')) continue;
        line = line.substr(0, line.find('\n'));
        const std::size_t mail_end = line.rfind("> ");
        return mail_end == std::string_view::npos ? 0 : seconds(line.substr(mail_end + 2));
    }
    return 0;
}

Result<Commit> parse_commit(const ObjectId& id, std::string_view bytes) {
    const auto damaged = [&id] {
        return fail(Error::Kind::corrupt, "commit " + id.hex() + " is damaged",
                    "run `git fsck` in the repository");
    };
    const std::string_view header = header_of(bytes);
    constexpr std::string_view tree_mark = "tree ";
    if (!header.starts_with(tree_mark)) return damaged();
    const std::string_view first = header.substr(0, header.find('\n'));
    const auto tree_id = ObjectId::parse(first.substr(tree_mark.size()));
    if (!tree_id || !header.contains("\ncommitter ")) return damaged();
    return Commit{.id = id, .tree = *tree_id, .time = time_of(header, "committer")};
}

Result<std::vector<CommitAnswer>> read_commits(ObjectSource& source,
                                               std::span<const std::string> names) {
    std::vector<CommitAnswer> answers(names.size());
    std::vector<std::string> peeled;
    for (const std::string& name : names) peeled.push_back(name + "^{commit}");
    TRY(source.ask(CatFile::Verb::contents, peeled,
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
