#include "http/address_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>

namespace lockstep::http {

namespace {

struct Range4 {
    std::uint32_t first;
    int bits;
};

constexpr std::uint32_t ipv4(unsigned a, unsigned b, unsigned c = 0, unsigned d = 0) {
    return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array<Range4, 16> not_public = {{
    {ipv4(0, 0), 8},               // this network, unspecified
    {ipv4(10, 0), 8},              // private
    {ipv4(100, 64), 10},           // shared by carriers
    {ipv4(127, 0), 8},             // loopback
    {ipv4(168, 63, 129, 16), 32},  // Azure's host, seen from its machines only
    {ipv4(169, 254), 16},          // link-local; metadata of clouds
    {ipv4(172, 16), 12},           // private
    {ipv4(192, 0, 0), 24},         // protocol assignments
    {ipv4(192, 0, 2), 24},         // documentation
    {ipv4(192, 88, 99), 24},       // relays of 6to4
    {ipv4(192, 168), 16},          // private
    {ipv4(198, 18), 15},           // benchmarks
    {ipv4(198, 51, 100), 24},      // documentation
    {ipv4(203, 0, 113), 24},       // documentation
    {ipv4(224, 0), 4},             // multicast
    {ipv4(240, 0), 4},             // reserved, broadcast
}};

bool is_public4(std::uint32_t address) {
    for (const auto& [first, bits] : not_public)
        if ((address ^ first) >> (32 - bits) == 0) return false;
    return true;
}

std::uint32_t ipv4_at(const std::uint8_t* bytes) {
    return ipv4(bytes[0], bytes[1], bytes[2], bytes[3]);
}

bool begins_with(const in6_addr& address, std::initializer_list<std::uint8_t> prefix) {
    return std::equal(prefix.begin(), prefix.end(), std::begin(address.s6_addr));
}

bool is_public6(const in6_addr& address) {
    const std::uint8_t* bytes = address.s6_addr;
    const bool is_mapped = begins_with(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff});
    const bool is_nat64 = begins_with(address, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0});
    if (is_mapped || is_nat64) return is_public4(ipv4_at(bytes + 12));
    if (begins_with(address, {0x20, 0x02})) return is_public4(ipv4_at(bytes + 2));  // 6to4
    if ((bytes[0] & 0xe0) != 0x20) return false;  // only 2000::/3 is given out
    const bool is_protocol = begins_with(address, {0x20, 0x01}) && bytes[2] < 2;  // Teredo, …
    const bool is_documentation = begins_with(address, {0x20, 0x01, 0x0d, 0xb8}) ||
                                  (begins_with(address, {0x3f, 0xff}) && bytes[2] < 0x10);
    return !is_protocol && !is_documentation;
}

}  // namespace

bool is_public(const sockaddr& address) {
    // Copied out: the callers' buffers need not be aligned for these.
    if (address.sa_family == AF_INET) {
        sockaddr_in ip = {};
        std::memcpy(&ip, &address, sizeof ip);
        return is_public4(ntohl(ip.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 ip = {};
        std::memcpy(&ip, &address, sizeof ip);
        return is_public6(ip.sin6_addr);
    }
    return false;
}

bool is_public(const std::string& address) {
    in_addr ip = {};
    in6_addr ip6 = {};
    if (::inet_pton(AF_INET, address.c_str(), &ip) == 1) return is_public4(ntohl(ip.s_addr));
    return ::inet_pton(AF_INET6, address.c_str(), &ip6) == 1 && is_public6(ip6);
}

bool is_address(const std::string& host) {
    in6_addr ip = {};
    return ::inet_pton(AF_INET, host.c_str(), &ip) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), &ip) == 1;
}

bool is_local_name(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    return host == "localhost" || host.ends_with(".localhost");
}

}  // namespace lockstep::http
