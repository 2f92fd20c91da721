#pragma once

#include <string_view>

#include "http/client.h"

namespace lockstep::images {

/// What this machine says about TLS with one registry: the files of `certs.d/HOST:PORT` (for the
/// default port also `certs.d/HOST`), as docker and podman have them (containers-certs.d(5)): *.crt
/// are authorities, *.cert with *.key our certificate. Looked for in ~/.config/containers,
/// ~/.config/docker, /etc/containers and /etc/docker; the first folder that is there counts.
http::Tls registry_tls(std::string_view host_port);

}  // namespace lockstep::images
