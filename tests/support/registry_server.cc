#include "support/registry_server.h"

#include <crypt.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "os/subprocess.h"
#include "support/peer.h"
#include "support/temp_dir.h"

namespace lockstep::testing {

namespace {

std::string_view program_of(RegistryKind kind) {
    switch (kind) {
        case RegistryKind::docker_registry:
            return "docker-registry";
        case RegistryKind::distribution:
            return "registry";
        case RegistryKind::ggcr:
            return "ggcr-registry";
    }
    throw std::logic_error("no such kind of registry");
}

/// Registries sync each file that they write, which takes long on a disk: memory, where there is
/// plenty.
std::filesystem::path folder_for_data() {
    constexpr const char* memory = "/dev/shm";
    constexpr std::uintmax_t plenty = 1u << 30;
    std::error_code absent;
    const auto space = std::filesystem::space(memory, absent);
    if (!absent && space.available > plenty && ::access(memory, W_OK) == 0) return memory;
    return std::filesystem::temp_directory_path();
}

/// One line of a htpasswd file. Registries take bcrypt only; the least cost is enough.
std::string htpasswd_line(const std::string& user, const std::string& password) {
    crypt_data scratch = {};
    const char* hashed = ::crypt_r(password.c_str(), "$2b$04$abcdefghijklmnopqrstuu", &scratch);
    if (hashed == nullptr) throw std::runtime_error("no bcrypt here");
    return user + ':' + hashed + '\n';
}

std::string quoted(const std::string& text) {
    return '\'' + text + '\'';
}

/// The configuration file of distribution, 2.8 and 3.
std::string configuration(const RegistrySetup& setup, const TempDir& dir) {
    std::string text =
        "version: 0.1\n"
        "log: {level: info, formatter: text, accesslog: {disabled: true}}\n"
        "storage:\n"
        "  filesystem: {rootdirectory: " +
        quoted(dir / "data") +
        "}\n"
        "  delete: {enabled: " +
        (setup.can_delete ? "true" : "false") +
        "}\n"
        "  maintenance: {uploadpurging: {enabled: false}, readonly: {enabled: " +
        (setup.is_read_only ? "true" : "false") +
        "}}\n"
        "http:\n"
        "  addr: '127.0.0.1:0'\n"
        "  secret: test\n";
    if (!setup.certificate.empty()) {
        text += "  tls:\n    certificate: " + quoted(setup.certificate) +
                "\n    key: " + quoted(setup.key) + '\n';
    }
    if (!setup.client_authority.empty()) {
        text += "    clientcas: [" + quoted(setup.client_authority) + "]\n";
    }
    if (!setup.users.empty()) {
        text += "auth:\n  htpasswd: {realm: test, path: " + quoted(dir / "htpasswd") + "}\n";
    }
    if (setup.token) {
        text += "auth:\n  token:\n    realm: " + quoted(setup.token->realm) +
                "\n    service: " + quoted(setup.token->service) +
                "\n    issuer: " + quoted(setup.token->issuer) +
                "\n    rootcertbundle: " + quoted(setup.token->certificate) + '\n';
    }
    return text;
}

/// The value of `name=…` in a line of a log, quoted or not.
std::string_view log_value(std::string_view line, std::string_view name) {
    const std::string start = ' ' + std::string(name) + '=';
    const std::size_t at = line.find(start);
    if (at == std::string_view::npos) return {};
    line.remove_prefix(at + start.size());
    if (!line.starts_with('"')) return line.substr(0, line.find_first_of(" \n"));
    return line.substr(1, line.find('"', 1) - 1);
}

}  // namespace

std::string to_string(RegistryKind kind) {
    switch (kind) {
        case RegistryKind::docker_registry:
            return "docker_registry";
        case RegistryKind::distribution:
            return "distribution";
        case RegistryKind::ggcr:
            return "ggcr";
    }
    throw std::logic_error("no such kind of registry");
}

std::optional<std::string> why_absent(RegistryKind kind) {
    if (find_peer(program_of(kind))) return std::nullopt;
    return absent(program_of(kind));
}

struct RegistryServer::State {
    RegistrySetup setup;
    TempDir dir{folder_for_data()};
    std::optional<os::Subprocess> process;
    std::string port;

    std::string log() const {
        std::ifstream file(dir / "log", std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    void start();
    void await_port();
};

void RegistryServer::State::start() {
    const auto program = find_peer(program_of(setup.kind));
    if (!program) throw std::runtime_error(absent(program_of(setup.kind)));
    os::Command command = {.argv = {"setpriv", "--pdeathsig", "KILL", "sh", "-c",
                                    R"(exec "$@" >"$0" 2>&1)", dir / "log", *program},
                           .set = {{"OTEL_TRACES_EXPORTER", "none"}}};
    if (setup.kind == RegistryKind::ggcr) {
        if (setup.can_delete || setup.is_read_only || setup.token || !setup.users.empty() ||
            !setup.certificate.empty()) {
            throw std::logic_error("ggcr's registry has no settings");
        }
    } else {
        std::string users;
        for (const auto& [user, password] : setup.users) users += htpasswd_line(user, password);
        dir.write("htpasswd", users);
        dir.write("config.yml", configuration(setup, dir));
        command.argv.insert(command.argv.end(), {"serve", dir / "config.yml"});
    }
    auto started = os::Subprocess::start(
        command, {.out = os::Subprocess::Stream::null, .err = os::Subprocess::Stream::inherit});
    if (!started) throw std::runtime_error(to_string(started.error()));
    process = std::move(*started);
    process->depend_on_us();
    await_port();
}

void RegistryServer::State::await_port() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < deadline) {
        const std::string said = log();
        constexpr std::string_view listening = "listening on 127.0.0.1:";
        const std::size_t at = said.find(listening);
        if (at != std::string::npos && said.find('\n', at) != std::string::npos) {
            const std::size_t begin = at + listening.size();
            port = said.substr(begin, said.find_first_not_of("0123456789", begin) - begin);
            return;
        }
        if (process->poll()) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    throw std::runtime_error("the registry does not start: " + log());
}

RegistryServer::RegistryServer(RegistrySetup setup) : state_(std::make_unique<State>()) {
    state_->setup = std::move(setup);
    state_->start();
}
RegistryServer::~RegistryServer() = default;
RegistryServer::RegistryServer(RegistryServer&&) noexcept = default;
RegistryServer& RegistryServer::operator=(RegistryServer&&) noexcept = default;

RegistryKind RegistryServer::kind() const {
    return state_->setup.kind;
}
std::string RegistryServer::address() const {
    return "127.0.0.1:" + state_->port;
}
std::string RegistryServer::name() const {
    return "localhost:" + state_->port;
}
std::string RegistryServer::url() const {
    return (state_->setup.certificate.empty() ? "http://" : "https://") + address();
}

std::string RegistryServer::log() const {
    // A request is written down after it was answered: until nothing comes any more.
    std::string said = state_->log();
    for (;;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        std::string later = state_->log();
        if (later.size() == said.size()) return said;
        said = std::move(later);
    }
}

std::vector<RegistryServer::Request> RegistryServer::requests() const {
    std::vector<Request> requests;
    const std::string said = log();
    std::string_view rest = said;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (!log_value(line, "msg").starts_with("response completed")) continue;
        requests.push_back(
            {.method = std::string(log_value(line, "http.request.method")),
             .target = std::string(log_value(line, "http.request.uri")),
             .status = std::stoi("0" + std::string(log_value(line, "http.response.status")))});
    }
    return requests;
}

std::size_t RegistryServer::count(std::string_view method, std::string_view part) const {
    std::size_t found = 0;
    for (const Request& request : requests()) {
        if (!method.empty() && request.method != method) continue;
        if (request.target.contains(part)) ++found;
    }
    return found;
}

std::string RegistryServer::blob_file(std::string_view digest) const {
    const std::string algorithm(digest.substr(0, digest.find(':')));
    const std::string hex(digest.substr(digest.find(':') + 1));
    return state_->dir / ("data/docker/registry/v2/blobs/" + algorithm + '/' + hex.substr(0, 2) +
                          '/' + hex + "/data");
}

}  // namespace lockstep::testing
