#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::images {

/// One way to authenticate that a server offers (RFC 9110 section 11.6.1).
struct Challenge {
    std::string scheme;                                           // lower case: "bearer", "basic"
    std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case

    /// Empty where there is no such parameter.
    std::string_view find(std::string_view name) const;

    bool operator==(const Challenge&) const = default;
};

/// The challenges of one WWW-Authenticate field, in their order. What breaks the grammar ends the
/// list: the challenges before it count.
std::vector<Challenge> parse_challenges(std::string_view field);

}  // namespace lockstep::images
