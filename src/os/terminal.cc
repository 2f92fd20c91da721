#include "os/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <utility>

#include "os/environment.h"

namespace lockstep::os {

bool is_terminal(StandardStream stream) {
    return ::isatty(std::to_underlying(stream)) == 1 && environment("TERM") != "dumb";
}

std::optional<unsigned> terminal_width(StandardStream stream) {
    winsize size{};
    if (::ioctl(std::to_underlying(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return std::nullopt;
    return size.ws_col;
}

}  // namespace lockstep::os
