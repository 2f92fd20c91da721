#include "cli/progress.h"

#include <algorithm>
#include <string>

#include "cli/output.h"
#include "os/terminal.h"
#include "report/printable.h"

namespace lockstep::cli {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::string_view clear_line = "\r\x1b[K";
constexpr std::size_t bar_width = 20;

std::string progress_line(std::size_t done, std::size_t total, std::string_view what) {
    const std::string name = report::cut(what, 60);
    if (total == 0) return std::to_string(done) + ' ' + name;
    const std::size_t filled = bar_width * std::min(done, total) / total;
    return '[' + std::string(filled, '#') + std::string(bar_width - filled, '-') + "] " +
           std::to_string(done) + '/' + std::to_string(total) + ' ' + name;
}

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
    print_message(std::string(clear_line) + progress_line(done, total, what));
}

}  // namespace lockstep::cli
