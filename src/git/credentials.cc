#include <algorithm>
#include <array>

#include "git/remote.h"

namespace lockstep::git {

namespace {

constexpr std::array<std::string_view, 4> harmless = {"ref", "version", "timeout", "submodules"};

/// The query with the values of unknown parameters hidden: they may be tokens.
std::string without_tokens(std::string_view query) {
    std::string result;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find_first_of("&;"));
        const bool is_last = pair.size() == query.size();
        const std::string_view name = pair.substr(0, pair.find('='));
        const bool is_harmless = std::ranges::find(harmless, name) != harmless.end();
        result += is_harmless || name.size() == pair.size() ? std::string(pair)
                                                            : std::string(name) + "=***";
        if (!is_last) result += query[pair.size()];
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
    }
    return result;
}

}  // namespace

std::string without_credentials(std::string_view url) {
    const std::size_t question = std::min(url.find('?'), url.size());
    std::string_view rest = url.substr(0, question);
    const std::size_t scheme_end = rest.find("://");
    std::string result;
    if (scheme_end != std::string_view::npos) {
        result = rest.substr(0, scheme_end + 3);
        rest.remove_prefix(scheme_end + 3);
    }
    // A password may hold an '@' or, wrongly, a '/': what stands before the last '@' of the first
    // parts is never shown with a ':' in it.
    const std::size_t host_end = std::min(rest.find('/'), rest.size());
    std::size_t at = rest.substr(0, host_end).rfind('@');
    if (at == std::string_view::npos && rest.substr(0, host_end).contains(':') &&
        scheme_end != std::string_view::npos)
        at = rest.rfind('@');
    if (at != std::string_view::npos) {
        const std::string_view user = rest.substr(0, at);
        const bool is_ssh = result.empty() || result.ends_with("ssh://");
        // The user of ssh is part of the address, a bare user of https may be a token.
        if (is_ssh && !user.contains(':')) result += std::string(user) + '@';
        rest.remove_prefix(at + 1);
    }
    result += rest;
    if (question < url.size()) result += '?' + without_tokens(url.substr(question + 1));
    return result;
}

}  // namespace lockstep::git
