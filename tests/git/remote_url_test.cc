#include <gtest/gtest.h>

#include "git/remote.h"
#include "git/url_query.h"

namespace lockstep::git {
namespace {

using std::chrono::seconds;

std::string shown(const RemoteUrl& url) {
    std::string text = url.repository + " | " + url.path + " | " + url.ref;
    if (url.timeout != seconds(27)) text += " | " + std::to_string(url.timeout.count()) + "s";
    if (!url.submodules) text += " | no submodules";
    return text;
}

std::string parsed(std::string_view text) {
    const auto url = parse_remote_url(text);
    if (!url) return "error: " + url.error().message;
    if (!*url) return "local";
    return shown(**url);
}

struct Row {
    const char* text;
    const char* expected;
};

// Every expectation in these tables is what kustomize 5.8.2 makes of the text.
class Grammar : public ::testing::TestWithParam<Row> {};

TEST_P(Grammar, IsKustomizes) {
    EXPECT_EQ(parsed(GetParam().text), GetParam().expected);
}

constexpr Row hosts[] = {
    {"https://github.com/kubernetes-sigs/descheduler//kubernetes/deployment?ref=v0.29.0",
     "https://github.com/kubernetes-sigs/descheduler | kubernetes/deployment | v0.29.0"},
    {"github.com/o/r/dir?ref=v1", "https://github.com/o/r | dir | v1"},
    {"gitHub.com/o/r/dir", "https://github.com/o/r | dir | "},
    {"github.com:o/r/dir", "https://github.com/o/r | dir | "},
    {"http://github.com/o/r", "https://github.com/o/r |  | "},
    {"hTTps://github.com/o/r", "https://github.com/o/r |  | "},
    {"https://me@github.com/o/r", "me@github.com:o/r |  | "},
    {"https://me:token@github.com/o/r", "https://me:token@github.com/o/r |  | "},
    {"git@github.com:o/r/dir?ref=v1", "git@github.com:o/r | dir | v1"},
    {"git@github.com/o/r/dir", "git@github.com:o/r | dir | "},
    {"git::git@github.com:o/r", "git@github.com:o/r |  | "},
    {"org-12345@github.com/o/r", "org-12345@github.com:o/r |  | "},
    {"ssh://git@github.com/o/r//dir?ref=v1", "git@github.com:o/r | dir | v1"},
    {"ssh://github.com/o/r", "github.com:o/r |  | "},
    {"ssh://git@ssh.github.com:443/O/R.git", "ssh://git@ssh.github.com:443/O/R.git |  | "},
    {"ssh://git.example.com:7999/o/r/dir", "ssh://git.example.com:7999/o/r | dir | "},
    {"ssh://git@[::1]:22/o/r/dir", "ssh://git@[::1]:22/o/r | dir | "},
    {"https://[2001:db8::1]:8443/o/r//dir", "https://[2001:db8::1]:8443/o/r | dir | "},
    {"git@[::1]:o/r", "git@[::1]:o/r |  | "},
    {"git::https://gitlab.com/o/r?ref=v1", "https://gitlab.com/o/r |  | v1"},
    {"git::http://git.example.com/o/r", "http://git.example.com/o/r |  | "},
    {"https://example.com:8080/o/r/dir", "https://example.com:8080/o/r | dir | "},
    {"git@gitlab.com:group/project", "git@gitlab.com:group/project |  | "},
    {"git@gitlab.com/user:name/R.git/path", "git@gitlab.com/user:name/R.git | path | "},
    {"git@bitbucket.org/c/p.git//path?ref=b", "git@bitbucket.org/c/p.git | path | b"},
    {"git@gist.github.com:bc79.git", "git@gist.github.com:bc79.git |  | "},
};
INSTANTIATE_TEST_SUITE_P(Hosts, Grammar, ::testing::ValuesIn(hosts));

constexpr Row repositories[] = {
    {"https://example.org/path/to/repo//dir/sub", "https://example.org/path/to/repo | dir/sub | "},
    {"https://example.org/path/to/repo.git/dir", "https://example.org/path/to/repo.git | dir | "},
    {"https://example.org/path/to/repo.git", "https://example.org/path/to/repo.git |  | "},
    {"https://example.org/path/to/repo.git//dir", "https://example.org/path/to/repo.git | dir | "},
    {"https://example.org/o/r/a/b/c", "https://example.org/o/r | a/b/c | "},
    {"https://example.org/o/r/", "https://example.org/o/r |  | "},
    {"https://example.org/o/", "https://example.org/o/ |  | "},
    {"https://example.org/o/r//a//b", "https://example.org/o/r | a/b | "},
    {"https://example.org/o/r///a/", "https://example.org/o/r | a | "},
    {"https://example.org/o/r//a/../b/./c/", "https://example.org/o/r | b/c | "},
    {"https://example.org/o.github.io/r/dir", "https://example.org/o.git | hub.io/r/dir | "},
    {"https://dev.azure.com/org/project/_git/repo/dir",
     "https://dev.azure.com/org/project/_git/repo | dir | "},
    {"https://me@dev.azure.com/org/project/_git/repo//dir",
     "https://me@dev.azure.com/org/project/_git/repo | dir | "},
    {"https://org.visualstudio.com/project/_git/repo?version=v1",
     "https://org.visualstudio.com/project/_git/repo |  | v1"},
    {"https://git-codecommit.us-east-2.amazonaws.com/o/r/dir",
     "https://git-codecommit.us-east-2.amazonaws.com/o/r | dir | "},
    {"https://example.org/o/r/%-no-escape", "https://example.org/o/r | %-no-escape | "},
    {"file:///srv/git/repo?ref=v1", "file:///srv/git/repo |  | v1"},
    {"file:///srv/git/repo//dir?ref=v1", "file:///srv/git/repo | dir | v1"},
    {"file:///srv/git/repo.git/dir", "file:///srv/git/repo.git | dir | "},
    {"file://git@home/repo.git//dir", "file://git@home/repo.git | dir | "},
    {"file:///", "file:/// |  | "},
};
INSTANTIATE_TEST_SUITE_P(Repositories, Grammar, ::testing::ValuesIn(repositories));

constexpr Row queries[] = {
    {"https://h/o/r?ref=v1&version=v2", "https://h/o/r |  | v1"},
    {"https://h/o/r?version=v2&ref=", "https://h/o/r |  | v2"},
    {"https://h/o/r?ref=v1&ref=v2", "https://h/o/r |  | v1"},
    {"https://h/o/r?ref=group/version", "https://h/o/r |  | group/version"},
    {"https://h/o/r?ref=has.git/in_git/it", "https://h/o/r |  | has.git/in_git/it"},
    {"https://h/o/r?ref=a%2Fb%2B1", "https://h/o/r |  | a/b+1"},
    {"https://h/o/r?Ref=v1&other=2&&ref", "https://h/o/r |  | "},
    {"https://h/o/r?ref=v1#not-a-fragment", "https://h/o/r |  | v1#not-a-fragment"},
    {"https://h/o/r?timeout=61", "https://h/o/r |  |  | 61s"},
    {"https://h/o/r?timeout=1m1s", "https://h/o/r |  |  | 61s"},
    {"https://h/o/r?timeout=1h2m3.5s", "https://h/o/r |  |  | 3724s"},
    {"https://h/o/r?timeout=500ms", "https://h/o/r |  |  | 1s"},
    {"https://h/o/r?timeout=0", "https://h/o/r |  | "},
    {"https://h/o/r?timeout=-5", "https://h/o/r |  | "},
    {"https://h/o/r?timeout=soon", "https://h/o/r |  | "},
    {"https://h/o/r?timeout=1.5", "https://h/o/r |  | "},
    {"https://h/o/r?timeout=99999999999999999999", "https://h/o/r |  | "},
    {"https://h/o/r?submodules=0", "https://h/o/r |  |  | no submodules"},
    {"https://h/o/r?submodules=False", "https://h/o/r |  |  | no submodules"},
    {"https://h/o/r?submodules=no", "https://h/o/r |  | "},
};
INSTANTIATE_TEST_SUITE_P(Queries, Grammar, ::testing::ValuesIn(queries));

constexpr Row paths_on_disk[] = {
    {"/srv/git/repo", "local"},
    {"../../base", "local"},
    {"base", "local"},
    {"", "local"},
    {"?", "local"},
    {"src/github.com/o/r/dir", "local"},
    {"github.com/o", "local"},
    {"github.com!o/r.git//dir", "local"},
    {"gh:o/r", "local"},
    {"git::___", "local"},
    {"htxxp://github.com/o/r", "local"},
    {"me@home/dir", "local"},
    {"a_b@host:o/r", "local"},
};
INSTANTIATE_TEST_SUITE_P(PathsOnDisk, Grammar, ::testing::ValuesIn(paths_on_disk));

// Where kustomize finds no repository either; or where it would go on with something nobody means.
constexpr Row faults[] = {
    {"ssh://git.example.com", "error: `ssh://git.example.com`: it names no repository"},
    {"https://github.com/404.yaml", "error: `https://github.com/404.yaml`: it names no repository"},
    {"https://h?ref=v1", "error: `https://h?ref=v1`: it names no repository"},
    {"file:////srv//dir", "error: `file:////srv//dir`: it names no repository"},
    {"https://github.com/o/r.git//a/../../b",
     "error: `https://github.com/o/r.git//a/../../b`: `a/../../b` leaves the repository"},
    {"https://h/o/r?ref=--upload-pack=x",
     "error: `https://h/o/r?ref=--upload-pack=x`: `--upload-pack=x` is no name of a ref"},
    {"https://h/o/r?ref=main:main",
     "error: `https://h/o/r?ref=main:main`: `main:main` is no name of a ref"},
    {"https://h/o/r?ref=v1+v2", "error: `https://h/o/r?ref=v1+v2`: `v1 v2` is no name of a ref"},
    {"https://h/o/r?ref=v1;x=y", "error: `https://h/o/r?ref=v1;x=***`: its query cannot be parsed"},
    {"https://h/o/r?ref=%zz", "error: `https://h/o/r?ref=%zz`: its query cannot be parsed"},
    {"ssh://-oProxyCommand=x/o/r",
     "error: `ssh://-oProxyCommand=x/o/r`: a part of it begins with `-`"},
    {"git@host:-x/r", "error: `git@host:-x/r`: a part of it begins with `-`"},
    {"https://me:secret@h/o?token=abc", "error: `https://h/o?token=***`: it names no repository"},
    {"https://h/o/r\n/x", "error: `https://h/o/r\n/x`: it has control characters"},
};
INSTANTIATE_TEST_SUITE_P(Faults, Grammar, ::testing::ValuesIn(faults));

TEST(WithoutCredentials, HidesThemAndNothingElse) {
    constexpr Row rows[] = {
        {"https://github.com/o/r?ref=v1", "https://github.com/o/r?ref=v1"},
        {"https://token@github.com/o/r", "https://github.com/o/r"},
        {"https://me:secret@github.com/o/r//d?ref=v1", "https://github.com/o/r//d?ref=v1"},
        {"https://me:se@cret@github.com/o/r", "https://github.com/o/r"},
        {"https://me:se/cret@github.com/o/r", "https://github.com/o/r"},
        {"ssh://git@example.com/o/r", "ssh://git@example.com/o/r"},
        {"ssh://me:secret@example.com/o/r", "ssh://example.com/o/r"},
        {"git@github.com:o/r", "git@github.com:o/r"},
        {"https://h:8443/o/r", "https://h:8443/o/r"},
        {"https://h/o/r?access_token=abc&ref=v1", "https://h/o/r?access_token=***&ref=v1"},
        {"/srv/git/repo", "/srv/git/repo"},
        {"", ""},
    };
    for (const Row& row : rows) EXPECT_EQ(without_credentials(row.text), row.expected) << row.text;
}

TEST(ParseTimeout, TakesGosDurations) {
    EXPECT_EQ(parse_timeout("+7"), seconds(7));
    EXPECT_EQ(parse_timeout(".5h"), seconds(1800));
    EXPECT_EQ(parse_timeout("2\xc2\xb5s"), seconds(1));
    for (const char* text : {"", "+", "s", ".s", "1", "1 s", "1s ", "-1s", "1d", "0s", "."})
        EXPECT_EQ(parse_timeout(text),
                  text == std::string("1") ? std::optional(seconds(1)) : std::nullopt)
            << text;
}

}  // namespace
}  // namespace lockstep::git
