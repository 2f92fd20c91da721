#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lockstep::git {

/// A line of git's configuration. Its key as git prints it: section and name in lower case, what
/// stands between them as written ("remote.Origin.url").
struct ConfigurationEntry {
    std::string key;
    std::optional<std::string> value;  // nothing: only its name stands there, which means true

    bool operator==(const ConfigurationEntry&) const = default;
};

/// All that counts in `directory`, from the widest scope to the narrowest, includes followed.
Result<std::vector<ConfigurationEntry>> read_configuration(const std::string& directory);

/// The answer of `git config --list --null`.
std::vector<ConfigurationEntry> parse_configuration(std::string_view listing);

/// What another repository needs of the `user`'s so that identities, signatures, credentials and
/// addresses count there as they do here. `there` is what counts in it already (the global
/// configuration, but for what is included for the user's repository only) and is left out. What
/// belongs to one repository (core.*, extensions.*, filters, hooks, housekeeping) stays behind.
std::vector<ConfigurationEntry> portable_configuration(
    const std::vector<ConfigurationEntry>& user, const std::vector<ConfigurationEntry>& there);

/// The entries as a configuration file, whatever is in their values.
std::string to_text(const std::vector<ConfigurationEntry>& entries);

/// The remotes that have a URL, in their order, each once.
std::vector<std::string> remotes_in(const std::vector<ConfigurationEntry>& entries);
/// The entries of one remote that say how to reach it, as those of a remote named `as`.
std::vector<ConfigurationEntry> remote_entries(const std::vector<ConfigurationEntry>& entries,
                                               std::string_view name, std::string_view as);

}  // namespace lockstep::git
