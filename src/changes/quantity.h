#pragma once

#include <optional>
#include <string_view>

namespace lockstep::changes {

/// A quantity of Kubernetes ("100m", "1.5", "128Mi", "2G", "1e3"), near enough to tell which of two
/// is more; nothing where it is none.
std::optional<double> parse_quantity(std::string_view text);

}  // namespace lockstep::changes
