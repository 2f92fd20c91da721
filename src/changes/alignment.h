#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kustomize/merge_keys.h"
#include "yaml/node.h"

/// Which elements of two lists are one and the same.
namespace lockstep::changes {

struct Alignment {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    struct Pairing {
        std::size_t from;  // `none`: new
        std::size_t to;    // `none`: gone
        std::string key;   // "name=web" where the list has merge keys, else empty
    };
    std::vector<Pairing> pairings;  // those with a `to` by that, from 0 on
    bool is_reordered = false;      // what stayed is in another order
};

/// By the list's merge keys where `schema` (of the list, may be null) has some, or else by `name`,
/// where that names each element of both lists once; otherwise the longest common run of equal
/// elements stays, and what stands between two of its elements is paired in order where as much
/// went as came.
Alignment align(const yaml::Node& before, const yaml::Node& after, const kustomize::Schema* schema);

/// Of two texts, line by line, in the second way.
Alignment align(std::span<const std::string_view> before, std::span<const std::string_view> after);

}  // namespace lockstep::changes
