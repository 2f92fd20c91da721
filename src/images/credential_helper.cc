#include "images/credential_helper.h"

#include <chrono>

#include "json/parse.h"
#include "json/value.h"
#include "os/subprocess.h"

namespace lockstep::images {

namespace {

constexpr std::chrono::seconds patience{30};
/// The user name under which a helper hands out a refresh token.
constexpr std::string_view token_user = "<token>";

std::unexpected<Error> failed(const std::string& name, const std::string& server,
                              const std::string& how) {
    return fail(Error::Kind::denied, '`' + name + "` " + how + " when asked for " + server,
                "run it by hand, or log in again");
}

}  // namespace

Result<std::optional<Credential>> ask_credential_helper(const std::string& program,
                                                        const std::string& server) {
    const std::string name = "docker-credential-" + program;
    if (program.contains('/'))
        return fail(Error::Kind::usage, '`' + program + "` is no name of a credential helper",
                    "credHelpers and credsStore name a program without its path");
    const os::Captured captured =
        TRY(os::run({.argv = {name, "get"}}, {.input = server, .timeout = patience}),
            "asking for the credentials of " + server);
    if (!captured.exit.ok()) {
        if (captured.out.contains("credentials not found")) return std::optional<Credential>();
        return failed(name, server, "ended with " + os::to_string(captured.exit));
    }
    const Result<json::Value> answer = json::parse(name, captured.out);
    if (!answer) return failed(name, server, "printed no JSON");
    const std::string user = std::string(answer->text("Username"));
    const std::string secret = std::string(answer->text("Secret"));
    if (user.empty() && secret.empty()) return std::optional<Credential>();
    if (user == token_user)
        return std::optional(Credential{.user = {}, .password = {}, .identity_token = secret});
    return std::optional(Credential{.user = user, .password = secret, .identity_token = {}});
}

}  // namespace lockstep::images
