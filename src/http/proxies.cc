#include "http/proxies.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "os/environment.h"

namespace lockstep::http {

namespace {

/// The first of these variables that is set and not empty.
std::string first_of(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        if (auto value = os::environment(name); value && !value->empty()) return *value;
    return {};
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether two addresses of one family begin with the same `bits`.
bool is_same_network(const std::string& a, const std::string& b, unsigned bits) {
    for (const int family : {AF_INET, AF_INET6}) {
        in6_addr left = {}, right = {};
        const unsigned bits_max = family == AF_INET ? 32 : 128;
        if (::inet_pton(family, a.c_str(), &left) != 1 ||
            ::inet_pton(family, b.c_str(), &right) != 1)
            continue;
        if (bits > bits_max) return false;
        for (unsigned at = 0; at < bits; ++at) {
            const unsigned mask = 0x80u >> (at % 8);
            if (((left.s6_addr[at / 8] ^ right.s6_addr[at / 8]) & mask) != 0) return false;
        }
        return true;
    }
    return false;
}

/// One entry of no_proxy: a host with all below it, an address, or a network ("10.0.0.0/8").
bool matches(std::string_view entry, const std::string& host) {
    if (entry == "*") return true;
    if (const std::size_t slash = entry.find('/'); slash != std::string_view::npos) {
        unsigned bits = 0;
        const std::string_view digits = entry.substr(slash + 1);
        const char* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, bits);
        return error == std::errc() && stop == end &&
               is_same_network(std::string(entry.substr(0, slash)), host, bits);
    }
    if (entry.starts_with('[') && entry.ends_with(']')) entry = entry.substr(1, entry.size() - 2);
    if (is_same_network(std::string(entry), host, entry.contains(':') ? 128 : 32)) return true;
    if (entry.starts_with('.')) entry.remove_prefix(1);
    if (entry.ends_with('.')) entry.remove_suffix(1);
    std::string_view name = host;
    if (name.ends_with('.')) name.remove_suffix(1);
    if (entry.empty() || !name.ends_with(entry)) return false;
    return name.size() == entry.size() || name[name.size() - entry.size() - 1] == '.';
}

}  // namespace

Proxies Proxies::from_environment() {
    Proxies proxies;
    proxies.http_ = first_of({"http_proxy", "all_proxy", "ALL_PROXY"});
    proxies.https_ = first_of({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
    proxies.except_ = first_of({"no_proxy", "NO_PROXY"});
    std::ranges::transform(proxies.except_, proxies.except_.begin(), lower);
    return proxies;
}

Proxies Proxies::always(const std::string& proxy) {
    Proxies proxies;
    proxies.http_ = proxies.https_ = proxy;
    return proxies;
}

std::string_view Proxies::find(const Url& url) const {
    const std::string& proxy = url.is_secure() ? https_ : http_;
    if (proxy.empty() || is_excepted(url.host())) return {};
    return proxy;
}

bool Proxies::is_excepted(const std::string& host) const {
    std::string_view rest = except_;
    while (true) {
        rest.remove_prefix(std::min(rest.find_first_not_of(", \t"), rest.size()));
        if (rest.empty()) return false;
        const std::string_view entry = rest.substr(0, rest.find_first_of(", \t"));
        if (matches(entry, host)) return true;
        rest.remove_prefix(entry.size());
    }
}

}  // namespace lockstep::http
