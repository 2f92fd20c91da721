#include "git/push_command.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "git/remote.h"
#include "git/remote_command.h"
#include "os/file.h"

namespace lockstep::git {

namespace {

constexpr std::string_view hook_mark = "lockstep: not to be sent: ";

// Git writes "LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID" for each ref that it is about to send.
// It starts no program: it runs for each push.
constexpr std::string_view hook = R"(#!/bin/sh
sent=
while read -r line; do sent="$sent $line "; done
for ref in $LOCKSTEP_REFS; do
    case "$sent" in
        *" $ref "*) ;;
        *) echo "lockstep: not to be sent: $ref" >&2; exit 1 ;;
    esac
done
)";

/// Nothing is to change: only the lease counts.
bool only_checks(const RefUpdate& update) {
    return update.expected == update.value && !update.value.is_null();
}

os::Command push_command(const PushRequest& request, std::span<const RefUpdate> updates) {
    std::vector<std::string> args = {"-c",       "core.hooksPath=" + request.hooks,
                                     "push",     "--porcelain",
                                     "--atomic", "--no-follow-tags",
                                     "--verify", "--recurse-submodules=no"};
    std::vector<std::string> refspecs;
    std::string changed;
    for (const RefUpdate& update : updates) {
        args.push_back("--force-with-lease=" + update.ref + ':' + update.expected.hex());
        refspecs.push_back(update.value.hex() + ':' + update.ref);
        if (!only_checks(update)) changed += update.ref + ' ';
    }
    if (request.rehearses) args.emplace_back("--dry-run");
    args.insert(args.end(), {"--", request.remote});
    args.insert(args.end(), refspecs.begin(), refspecs.end());
    os::Command command = remote_command(std::move(args), request.git_directory, request.url);
    command.set.emplace_back("LOCKSTEP_REFS", changed);
    return command;
}

/// One line of `--porcelain`: "FLAG\tFROM:TO\tSUMMARY (REASON)".
struct Answer {
    char flag = ' ';
    std::string ref, summary, reason;
};

std::optional<Answer> parse_answer(std::string_view line) {
    if (line.size() < 2 || line[1] != '\t') return std::nullopt;
    Answer answer{.flag = line[0], .ref = {}, .summary = {}, .reason = {}};
    line.remove_prefix(2);
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return std::nullopt;
    const std::string_view refs = line.substr(0, tab);
    answer.ref = refs.substr(refs.rfind(':') + 1);
    const std::string_view rest = line.substr(tab + 1);
    const std::size_t open = rest.find(" (");
    answer.summary = rest.substr(0, open);
    if (open != std::string_view::npos) answer.reason = rest.substr(open + 2);
    if (answer.reason.ends_with(')')) answer.reason.pop_back();
    return answer;
}

bool contains_any(std::string_view text, std::span<const std::string_view> marks) {
    return std::ranges::any_of(marks,
                               [text](std::string_view mark) { return text.contains(mark); });
}

// What one ref says when another one is to blame.
constexpr std::array<std::string_view, 4> others_fault = {
    "atomic push failed", "atomic push failure", "atomic transaction failed", "transaction failed"};
// Client and server, as old and new ones put it; GitHub and GitLab pass git's own words on.
constexpr std::array<std::string_view, 14> moved_on = {"stale info",
                                                       "fetch first",
                                                       "already exists",
                                                       "but expected",
                                                       "incorrect old value",
                                                       "unable to resolve reference",
                                                       "reference is missing",
                                                       "reference does not exist",
                                                       "failed to update ref",
                                                       "failed to lock",
                                                       "File exists",
                                                       "needs force",
                                                       "remote ref updated since checkout",
                                                       "cannot lock ref"};
// These stand in the same lines, and looking again will not help.
constexpr std::array<std::string_view, 5> in_the_way = {
    "cannot create '", "there are still refs under", "refname conflict", "Permission denied",
    "Not a directory"};
constexpr std::array<std::string_view, 3> no_right = {"insufficient permission",
                                                      "Permission denied", "Read-only file system"};
constexpr std::array<std::string_view, 3> broken_off = {"no report", "remote failed to report",
                                                        "No space left"};

/// What the server printed, without the padding of its lines.
std::string remote_words(std::string_view err) {
    std::string words;
    while (!err.empty()) {
        std::string_view line = err.substr(0, err.find('\n'));
        err.remove_prefix(std::min(line.size() + 1, err.size()));
        if (!line.starts_with("remote:")) continue;
        line.remove_prefix(7);
        while (line.starts_with(' ')) line.remove_prefix(1);
        while (line.ends_with(' ')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (!words.empty()) words += "; ";
        words += line;
    }
    return words;
}

bool is_secondary(const Answer& answer) {
    return contains_any(answer.reason, others_fault);
}

/// Of several refusals the one that is the cause of the others.
const Answer& cause_of(const std::vector<Answer>& refusals) {
    const auto first = std::ranges::find_if_not(refusals, is_secondary);
    return first == refusals.end() ? refusals.front() : *first;
}

bool is_stale(const Answer& cause, std::string_view words) {
    // The server's words tell what a transaction failed of; elsewhere they are a hook's.
    const std::string told =
        is_secondary(cause) ? cause.reason + "; " + std::string(words) : cause.reason;
    return contains_any(told, moved_on) && !contains_any(told, in_the_way);
}

Result<Pushed> refused(const std::vector<Answer>& refusals, std::string_view err,
                       std::string_view url) {
    const Answer& cause = cause_of(refusals);
    const std::string words = remote_words(err);
    std::string reason =
        '`' + cause.ref + "`: " + (cause.reason.empty() ? cause.summary : cause.reason);
    if (!words.empty()) reason += " (" + words + ')';
    reason = for_people(reason, url);
    const std::string doing = "pushing to `" + without_credentials(url) + "`: ";
    if (cause.reason.contains("unpacker error") || is_secondary(cause))
        if (contains_any(err, no_right))
            return fail(Error::Kind::denied, doing + reason,
                        "see that you may write to this repository");
    if (contains_any(cause.reason, broken_off) || words.contains("No space left"))
        return fail(Error::Kind::unavailable, doing + reason, "look at what the remote has now");
    return Pushed{
        .outcome = is_stale(cause, words) ? Pushed::Outcome::stale : Pushed::Outcome::refused,
        .reason = std::move(reason)};
}

Pushed stale(std::string_view ref, const std::string& what) {
    return {.outcome = Pushed::Outcome::stale, .reason = '`' + std::string(ref) + "` " + what};
}

/// The ref that our hook missed; empty where it did not stop the push.
std::string_view stopped_at(std::string_view err) {
    const std::size_t at = err.find(hook_mark);
    if (at == std::string_view::npos || (at > 0 && err[at - 1] != '\n')) return {};
    err.remove_prefix(at + hook_mark.size());
    return err.substr(0, err.find('\n'));
}

}  // namespace

Result<void> write_push_hook(const std::string& folder) {
    const std::string file = folder + "/pre-push";
    TRY(os::write_file(file, hook));
    std::error_code failed;
    std::filesystem::permissions(file, std::filesystem::perms::owner_all, failed);
    if (failed)
        return fail(Error::Kind::denied, "making `" + file + "` a program: " + failed.message());
    return {};
}

Result<Pushed> read_push(const os::Captured& captured, std::span<const RefUpdate> updates,
                         std::string_view url) {
    std::map<std::string, Answer, std::less<>> answers;
    std::vector<Answer> refusals;
    for (std::string_view rest = captured.out; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        std::optional<Answer> answer = parse_answer(line);
        if (!answer) continue;
        if (answer->flag == '!') refusals.push_back(*answer);
        answers.insert_or_assign(answer->ref, std::move(*answer));
    }
    if (!refusals.empty()) return refused(refusals, captured.err, url);
    if (const std::string_view ref = stopped_at(captured.err); !ref.empty())
        return stale(for_people(ref, url), "is not what was expected: somebody else was there");
    const std::string doing = "pushing to `" + without_credentials(url) + '`';
    if (captured.err.contains("does not support --atomic"))
        return fail(Error::Kind::unsupported, doing + ": it takes no atomic pushes",
                    "a release moves its tag, its branch and its state all at once or not at all; "
                    "the server must advertise `atomic` (git: receive.advertiseAtomic)");
    if (!captured.exit.ok()) return std::unexpected<Error>(explain_remote(captured, url, doing));
    for (const RefUpdate& update : updates) {
        const auto answer = answers.find(update.ref);
        if (answer == answers.end())
            return fail(Error::Kind::unavailable,
                        doing + ": nothing was said of `" + update.ref + '`');
        if (answer->second.flag == '=' && !only_checks(update))
            return stale(update.ref, "has the new value already");
    }
    return Pushed{};
}

Result<Pushed> run_push(const PushRequest& request, std::span<const RefUpdate> updates) {
    if (updates.empty()) return Pushed{};
    const os::Captured captured =
        TRY(os::run(push_command(request, updates), {.timeout = request.timeout}),
            "pushing to `" + without_credentials(request.url) + '`');
    return read_push(captured, updates, request.url);
}

}  // namespace lockstep::git
