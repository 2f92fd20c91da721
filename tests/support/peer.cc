#include "support/peer.h"

#include <unistd.h>

#include <chrono>
#include <stdexcept>

#include "os/environment.h"

namespace lockstep::testing {

std::optional<std::string> find_peer(std::string_view program) {
    // Of the first call: tests change HOME.
    static const Result<std::string> cache = os::cache_directory();
    if (auto path = os::find_program(program)) return *path;
    if (!cache) return std::nullopt;
    std::string installed = *cache + "/tools/" + std::string(program);
    if (::access(installed.c_str(), X_OK) != 0) return std::nullopt;
    return installed;
}

std::string absent(std::string_view program) {
    return "`" + std::string(program) + "` is not installed";
}

std::string run_tool(const std::vector<std::string>& argv, std::string_view input) {
    auto captured = os::run({.argv = argv}, {.input = input, .timeout = std::chrono::minutes(5)});
    if (!captured) throw std::runtime_error(to_string(captured.error()));
    if (!captured->exit.ok()) {
        throw std::runtime_error(argv.front() + ": " + to_string(captured->exit) + ": " +
                                 captured->err + captured->out);
    }
    return std::move(captured->out);
}

os::Captured run_peer(std::vector<std::string> argv, const std::string& home,
                      std::string_view input) {
    argv.front() = find_peer(argv.front()).value_or(argv.front());
    auto captured = os::run({.argv = std::move(argv),
                             .set = {{"HOME", home},
                                     {"DOCKER_CONFIG", home + "/.docker"},
                                     {"XDG_RUNTIME_DIR", home + "/run"},
                                     {"XDG_CONFIG_HOME", home + "/.config"},
                                     {"NO_PROXY", "*"}},
                             .unset = {"REGISTRY_AUTH_FILE", "SSL_CERT_FILE", "SSL_CERT_DIR"}},
                            {.input = input, .timeout = std::chrono::minutes(5)});
    if (!captured) throw std::runtime_error(to_string(captured.error()));
    return std::move(*captured);
}

}  // namespace lockstep::testing
