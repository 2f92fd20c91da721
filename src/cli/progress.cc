#include "cli/progress.h"

#include <string>

#include "cli/output.h"
#include "os/terminal.h"
#include "report/printable.h"

namespace lockstep::cli {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::string_view clear_line = "\r\x1b[K";

Progress::Progress(bool is_wanted)
    : is_wanted_(is_wanted && os::is_terminal(os::StandardStream::err)),
      next_(steady_clock::now() + 1s) {}

Progress::~Progress() {
    if (is_shown_) print_message(clear_line);
}

void Progress::show(std::size_t done, std::size_t total, std::string_view what) {
    if (!is_wanted_) return;
    const auto now = steady_clock::now();
    if (now < next_) return;
    next_ = now + 100ms;
    is_shown_ = true;
    std::string line(clear_line);
    line += std::to_string(done) + "/" + std::to_string(total) + " ";
    line += report::cut(what, 60);
    print_message(line);
}

}  // namespace lockstep::cli
