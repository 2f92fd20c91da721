#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/user_configuration.h"

namespace lockstep::git {

/// Whether the environment leaves git where and how it would read by itself: none of git's
/// variables is set but those that reading takes no notice of, those that lockstep removes, and
/// those that say where configuration stands. The installed git must be one whose system
/// configuration has a known place.
bool is_plain_environment();

/// The configuration of the system and of the user, from the widest scope to the narrowest.
/// Nothing where git must be asked: a file cannot be read, `is_plain` does not hold.
std::optional<std::vector<ConfigurationEntry>> read_shared_configuration();

/// The entries of one file; none where it is absent. Nothing where git must be asked.
std::optional<std::vector<ConfigurationEntry>> read_configuration_file(const std::string& path);

/// Whether git takes this entry for valid wherever it looks at it while it reads objects and refs,
/// and finds nothing in it that changes what it reads. `extensions.*` and `core.bare` are for the
/// caller.
bool is_plain(const ConfigurationEntry& entry);

/// A boolean as git writes and reads it; a name without a value is true.
std::optional<bool> boolean_value(const ConfigurationEntry& entry);

}  // namespace lockstep::git
