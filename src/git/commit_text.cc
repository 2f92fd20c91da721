#include "git/commit_text.h"

#include "git/command.h"
#include "git/commit.h"

namespace lockstep::git {

namespace {

/// "Ada Lovelace" of "\nauthor Ada Lovelace <ada@example.com> 1700000000 +0000".
std::string name_of(std::string_view header, std::string_view person) {
    const std::string mark = "\n" + std::string(person) + ' ';
    const std::size_t at = header.find(mark);
    if (at == std::string_view::npos) return {};
    std::string_view line = header.substr(at + mark.size());
    line = line.substr(0, line.find('\n'));
    return std::string(line.substr(0, line.find(" <")));
}

}  // namespace

CommitText parse_commit_text(std::string_view bytes) {
    const std::string_view header = header_of(bytes);
    std::string_view message = bytes.substr(header.size());
    message.remove_prefix(std::min(message.find_first_not_of('\n'), message.size()));
    return {.author = name_of(header, "author"),
            .time = time_of(header, "author"),
            .subject = std::string(message.substr(0, message.find('\n')))};
}

Result<CommitText> read_commit_text(const Repository& repository, const ObjectId& commit) {
    return parse_commit_text(
        TRY(run_git({"cat-file", "commit", commit.hex()}, repository.git_directory())));
}

Result<std::vector<std::string>> tags_containing(const Repository& repository,
                                                 const ObjectId& commit) {
    const std::string listed = TRY(run_git(
        {"for-each-ref", "--format=%(refname:strip=2)", "--contains=" + commit.hex(), "refs/tags"},
        repository.git_directory()));
    std::vector<std::string> tags;
    std::string_view rest = listed;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (!line.empty()) tags.emplace_back(line);
    }
    return tags;
}

}  // namespace lockstep::git
