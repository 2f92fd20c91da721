#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lockstep {

/// The candidate that a misspelt word most likely meant: of those equally near the one that begins
/// like it the longest, and of those the first. Empty where none is near (more than a third of its
/// letters differ).
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace lockstep
