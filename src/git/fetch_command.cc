#include "git/fetch_command.h"

#include <array>
#include <charconv>

#include "git/command.h"
#include "git/remote.h"
#include "os/environment.h"
#include "os/subprocess.h"

namespace lockstep::git {

namespace {

void replace(os::Command& command, const std::string& name, const std::string& value) {
    std::erase_if(command.set, [&name](const auto& entry) { return entry.first == name; });
    command.set.emplace_back(name, value);
}

/// Behind what the environment brings of them.
void set_quietly(os::Command& command,
                 const std::vector<std::pair<std::string, std::string>>& configuration) {
    if (configuration.empty()) return;
    std::size_t count = 0;
    const std::string before = os::environment("GIT_CONFIG_COUNT").value_or("");
    std::from_chars(before.data(), before.data() + before.size(), count);
    for (const auto& [name, value] : configuration) {
        const std::string number = std::to_string(count++);
        command.set.emplace_back("GIT_CONFIG_KEY_" + number, name);
        command.set.emplace_back("GIT_CONFIG_VALUE_" + number, value);
    }
    command.set.emplace_back("GIT_CONFIG_COUNT", std::to_string(count));
}

os::Command fetch_command(const FetchRequest& request) {
    std::vector<std::string> args = {"-c", "core.alternateRefsCommand="};
    for (const std::string& entry : request.configuration) args.insert(args.end(), {"-c", entry});
    args.insert(args.end(),
                {"fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                 "--no-recurse-submodules", "--no-auto-maintenance", "--update-shallow"});
    args.insert(args.end(), request.options.begin(), request.options.end());
    args.insert(args.end(), {"--", request.repository});
    args.insert(args.end(), request.refspecs.begin(), request.refspecs.end());
    os::Command command = git_command(std::move(args), request.git_directory);
    replace(command, "GIT_ALLOW_PROTOCOL",
            request.repository.starts_with("http://") ? "https:ssh:git:file:http"
                                                      : "https:ssh:git:file");
    // Set but empty it also keeps git from core.askPass and SSH_ASKPASS. One that the environment
    // brings is how build machines hand over credentials.
    if (!os::environment("GIT_ASKPASS")) replace(command, "GIT_ASKPASS", "");
    replace(command, "SSH_ASKPASS_REQUIRE", "never");
    replace(command, "GCM_INTERACTIVE", "never");
    set_quietly(command, request.quiet_configuration);
    return command;
}

struct Complaint {
    std::string_view mark;
    Error::Kind kind;
    const char* hint;
};

constexpr const char* hint_access =
    "see that `git ls-remote` of this URL works without asking for anything";
constexpr const char* hint_name = "see that the URL and the ref are spelt as the host has them";

// In the order of their weight: ssh reports a refused key and an unknown repository in one breath.
constexpr std::array<Complaint, 12> complaints = {{
    {"couldn't find remote ref", Error::Kind::not_found, hint_name},
    {"Permission denied", Error::Kind::denied, hint_access},
    {"could not read Username", Error::Kind::denied, hint_access},
    {"could not read Password", Error::Kind::denied, hint_access},
    {"Authentication failed", Error::Kind::denied, hint_access},
    {"Host key verification failed", Error::Kind::denied, hint_access},
    {"error: 403", Error::Kind::denied, hint_access},
    {"not allowed", Error::Kind::denied, "lockstep speaks https, ssh, git and file only"},
    {"does not allow request for unadvertised object", Error::Kind::denied,
     "name a tag or branch: this host gives no single commits"},
    {"not found", Error::Kind::not_found, hint_name},
    {"Repository not found", Error::Kind::not_found, hint_name},
    {"does not appear to be a git repository", Error::Kind::not_found, hint_name},
}};

/// Everything git said in one line, the boilerplate left out.
std::string said_by(std::string_view text, const FetchRequest& request) {
    std::string said;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        for (const std::string_view mark : {"fatal: ", "error: ", "ERROR: "}) {
            if (!line.starts_with(mark)) continue;
            if (!said.empty()) said += "; ";
            said += line.substr(mark.size());
        }
    }
    // Git leaves most credentials out by itself; these are those of the URL as it was given.
    const std::string shown = without_credentials(request.repository);
    for (std::size_t at = said.find(request.repository);
         at != std::string::npos && shown != request.repository;
         at = said.find(request.repository, at + shown.size()))
        said.replace(at, request.repository.size(), shown);
    return said;
}

Error explain_fetch(const os::Captured& captured, const FetchRequest& request) {
    std::string said = said_by(captured.err, request);
    if (said.empty())
        said = captured.err.empty() ? to_string(captured.exit) : complaint(captured.err);
    Error error{
        .kind = Error::Kind::unavailable,
        .message = "fetching from `" + without_credentials(request.repository) + "`: " + said,
        .hint =
            "check the address and the network; what was fetched before can be read with --offline",
        .at = {}};
    for (const Complaint& known : complaints) {
        if (!captured.err.contains(known.mark)) continue;
        error.kind = known.kind;
        error.hint = known.hint;
        break;
    }
    return error;
}

}  // namespace

Result<Fetch> run_fetch(const FetchRequest& request, std::string_view input) {
    const os::Captured captured =
        TRY(os::run(fetch_command(request), {.input = input, .timeout = request.timeout}),
            "fetching from `" + without_credentials(request.repository) + '`');
    if (captured.exit.ok()) return Fetch::done;
    // Every failure has words.
    if (request.may_match_nothing && captured.exit == os::Exit{.code = 1} && captured.err.empty())
        return Fetch::nothing_matched;
    return std::unexpected<Error>(explain_fetch(captured, request));
}

Result<void> init_bare(const std::string& directory, const std::string& object_format) {
    TRY(run_git({"init", "--quiet", "--bare", "--template=", "--object-format=" + object_format},
                directory));
    return {};
}

}  // namespace lockstep::git
