#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace lockstep::http {

/// How to speak TLS with one host. Files are PEM; empty: the system's, none.
struct Tls {
    std::vector<std::string> authorities;  // files of CA certificates, besides the system's
    std::string certificate, key;          // of ours
    // The same as texts, which come before the files.
    std::string authority_text;              // CA certificates instead of all others
    std::string certificate_text, key_text;  // of ours
    std::string server_name;  // whose certificate is expected; empty: the host's of the URL
    bool is_verified = true;  // false: whatever answers there is believed
    bool operator==(const Tls&) const = default;
};

struct Options {
    std::string user_agent = "lockstep";
    std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
    /// A body that moves less than 1 byte a second on average for so long ends its exchange. So
    /// does a sink or a source that makes its exchange wait for so long while nothing else moves
    /// either.
    std::chrono::seconds stall_timeout = std::chrono::seconds(30);
    /// For all of one exchange, its retries included, where no sink and no source are involved;
    /// where they are, for the server to begin its answer. Waiting for room does not count.
    std::chrono::milliseconds exchange_timeout = std::chrono::seconds(60);
    std::optional<std::chrono::steady_clock::time_point> deadline = std::nullopt;
    /// Ends whatever is under way, with `unavailable`, a tenth of a second after it is asked to.
    std::stop_token stop = {};
    /// The proxy on the way to everything, as libcurl takes it, instead of those that the
    /// environment names.
    std::optional<std::string> proxy = std::nullopt;
    std::size_t header_bytes_max = 64u << 10;  // all headers of one answer, interim ones included
    /// Of one call. Where a connection takes many requests at once (HTTP/2), one is mostly enough.
    unsigned connections_per_host = 16;  // keeps a registry on two cores busy
    unsigned tries = 5;
    /// The first pause before another try; doubled each time, with jitter, at most `pause_max`. A
    /// Retry-After counts instead; where it asks for more than `pause_max`, or than there is time
    /// left, the answer stands as it is.
    std::chrono::milliseconds pause_first = std::chrono::milliseconds(200);
    std::chrono::milliseconds pause_max = std::chrono::seconds(30);
    /// Of "host:port" (`Url::host_port`): asked once for each host, from one thread at a time.
    std::function<Tls(std::string_view host_port)> tls_for = {};
    /// Whether addresses that are not public (loopback, private, link-local, unique local, shared
    /// by carriers, multicast, unspecified, and IPv6 forms of these) may be reached for addresses
    /// that no user asked for. Judged on the address that is connected to, after resolving, so
    /// that no name can lead there, and again where a connection is reused. Behind a proxy only
    /// addresses and "localhost" in the URL are judged: what a name means is known to the proxy
    /// alone.
    bool may_reach_private = false;
};

/// An HTTP client over libcurl's multi interface: HTTP/1.1, and HTTP/2 where TLS negotiates it;
/// connections are kept and reused; proxies by the usual variables (see proxies.h), read once;
/// certificates are verified, by the system's authorities (see trust.h), unless `tls_for` says
/// otherwise of a host.
///
/// A status is an answer, not an error: 404 and 501 arrive as responses, and so do 429, 500, 502,
/// 503 and 504 that are still there after the last try. Errors: `unavailable` (no connection, a
/// connection that broke, a time limit), `denied` (a certificate that is not trusted, a private
/// address, a redirect to http), `invalid` (no HTTP, too large, too many redirects, a body shorter
/// than announced, headers that cannot be sent), `usage` or `not_found` (certificate files), or
/// what a sink or source said. Each message begins with the method and the URL; none holds a query,
/// a user or a header.
///
/// Exchanges with a sink or a source speak HTTP/1.1, each on a connection of its own, and are begun
/// at once, since they may wait for each other: whoever makes them bounds their number. Each holds
/// about 1 MiB.
///
/// Ends within a second once this program is ending (os/ending.h), with `unavailable`.
/// Thread-safe: each call runs on connections of its own, which the next call takes over.
class Client {
  public:
    explicit Client(Options options = {});
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    Result<Response> send(const Request& request);
    /// All at once, on this thread; the results in the order of the requests. No more connections
    /// to one host than the options say; what finds no room waits.
    std::vector<Result<Response>> send_all(std::span<const Request> requests);

    const Options& options() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::http
