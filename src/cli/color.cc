#include "cli/color.h"

#include "os/environment.h"
#include "os/terminal.h"

namespace lockstep::cli {

bool wants_color(const Options& options) {
    if (options.color != Color::automatic) return options.color == Color::always;
    // https://no-color.org: set to anything but nothing.
    if (!os::environment("NO_COLOR").value_or("").empty()) return false;
    return os::is_terminal(os::StandardStream::out);
}

}  // namespace lockstep::cli
