#pragma once

#include <cstdint>
#include <string_view>

namespace lockstep::changes {

/// What a change is to whoever applies it. In order: a later one weighs more.
enum class Severity : std::uint8_t {
    info,       // it does what it says
    attention,  // it may need something of the user, or of the cluster
    breaking,   // applying it fails, or takes away what somebody may use
};

constexpr std::string_view to_string(Severity severity) {
    switch (severity) {
        case Severity::info:
            return "info";
        case Severity::attention:
            return "attention";
        case Severity::breaking:
            return "breaking";
    }
    return {};
}

}  // namespace lockstep::changes
