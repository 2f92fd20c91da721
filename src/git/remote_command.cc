#include "git/remote_command.h"

#include <algorithm>
#include <array>

#include "git/command.h"
#include "git/remote.h"
#include "os/environment.h"

namespace lockstep::git {

namespace {

constexpr std::size_t shown_bytes_max = 2000;

void replace(os::Command& command, const std::string& name, const std::string& value) {
    std::erase_if(command.set, [&name](const auto& entry) { return entry.first == name; });
    command.set.emplace_back(name, value);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    if (from.empty() || from == to) return;
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// "user:password@" of a URL; empty where it has no password and is not of http.
std::string_view secret_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos || url.starts_with("file:")) return {};
    std::string_view rest = url.substr(scheme + 3);
    const std::size_t at = rest.substr(0, rest.find('/')).rfind('@');
    if (at == std::string_view::npos) return {};
    rest = rest.substr(0, at + 1);
    return url.starts_with("http") || rest.contains(':') ? rest : std::string_view();
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
constexpr std::array<Complaint, 13> complaints = {{
    {"couldn't find remote ref", Error::Kind::not_found, hint_name},
    {"Permission denied", Error::Kind::denied, hint_access},
    {"could not read Username", Error::Kind::denied, hint_access},
    {"could not read Password", Error::Kind::denied, hint_access},
    {"Authentication failed", Error::Kind::denied, hint_access},
    {"Host key verification failed", Error::Kind::denied, hint_access},
    {"error: 401", Error::Kind::denied, hint_access},
    {"error: 403", Error::Kind::denied, hint_access},
    {"not allowed", Error::Kind::denied, "lockstep speaks https, ssh, git and file only"},
    {"does not allow request for unadvertised object", Error::Kind::denied,
     "name a tag or branch: this host gives no single commits"},
    {"not found", Error::Kind::not_found, hint_name},
    {"Repository not found", Error::Kind::not_found, hint_name},
    {"does not appear to be a git repository", Error::Kind::not_found, hint_name},
}};

/// Everything git said, the boilerplate left out.
std::string said_by(std::string_view text) {
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
    return said;
}

}  // namespace

os::Command remote_command(std::vector<std::string> args, const std::string& directory,
                           std::string_view url) {
    os::Command command = git_command(std::move(args), directory);
    replace(command, "GIT_ALLOW_PROTOCOL",
            url.starts_with("http://") ? "https:ssh:git:file:http" : "https:ssh:git:file");
    // Set but empty it also keeps git from core.askPass and SSH_ASKPASS. One that the environment
    // brings is how build machines hand over credentials.
    if (!os::environment("GIT_ASKPASS")) replace(command, "GIT_ASKPASS", "");
    replace(command, "SSH_ASKPASS_REQUIRE", "never");
    replace(command, "GCM_INTERACTIVE", "never");
    return command;
}

std::string for_people(std::string_view text, std::string_view url) {
    // Git leaves most credentials out by itself; these are those of the URL as it was given.
    std::string shown(text);
    replace_all(shown, url, without_credentials(url));
    replace_all(shown, secret_of(url), "");
    for (char& c : shown)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    if (shown.size() <= shown_bytes_max) return shown;
    std::size_t end = shown_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xc0u) == 0x80u) --end;
    return shown.substr(0, end) + "…";
}

Error explain_remote(const os::Captured& captured, std::string_view url, const std::string& doing) {
    std::string said = said_by(captured.err);
    if (said.empty())
        said = captured.err.empty() ? to_string(captured.exit) : complaint(captured.err);
    Error error{.kind = Error::Kind::unavailable,
                .message = doing + ": " + for_people(said, url),
                .hint = "check the address and the network",
                .at = {}};
    for (const Complaint& known : complaints) {
        if (!captured.err.contains(known.mark)) continue;
        error.kind = known.kind;
        error.hint = known.hint;
        break;
    }
    return error;
}

}  // namespace lockstep::git
