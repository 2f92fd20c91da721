#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "git/user_configuration.h"

namespace lockstep::git {

/// The entries of a configuration file in their order (git-config(1), "Syntax"). Nothing where it
/// has anything that git alone should read: an include, a section or value in a rarer form (on
/// several lines, with a tab or a carriage return in it), or a mistake.
std::optional<std::vector<ConfigurationEntry>> parse_configuration_file(std::string_view text);

}  // namespace lockstep::git
