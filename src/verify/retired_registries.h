#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace lockstep::verify {

/// A registry that was frozen or shut down, with the public source that says so.
struct RetiredRegistry {
    enum class Kind : std::uint8_t {
        frozen,     // what was there is still served; nothing new arrives
        shut_down,  // nothing is served any more
        moved,      // served on behalf of another one, for those who moved
    };

    std::string_view name;  // "k8s.gcr.io"; ".bintray.io" is every host that ends so
    Kind kind = Kind::frozen;
    std::int64_t since = 0;       // seconds since 1970 UTC; 0: no day is known
    std::string_view since_text;  // "2023-04-03"
    std::string_view what;        // behind "which": "was frozen on 2023-04-03"
    std::string_view instead;     // "registry.k8s.io"; empty: none
    std::string_view source;      // URL
};

std::span<const RetiredRegistry> retired_registries();

/// The one that holds an image's name in full; null where there is none.
const RetiredRegistry* find_retired(std::string_view registry);

}  // namespace lockstep::verify
