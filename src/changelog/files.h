#pragma once

#include <optional>
#include <string_view>

#include "version/version.h"

namespace lockstep::changelog {

/// Whether a file of that name is one where projects write what changed: CHANGELOG.md, CHANGES.rst,
/// HISTORY, NEWS, RELEASES.md, RELEASE-NOTES.md, CHANGELOG-1.2.md, in any case.
bool is_change_log(std::string_view name);

/// Whether a folder of that name holds files of that kind: CHANGELOG, changelogs, releases,
/// release-notes, .changes, whats-new.
bool is_folder_of_notes(std::string_view name);

/// The version that a file in such a folder, or a change log, is called by: "v1.2.3.md",
/// "CHANGELOG-1.2.md", "release-1.2.3.md"; nothing where it is called by none.
std::optional<version::Version> version_of_file(std::string_view name);

}  // namespace lockstep::changelog
