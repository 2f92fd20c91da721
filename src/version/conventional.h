#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "version/next.h"

namespace lockstep::version {

/// The step that one commit asks for, by Conventional Commits 1.0.0
/// (https://www.conventionalcommits.org/en/v1.0.0/#specification; the numbers are its items):
/// a breaking change is major: `!` before the colon (13), or a footer `BREAKING CHANGE: …` or
/// `BREAKING-CHANGE: …` (12, 16) in capitals (15); `feat` is minor (2), `fix` is patch (3), in any
/// case (15). Nothing for other types (14) and for messages that are not of this form:
/// "type(scope)!: description", with the scope in parentheses, the colon, the space and the
/// description (1, 4, 5).
///
/// Like the usual tools, and unlike items 8 and 10, it takes any line behind the first that begins
/// like a breaking footer for one, whatever the first line is: to miss one would be worse.
std::optional<Step> step_of(std::string_view commit_message);

/// The largest step that any of them asks for; nothing where none does. Before 1.0.0 anything may
/// change with a minor version (semver 2.0.0, item 4), so a breaking change of 0.x is minor.
std::optional<Step> step_for(std::span<const std::string> messages, const Version& current);

}  // namespace lockstep::version
