#include "release/doctor_remote.h"

#include <unistd.h>

#include <utility>

#include "os/file.h"
#include "os/subprocess.h"
#include "record/record.h"
#include "release/refs.h"
#include "release/replaced.h"

namespace lockstep::release {

namespace {

using Outcome = Check::Outcome;

constexpr std::string_view heads = "refs/heads/";

/// The folder that a remote is; nothing where it is none of this machine.
std::optional<std::string> folder_of(std::string title) {
    constexpr std::string_view scheme = "file://";
    if (title.starts_with(scheme)) title = title.substr(scheme.size());
    if (!title.starts_with('/') || !os::is_directory(title)) return std::nullopt;
    return title;
}

std::optional<std::vector<std::string>> hooks_of(const std::string& title) {
    const auto folder = folder_of(title);
    if (!folder) return std::nullopt;
    // As git itself finds them there when it is pushed to: our own git commands run without hooks.
    auto said = os::run({.argv = {"git", "-C", *folder, "rev-parse", "--git-path", "hooks"},
                         .unset = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"}});
    if (!said || !said->exit.ok()) return std::nullopt;
    std::string path = said->out;
    while (path.ends_with('\n')) path.pop_back();
    const std::string hooks = path.starts_with('/') ? path : *folder + '/' + path;
    std::vector<std::string> found;
    for (const char* const name : {"pre-receive", "update", "reference-transaction"}) {
        const std::string hook = hooks + '/' + name;
        if (::access(hook.c_str(), X_OK) == 0) found.push_back(hook);
    }
    return found;
}

Check judge_identity(const Result<git::Person>& identity) {
    if (identity)
        return {.id = "git-identity",
                .outcome = Outcome::ok,
                .what = "releases are made by " + identity->name + " <" + identity->email + '>',
                .fix = {}};
    return {.id = "git-identity",
            .outcome = Outcome::problem,
            .what = identity.error().message,
            .fix = identity.error().hint};
}

Check judge_branch(const RemoteSight& remote) {
    if (!remote.tip.is_null())
        return {
            .id = "branch",
            .outcome = Outcome::ok,
            .what = remote.branch.substr(heads.size()) + " is at " + remote.tip.hex().substr(0, 12),
            .fix = {}};
    const std::string what = remote.branch.empty() ? remote.title + " has no default branch"
                                                   : remote.title + " has no branch `" +
                                                         remote.branch.substr(heads.size()) + '`';
    return {.id = "branch",
            .outcome = Outcome::problem,
            .what = what,
            .fix = "push it, or name another with --branch"};
}

std::string where_rules_are(const std::string& title) {
    if (title.contains("github"))
        return "on GitHub: Settings → Rules → Rulesets and Tags; who releases must be on the "
               "bypass list of rules for tags and for the branch";
    if (title.contains("gitlab"))
        return "on GitLab: Settings → Repository → Protected tags and Protected branches, and Push "
               "rules; who releases must be allowed to create and to push";
    if (title.contains("bitbucket"))
        return "on Bitbucket: Repository settings → Branch restrictions";
    return "look at the forge's rules for tags, branches and refs/lockstep/*";
}

}  // namespace

RemoteSight look_at_remote(Site& site, const std::string& branch) {
    RemoteSight remote{.title = site.draft().remote_title(),
                       .identity = site.draft().identity(),
                       .refs = site.draft().list(),
                       .branch = branch.empty() ? std::string() : std::string(heads) + branch,
                       .tip = {},
                       .hooks = {}};
    remote.hooks = hooks_of(remote.title);
    if (!remote.refs) return remote;
    if (remote.branch.empty()) remote.branch = remote.refs->head;
    const git::ObjectId tip = value_of(remote.refs->refs, remote.branch);
    if (tip.is_null()) return remote;
    const auto fetched = site.draft().fetch(std::vector<std::string>{remote.branch, "refs/tags/*"});
    if (fetched)
        remote.tip = tip;
    else
        remote.refs = std::unexpected(fetched.error());
    return remote;
}

Result<git::Pushed> rehearse_release(Site& site, const RemoteSight& remote, const std::string& tag,
                                     const std::string& candidate) {
    // Names that no release has, so that nothing stands in the way of an answer.
    const std::string name = tag + "-lockstep-doctor";
    const git::Person nobody{"lockstep doctor", "doctor@localhost", site.setting().now()};
    const auto tip = TRY(site.journal().repository().resolve(remote.tip.hex()));
    const git::ObjectId next = TRY(site.draft().write_commit({.tree = tip.tree,
                                                              .parents = {remote.tip},
                                                              .message = "never pushed\n",
                                                              .author = nobody,
                                                              .committer = nobody,
                                                              .sign = git::Sign::never}));
    const git::ObjectId absent;
    const git::RefUpdate updates[] = {
        {.ref = record::ref_of(name), .expected = absent, .value = next},
        {.ref = replaced(candidate, "{tag}", name), .expected = absent, .value = next},
        {.ref = "refs/tags/" + name, .expected = absent, .value = next},
        {.ref = remote.branch, .expected = remote.tip, .value = next}};
    return site.draft().push(updates, git::Draft::Mode::rehearse);
}

std::vector<Check> judge_remote(const RemoteSight& remote) {
    std::vector<Check> checks = {judge_identity(remote.identity)};
    if (!remote.refs) {
        checks.push_back({.id = "remote",
                          .outcome = Outcome::problem,
                          .what = remote.refs.error().message,
                          .fix = remote.refs.error().hint});
        return checks;
    }
    checks.push_back(
        {.id = "remote", .outcome = Outcome::ok, .what = remote.title + " answers", .fix = {}});
    checks.push_back(judge_branch(remote));
    return checks;
}

std::vector<Check> judge_rehearsal(const Result<git::Pushed>& rehearsal) {
    using Pushed = git::Pushed::Outcome;
    Check rights{.id = "push-rights", .outcome = Outcome::unknown, .what = {}, .fix = {}};
    Check atomic{.id = "atomic-push", .outcome = Outcome::unknown, .what = {}, .fix = {}};
    if (rehearsal) {
        atomic.outcome = Outcome::ok;
        atomic.what = "the remote takes several refs in one push, all or none";
        rights.what = "a push of tag, branch, candidate and state, rehearsed: ";
        if (rehearsal->outcome == Pushed::accepted) {
            rights.outcome = Outcome::ok;
            rights.what += "nothing stands against it";
        } else if (rehearsal->outcome == Pushed::refused) {
            rights.outcome = Outcome::problem;
            rights.what += "refused, " + rehearsal->reason;
            rights.fix = "let who releases push tags, the branch and refs/lockstep/*";
        } else {
            rights.what += rehearsal->reason;
            rights.fix = "somebody pushed meanwhile: ask again";
        }
        return {std::move(rights), std::move(atomic)};
    }
    const Error& error = rehearsal.error();
    rights.what = atomic.what = error.message;
    rights.fix = atomic.fix = error.hint;
    if (error.kind == Error::Kind::unsupported) {
        atomic.outcome = Outcome::problem;
        atomic.fix =
            "release in a remote whose server supports `git push --atomic`: git 2.4 and "
            "later, with receive.advertiseAtomic not switched off";
        rights.what = "not known without an atomic push";
        rights.fix.clear();
    }
    if (error.kind == Error::Kind::denied) {
        rights.outcome = Outcome::problem;
        if (rights.fix.empty())
            rights.fix = "give who releases the right to write: a token or key that may push";
        atomic.what = "not known without the right to push";
        atomic.fix.clear();
    }
    return {std::move(rights), std::move(atomic)};
}

Check judge_protection(const RemoteSight& remote) {
    Check check{.id = "tag-protection", .outcome = Outcome::unknown, .what = {}, .fix = {}};
    if (remote.hooks && remote.hooks->empty()) {
        check.outcome = Outcome::ok;
        check.what = "no hook of the remote can refuse a tag";
    } else if (remote.hooks) {
        check.what = "hooks of the remote are asked by real pushes only: " + remote.hooks->front();
        check.fix = "see that it lets tags, the branch and refs/lockstep/* through";
    } else {
        check.what = "rules that protect tags and branches are asked by real pushes only";
        check.fix = where_rules_are(remote.title);
    }
    return check;
}

}  // namespace lockstep::release
