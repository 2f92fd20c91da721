#pragma once

#include <optional>

namespace lockstep::os {

enum class StandardStream { in = 0, out = 1, err = 2 };

/// Whether a person is likely to look at it: it is a terminal, and TERM is not "dumb".
bool is_terminal(StandardStream stream);

/// Columns of the terminal, at least 1; nothing where it is none or does not say.
std::optional<unsigned> terminal_width(StandardStream stream);

}  // namespace lockstep::os
