#include "images/credentials.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <span>
#include <utility>

#include "base/base64.h"
#include "images/credential_helper.h"
#include "json/parse.h"
#include "json/value.h"
#include "os/environment.h"
#include "os/file.h"

namespace lockstep::images {

namespace {

constexpr std::size_t file_bytes_max = 4u << 20;
constexpr std::string_view hub_key = "https://index.docker.io/v1/";

std::unexpected<Error> broken(const std::string& path, const std::string& what) {
    return fail(Error::Kind::usage, "`" + path + "` " + what,
                "mend or remove it: without it nobody is logged in");
}

/// "https://host/v1/" as "host": keys of auths may be URLs.
std::string_view without_url_parts(std::string_view key) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (key.starts_with(scheme)) {
            key.remove_prefix(scheme.size());
            return key.substr(0, key.find('/'));
        }
    return key;
}

/// The key under which Docker Hub's credentials stand, whatever it is called by.
bool is_hub(std::string_view host_port) {
    return host_port == "docker.io" || host_port == "index.docker.io" ||
           host_port == "registry-1.docker.io";
}

/// What a lookup may be called in `auths`, most special first: "host/a/b", "host/a", "host".
std::vector<std::string> keys_for(std::string_view host_port, std::string_view repository) {
    std::vector<std::string> keys;
    std::string path = std::string(host_port) + '/' + std::string(repository);
    while (path.size() > host_port.size()) {
        keys.push_back(path);
        path.resize(path.rfind('/'));
    }
    keys.emplace_back(host_port);
    if (is_hub(host_port)) {
        keys.emplace_back(hub_key);
        for (const char* name : {"docker.io", "index.docker.io", "registry-1.docker.io"})
            keys.emplace_back(name);
    }
    return keys;
}

Result<Credential> read_auth(const std::string& path, const std::string& key,
                             const json::Value& entry) {
    Credential credential{.user = std::string(entry.text("username")),
                          .password = std::string(entry.text("password")),
                          .identity_token = std::string(entry.text("identitytoken"))};
    const std::string encoded = std::string(entry.text("auth"));
    if (encoded.empty()) return credential;
    const std::optional<std::string> decoded = decode_base64(encoded);
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos)
        return broken(path, "has an `auth` for `" + key + "` that is not base64 of user:password");
    credential.user = decoded->substr(0, colon);
    credential.password = decoded->substr(colon + 1);
    while (credential.password.ends_with('\0')) credential.password.pop_back();
    return credential;
}

bool says_something(const Credential& credential) {
    return !credential.user.empty() || !credential.identity_token.empty();
}

std::vector<std::string> file_paths() {
    if (const std::optional<std::string> file = os::environment("REGISTRY_AUTH_FILE"))
        return {*file};
    std::vector<std::string> paths;
    const std::optional<std::string> docker = os::environment("DOCKER_CONFIG");
    const std::optional<std::string> home = os::environment("HOME");
    const std::optional<std::string> runtime = os::environment("XDG_RUNTIME_DIR");
    if (docker)
        paths.push_back(*docker + "/config.json");
    else if (home)
        paths.push_back(*home + "/.docker/config.json");
    if (runtime) paths.push_back(*runtime + "/containers/auth.json");
    if (home) paths.push_back(*home + "/.config/containers/auth.json");
    return paths;
}

}  // namespace

/// One configuration file.
struct Credentials::File {
    std::string path;
    std::map<std::string, Credential, std::less<>> auths;     // by key as written, and without URL
    std::map<std::string, std::string, std::less<>> helpers;  // host → program suffix
    std::string store;                                        // program suffix

    static Result<File> read(const std::string& path, const std::string& text);
    std::optional<Credential> find_auth(std::span<const std::string> keys) const;
};

struct Credentials::State {
    std::vector<File> files;
    std::mutex mutex;
    /// What programs answered, by program and server: each is asked once.
    std::map<std::pair<std::string, std::string>, std::optional<Credential>> asked;

    Result<std::optional<Credential>> ask(const std::string& program, const std::string& server);
};

Result<Credentials::File> Credentials::File::read(const std::string& path,
                                                  const std::string& text) {
    const json::Value document = TRY(json::parse(path, text));
    File file{.path = path,
              .auths = {},
              .helpers = {},
              .store = std::string(document.text("credsStore"))};
    if (const json::Value* auths = document.find("auths")) {
        const auto* const entries = auths->as<json::Object>();
        if (entries == nullptr) return broken(path, "has `auths` that are no object");
        for (const json::Member& entry : *entries) {
            const Credential credential = TRY(read_auth(path, entry.key, entry.value));
            if (!says_something(credential)) continue;
            file.auths.emplace(entry.key, credential);
            file.auths.emplace(without_url_parts(entry.key), credential);
        }
    }
    if (const json::Value* helpers = document.find("credHelpers")) {
        const auto* const entries = helpers->as<json::Object>();
        if (entries == nullptr) return broken(path, "has `credHelpers` that are no object");
        for (const json::Member& entry : *entries)
            if (const auto* program = entry.value.as<std::string>())
                file.helpers.emplace(entry.key, *program);
    }
    return file;
}

std::optional<Credential> Credentials::File::find_auth(std::span<const std::string> keys) const {
    for (const std::string& key : keys)
        if (const auto found = auths.find(key); found != auths.end()) return found->second;
    return std::nullopt;
}

Result<std::optional<Credential>> Credentials::State::ask(const std::string& program,
                                                          const std::string& server) {
    const std::scoped_lock lock(mutex);
    const std::pair key(program, server);
    if (const auto found = asked.find(key); found != asked.end()) return found->second;
    std::optional<Credential> credential = TRY(ask_credential_helper(program, server));
    asked.emplace(key, credential);
    return credential;
}

Credentials::Credentials() : state_(std::make_unique<State>()) {}
Credentials::Credentials(Credentials&&) noexcept = default;
Credentials& Credentials::operator=(Credentials&&) noexcept = default;
Credentials::~Credentials() = default;

Result<Credentials> Credentials::from_environment() {
    Credentials credentials;
    for (const std::string& path : file_paths()) {
        Result<std::string> text = os::read_file(path, file_bytes_max);
        if (!text && text.error().kind == Error::Kind::not_found) continue;
        if (!text) return std::unexpected(std::move(text.error()));
        if (text->empty()) continue;  // podman leaves such behind
        Result<File> file = File::read(path, *text);
        if (!file && file.error().kind == Error::Kind::invalid)
            return broken(path, "is no JSON: " + file.error().message);
        credentials.state_->files.push_back(TRY(std::move(file)));
    }
    return credentials;
}

Result<std::optional<Credential>> Credentials::find(std::string_view host_port,
                                                    std::string_view repository) const {
    const std::vector<std::string> keys = keys_for(host_port, repository);
    const std::string server(is_hub(host_port) ? hub_key : host_port);
    for (const File& file : state_->files) {
        const auto helper =
            std::ranges::find_if(keys, [&](const auto& key) { return file.helpers.contains(key); });
        if (helper != keys.end()) return state_->ask(file.helpers.find(*helper)->second, server);
        if (std::optional<Credential> found = file.find_auth(keys)) return found;
        if (file.store.empty()) continue;
        std::optional<Credential> found = TRY(state_->ask(file.store, server));
        if (found) return found;
    }
    return std::optional<Credential>();
}

}  // namespace lockstep::images
