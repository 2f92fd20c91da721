#pragma once

#include <string>
#include <string_view>

struct sockaddr;

namespace lockstep::http {

/// Whether an address is one of the public internet: not loopback, private, link-local, unique
/// local, shared by carriers, for documentation or benchmarks, multicast, reserved or unspecified,
/// also where an IPv6 address holds such an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo).
/// By the IANA special-purpose address registries (RFC 6890).
bool is_public(const sockaddr& address);
/// The same of an address in text, IPv6 without brackets; a text that is none is not public.
bool is_public(const std::string& address);

/// Whether `host` is an address in text, as `Url::host` has it.
bool is_address(const std::string& host);

/// Whether `host` means this machine without asking anybody: "localhost", "x.localhost" (RFC 6761).
bool is_local_name(std::string_view host);

}  // namespace lockstep::http
