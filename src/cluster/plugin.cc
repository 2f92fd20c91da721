#include "cluster/plugin.h"

#include <chrono>
#include <utility>

#include "base/base64.h"
#include "json/parse.h"
#include "json/writer.h"
#include "os/file.h"
#include "os/subprocess.h"
#include "record/time.h"

namespace lockstep::cluster {

namespace {

constexpr std::chrono::minutes patience{2};
constexpr std::string_view group = "client.authentication.k8s.io/";

json::Value text(std::string value) {
    return {std::move(value)};
}

Result<json::Value> described(const Server& server) {
    std::string authority = server.authority_data;
    if (authority.empty() && !server.authority_file.empty())
        authority = TRY(os::read_file(server.authority_file));
    json::Object cluster = {{"server", text(server.url)}};
    if (!server.server_name.empty())
        cluster.push_back({"tls-server-name", text(server.server_name)});
    if (server.is_insecure) cluster.push_back({"insecure-skip-tls-verify", {true}});
    if (!authority.empty())
        cluster.push_back({"certificate-authority-data", text(encode_base64(authority))});
    if (!server.proxy.empty()) cluster.push_back({"proxy-url", text(server.proxy)});
    return json::Value{std::move(cluster)};
}

Result<std::string> request_to(const Plugin& plugin, const Server& server) {
    json::Object spec = {{"interactive", {false}}};
    if (plugin.wants_cluster) {
        auto cluster = TRY(described(server));
        spec.push_back({"cluster", std::move(cluster)});
    }
    return json::write({json::Object{{"kind", text("ExecCredential")},
                                     {"apiVersion", text(plugin.api_version)},
                                     {"spec", {std::move(spec)}}}},
                       json::Style::compact);
}

std::string last_line(std::string_view text) {
    constexpr std::size_t length_max = 300;
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    return std::string(text.substr(text.rfind('\n') + 1).substr(0, length_max));
}

std::unexpected<Error> failed(const Plugin& plugin, const std::string& how,
                              std::string_view said = {}) {
    const std::string line = last_line(said);
    return fail(Error::Kind::denied,
                "`" + plugin.command + "`, which the kubeconfig names for credentials, " + how +
                    (line.empty() ? "" : ": " + line),
                "run it by hand, or log in again");
}

Result<void> check(const Plugin& plugin) {
    if (plugin.api_version != std::string(group) + "v1" &&
        plugin.api_version != std::string(group) + "v1beta1")
        return fail(Error::Kind::unsupported, "`exec` of the kubeconfig speaks `" +
                                                  plugin.api_version + "`, not " +
                                                  std::string(group) + "v1 or v1beta1");
    if (plugin.needs_terminal)
        return fail(Error::Kind::usage,
                    "`" + plugin.command +
                        "`, which the kubeconfig names for credentials, must "
                        "have a terminal (interactiveMode: Always)",
                    "log in by hand to a context that needs none");
    return {};
}

Result<PluginAnswer> read_answer(const Plugin& plugin, const std::string& printed) {
    const Result<json::Value> answer = json::parse(plugin.command, printed);
    if (!answer) return failed(plugin, "printed no JSON");
    if (answer->text("kind") != "ExecCredential" ||
        answer->text("apiVersion") != plugin.api_version)
        return failed(plugin, "printed no ExecCredential of " + plugin.api_version);
    const json::Value* const status = answer->find("status");
    if (status == nullptr) return failed(plugin, "printed no credentials");
    PluginAnswer found;
    found.token = status->text("token");
    found.certificate = status->text("clientCertificateData");
    found.key = status->text("clientKeyData");
    found.expires = record::parse_time(status->text("expirationTimestamp"));
    if (found.certificate.empty() != found.key.empty())
        return failed(plugin, "printed a certificate without its key, or a key alone");
    if (found.token.empty() && found.certificate.empty())
        return failed(plugin, "printed no credentials");
    return found;
}

}  // namespace

Result<PluginAnswer> ask_plugin(const Plugin& plugin, const Server& server) {
    TRY(check(plugin));
    os::Command command;
    command.argv.push_back(plugin.command);
    command.argv.insert(command.argv.end(), plugin.arguments.begin(), plugin.arguments.end());
    command.set = plugin.environment;
    command.set.emplace_back("KUBERNETES_EXEC_INFO", TRY(request_to(plugin, server)));
    Result<os::Captured> captured =
        os::run(command, {.timeout = patience, .out_bytes_max = 1u << 20});
    if (!captured) {
        if (captured.error().kind == Error::Kind::not_found)
            captured.error().hint = plugin.install_hint;
        return std::unexpected(std::move(captured).error());
    }
    if (!captured->exit.ok())
        return failed(plugin, "ended with " + os::to_string(captured->exit), captured->err);
    return read_answer(plugin, captured->out);
}

}  // namespace lockstep::cluster
