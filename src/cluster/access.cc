#include "cluster/access.h"

#include "os/environment.h"
#include "os/file.h"

namespace lockstep::cluster {

namespace {

constexpr std::string_view default_namespace = "default";

std::string listed(const Kubeconfig& configuration) {
    std::string names;
    for (const auto& [name, context] : configuration.contexts)
        names += (names.empty() ? "" : ", ") + name;
    return names;
}

/// The service account of this pod; nothing where this runs in none.
Result<std::optional<Access>> in_cluster(const std::string& folder) {
    const std::string host = os::environment("KUBERNETES_SERVICE_HOST").value_or("");
    const std::string port = os::environment("KUBERNETES_SERVICE_PORT").value_or("");
    if (host.empty() || port.empty()) return std::optional<Access>();
    Access access;
    access.server.url = "https://" + (host.contains(':') ? "[" + host + "]" : host) + ":" + port;
    access.server.authority_data = TRY(os::read_file(folder + "/ca.crt"), "the service account");
    access.user.token_file = folder + "/token";
    const auto name_space = os::read_file(folder + "/namespace");
    access.name_space = name_space ? *name_space : std::string(default_namespace);
    return std::optional(std::move(access));
}

std::unexpected<Error> no_context(const Kubeconfig& configuration) {
    if (configuration.files.empty())
        return fail(Error::Kind::usage, "there is no kubeconfig, and this is no pod of a cluster",
                    "name one: --kubeconfig FILE, or KUBECONFIG in the environment");
    return fail(Error::Kind::usage,
                "no context is current in `" + configuration.files.front() + "`",
                "name one with --context: " + listed(configuration));
}

}  // namespace

Result<Access> find_access(const AccessOptions& options) {
    const Kubeconfig configuration = TRY(read_kubeconfig(options.kubeconfig));
    const std::string name = options.context.value_or(configuration.current);
    if (name.empty()) {
        if (!options.kubeconfig)
            if (auto inside = TRY(in_cluster(options.service_account))) return *std::move(inside);
        return no_context(configuration);
    }
    const auto context = configuration.contexts.find(name);
    if (context == configuration.contexts.end())
        return fail(Error::Kind::usage, "no kubeconfig has a context `" + name + "`",
                    configuration.contexts.empty() ? "" : "there are " + listed(configuration));
    const auto server = configuration.servers.find(context->second.cluster);
    if (server == configuration.servers.end() || server->second.url.empty())
        return fail(Error::Kind::usage, "context `" + name + "` names the cluster `" +
                                            context->second.cluster +
                                            "`, of which no kubeconfig says where it is");
    const auto user = configuration.users.find(context->second.user);
    if (user == configuration.users.end() && !context->second.user.empty())
        return fail(Error::Kind::usage, "context `" + name + "` names the user `" +
                                            context->second.user + "`, which no kubeconfig has");
    return Access{.context = name,
                  .name_space = context->second.name_space.empty() ? std::string(default_namespace)
                                                                   : context->second.name_space,
                  .server = server->second,
                  .user = user == configuration.users.end() ? User() : user->second};
}

}  // namespace lockstep::cluster
