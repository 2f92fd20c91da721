#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace lockstep::http {

/// An absolute http or https URL (RFC 3986), without user information and fragment.
class Url {
  public:
    /// A fragment is left out. `invalid`: another scheme, no host, a host with characters that no
    /// name has, a user or password (they would end up in logs), a control character or space, over
    /// 8,192 characters. IPv4 addresses in their odd writings ("127.1", "0x7f.0.0.1") are taken for
    /// what they are; bytes above 127 are percent-encoded.
    static Result<Url> parse(std::string_view text);
    /// What `reference` means where this was read: RFC 3986 section 5, absolute or relative.
    Result<Url> resolve(std::string_view reference) const;

    const std::string& scheme() const { return scheme_; }  // "http", "https"
    const std::string& host() const { return host_; }      // lower case; IPv6 without brackets
    unsigned port() const { return port_; }                // the scheme's where none is written
    const std::string& target() const { return target_; }  // path and query: "/v2/?n=1"
    bool is_secure() const { return scheme_ == "https"; }

    std::string authority() const;  // "host", "host:5000", "[::1]:5000": no port where the default
    std::string host_port() const;  // the same with its port always
    std::string str() const;
    /// The same without its query, which may hold a signature: for messages and logs.
    std::string shown() const;
    /// The same with `name=value` added to the query, escaped.
    Url with_query(std::string_view name, std::string_view value) const;

    /// Same scheme, host and port: where credentials may go.
    bool has_origin_of(const Url& other) const;

    bool operator==(const Url&) const = default;

  private:
    Url() = default;
    std::string scheme_, host_, target_;
    unsigned port_ = 0;
};

/// `text` percent-encoded but for RFC 3986's unreserved characters.
std::string escaped(std::string_view text);

}  // namespace lockstep::http
