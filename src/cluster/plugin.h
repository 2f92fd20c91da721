#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "cluster/kubeconfig.h"

namespace lockstep::cluster {

/// What a plugin handed out. Secrets.
struct PluginAnswer {
    std::string token;
    std::string certificate, key;         // PEM
    std::optional<std::int64_t> expires;  // seconds since 1970; nothing: when the cluster says so
};

/// Runs the plugin (client.authentication.k8s.io, v1 and v1beta1), without a terminal. `denied`
/// where it fails or prints no credentials, with the last line of what it said; `usage` where it
/// cannot be run, or must have a terminal.
Result<PluginAnswer> ask_plugin(const Plugin& plugin, const Server& server);

}  // namespace lockstep::cluster
