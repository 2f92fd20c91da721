#include "http/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace lockstep::http {

namespace {

constexpr std::size_t url_limit = 8192;
constexpr std::size_t host_limit = 255;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void append_escape(std::string& text, char c) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    text += {'%', digits[byte >> 4], digits[byte & 15]};
}

std::unexpected<Error> refuse(std::string why) {
    return fail(Error::Kind::invalid, "a URL " + std::move(why));
}

/// What is wrong before any part of it is looked at. No message repeats the text: it may hold a
/// password.
std::optional<std::string> fault_of(std::string_view text) {
    if (text.size() > url_limit) return "of more than " + std::to_string(url_limit) + " characters";
    const auto is_bad = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
    if (std::ranges::any_of(text, is_bad)) return "with a space or a control character in it";
    return std::nullopt;
}

std::size_t scheme_size(std::string_view text) {
    if (text.empty() || !is_letter(text[0])) return 0;
    std::size_t size = 1;
    while (size < text.size() && (is_letter(text[size]) || is_digit(text[size]) ||
                                  text[size] == '+' || text[size] == '-' || text[size] == '.'))
        ++size;
    return size < text.size() && text[size] == ':' ? size : 0;
}

/// "127.0.0.1" of "127.1", "0x7f000001" and the like; nothing for a name. Resolvers read these as
/// addresses, so they must be seen as such.
std::optional<std::string> ipv4_of(const std::string& host) {
    in_addr address = {};
    if (::inet_aton(host.c_str(), &address) == 0) return std::nullopt;
    std::array<char, INET_ADDRSTRLEN> text = {};
    ::inet_ntop(AF_INET, &address, text.data(), text.size());
    return text.data();
}

std::optional<std::string> ipv6_of(const std::string& host) {
    in6_addr address = {};
    if (::inet_pton(AF_INET6, host.c_str(), &address) != 1) return std::nullopt;
    std::array<char, INET6_ADDRSTRLEN> text = {};
    ::inet_ntop(AF_INET6, &address, text.data(), text.size());
    return text.data();
}

Result<std::string> parse_host(std::string_view text) {
    std::string host(text);
    std::ranges::transform(host, host.begin(), lower);
    if (host.starts_with('[')) {
        const bool is_closed = host.size() > 2 && host.ends_with(']');
        const auto address = ipv6_of(is_closed ? host.substr(1, host.size() - 2) : "");
        if (!address) return refuse("with brackets around what is no IPv6 address");
        return *address;
    }
    if (host.empty()) return refuse("without a host");
    if (host.size() > host_limit) return refuse("with a host that is too long");
    const auto is_good = [](char c) {
        return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_';
    };
    if (!std::ranges::all_of(host, is_good))
        return refuse("with characters in its host that no name has");
    const std::string bare = host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
    if (const auto address = ipv4_of(bare)) return *address;
    const std::string_view last = std::string_view(bare).substr(bare.rfind('.') + 1);
    if (!last.empty() && std::ranges::all_of(last, is_digit))
        return refuse("with a host that is neither a name nor an address");
    return host;
}

Result<unsigned> parse_port(std::string_view digits) {
    unsigned port = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, port);
    if (error != std::errc() || stop != end || port == 0 || port > 65535)
        return refuse("with a port that is none");
    return port;
}

std::string normal_target(std::string_view text) {
    std::string target;
    if (!text.starts_with('/')) target = "/";
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x80)
            target += c;
        else
            append_escape(target, c);
    }
    return target;
}

/// RFC 3986 section 5.2.4, of a path that begins with a slash.
std::string without_dot_segments(std::string_view path) {
    std::string result;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/', 1), path.size());
        const std::string_view segment = path.substr(1, end - 1);
        const bool is_last = end == path.size();
        path.remove_prefix(end);
        if (segment == "..") result.erase(std::min(result.rfind('/'), result.size()));
        const bool is_dots = segment == "." || segment == "..";
        if (!is_dots) result.append("/").append(segment);
        if (is_dots && is_last) result += '/';
    }
    return result;
}

struct PathAndQuery {
    std::string_view path;
    std::string_view query;  // with its question mark
};

PathAndQuery split(std::string_view target) {
    const std::size_t mark = std::min(target.find('?'), target.size());
    return {target.substr(0, mark), target.substr(mark)};
}

std::string normal_path(std::string_view path) {
    return without_dot_segments(normal_target(path));
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
    if (const auto fault = fault_of(text)) return refuse(*fault);
    const std::size_t size = scheme_size(text);
    Url url;
    url.scheme_ = text.substr(0, size);
    std::ranges::transform(url.scheme_, url.scheme_.begin(), lower);
    if (url.scheme_ != "http" && url.scheme_ != "https")
        return refuse("that begins with neither http:// nor https://");
    text.remove_prefix(size + 1);
    if (!text.starts_with("//")) return refuse("without // behind its scheme");
    text.remove_prefix(2);
    text = text.substr(0, text.find('#'));
    std::string_view authority = text.substr(0, text.find_first_of("/?"));
    text.remove_prefix(authority.size());
    // A backslash is a slash to some readers; no host has one, so it is refused with the host.
    if (authority.contains('@'))
        return fail(Error::Kind::invalid, "a URL with a user or a password in it",
                    "leave them out of the URL: they would end up in logs");
    const std::size_t host_end = authority.starts_with('[')
                                     ? std::min(authority.find(']'), authority.size() - 1) + 1
                                     : std::min(authority.find(':'), authority.size());
    url.host_ = TRY(parse_host(authority.substr(0, host_end)));
    authority.remove_prefix(host_end);
    url.port_ = url.is_secure() ? 443 : 80;
    if (!authority.empty() && authority[0] != ':') return refuse("with more behind its host");
    if (authority.size() > 1) url.port_ = TRY(parse_port(authority.substr(1)));
    url.target_ = normal_target(text);
    if (url.str().size() > url_limit)
        return refuse("of more than " + std::to_string(url_limit) + " characters");
    return url;
}

Result<Url> Url::resolve(std::string_view reference) const {
    if (const auto fault = fault_of(reference)) return refuse(*fault);
    reference = reference.substr(0, reference.find('#'));
    if (scheme_size(reference) > 0 || reference.starts_with("//")) {
        const bool has_scheme = !reference.starts_with('/');
        Url url = TRY(
            parse(has_scheme ? std::string(reference) : scheme_ + ":" + std::string(reference)));
        const auto [path, query] = split(url.target_);
        url.target_ = normal_path(path) + std::string(query);
        return url;
    }
    const auto [base_path, base_query] = split(target_);
    const auto [path, query] = split(reference);
    std::string target;
    if (path.empty()) {
        target = std::string(base_path) + std::string(query.empty() ? base_query : query);
    } else {
        const std::string_view folder = base_path.substr(0, base_path.rfind('/') + 1);
        target = normal_path(path[0] == '/' ? std::string(path)
                                            : std::string(folder) + std::string(path)) +
                 std::string(query);
    }
    return parse(scheme_ + "://" + authority() + target);
}

std::string Url::host_port() const {
    const std::string host = host_.contains(':') ? "[" + host_ + "]" : host_;
    return host + ":" + std::to_string(port_);
}

std::string Url::authority() const {
    std::string text = host_port();
    if (port_ == (is_secure() ? 443u : 80u)) text.erase(text.rfind(':'));
    return text;
}

std::string Url::str() const {
    return scheme_ + "://" + authority() + target_;
}

std::string Url::shown() const {
    return scheme_ + "://" + authority() + std::string(split(target_).path);
}

Url Url::with_query(std::string_view name, std::string_view value) const {
    Url url = *this;
    const bool has_query = target_.contains('?');
    const bool is_open = target_.ends_with('?') || target_.ends_with('&');
    if (!is_open) url.target_ += has_query ? '&' : '?';
    url.target_ += escaped(name) + "=" + escaped(value);
    return url;
}

bool Url::has_origin_of(const Url& other) const {
    return scheme_ == other.scheme_ && host_ == other.host_ && port_ == other.port_;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~')
            result += c;
        else
            append_escape(result, c);
    }
    return result;
}

}  // namespace lockstep::http
