#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::git {

/// The parameters of a URL's query ("a=1&b=2", without the '?'), unescaped; the first of a name
/// counts. Nothing where Go's net/url, and so kustomize, would refuse the whole query: a bad escape
/// or a ';'.
std::optional<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view query);

/// "1m30s", "1.5h", "61" (seconds), as kustomize takes a timeout, rounded up to whole seconds.
/// Nothing where it is none or not above zero.
std::optional<std::chrono::seconds> parse_timeout(std::string_view text);

/// The words that Go takes for a bool: 1, t, T, true, True, TRUE and their opposites.
std::optional<bool> parse_bool(std::string_view text);

}  // namespace lockstep::git
