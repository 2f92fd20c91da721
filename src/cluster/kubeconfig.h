#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

/// How kubectl is told where clusters are and who its user is: client.authentication.k8s.io/v1 and
/// the kubeconfig file (kubernetes.io/docs/reference/config-api/kubeconfig.v1). Holds secrets:
/// nothing of a `User` belongs into a message.
namespace lockstep::cluster {

struct Server {
    std::string url;                             // "https://10.0.0.1:6443/prefix"
    std::string authority_file, authority_data;  // PEM; the text comes before the file
    std::string server_name;                     // tls-server-name
    std::string proxy;                           // proxy-url
    bool is_insecure = false;                    // insecure-skip-tls-verify
};

/// A program that hands out credentials.
struct Plugin {
    std::string api_version, command, install_hint;
    std::vector<std::string> arguments;
    std::vector<std::pair<std::string, std::string>> environment;
    bool wants_cluster = false;   // provideClusterInfo
    bool needs_terminal = false;  // interactiveMode: Always
};

struct User {
    std::string certificate_file, certificate_data, key_file, key_data;  // PEM
    std::string token, token_file;                                       // the file comes first
    std::string name, password;                                          // basic
    std::optional<Plugin> plugin;
    std::string acts_as, acts_as_uid;  // impersonation
    std::vector<std::string> acts_as_groups;
    std::string unsupported;  // a way to log in that nobody reads any more: "auth-provider"
};

struct Context {
    std::string cluster, user, name_space;
};

struct Kubeconfig {
    std::map<std::string, Server, std::less<>> servers;
    std::map<std::string, User, std::less<>> users;
    std::map<std::string, Context, std::less<>> contexts;
    std::string current;             // context
    std::vector<std::string> files;  // it was read from
};

/// One file. Paths in it are relative to `folder`. `invalid` with path:line:column where it is
/// none.
Result<Kubeconfig> parse_kubeconfig(const std::string& path, const std::string& folder,
                                    std::string text);

/// Those in `KUBECONFIG`, else `~/.kube/config`: of two that say the same thing the first counts,
/// and files that are missing are passed over, both as kubectl does it. `file`: this one alone,
/// which must be there. No file at all is an empty configuration.
Result<Kubeconfig> read_kubeconfig(const std::optional<std::string>& file);

}  // namespace lockstep::cluster
