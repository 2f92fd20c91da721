#pragma once

#include <optional>
#include <string_view>

namespace lockstep::images {

/// The target of the first link with relation "next" in a Link field (RFC 8288 section 3), as it is
/// written: usually relative. Borrows from `field`.
std::optional<std::string_view> next_link(std::string_view field);

}  // namespace lockstep::images
