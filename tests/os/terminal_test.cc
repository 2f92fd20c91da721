#include "os/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace lockstep::os {
namespace {

/// Puts a descriptor in the place of stdin for one test.
class StandIn {
  public:
    explicit StandIn(int file) : saved_(::dup(0)) { ::dup2(file, 0); }
    ~StandIn() {
        ::dup2(saved_, 0);
        ::close(saved_);
    }

  private:
    int saved_;
};

TEST(Terminal, APseudoTerminalIsOneAndHasAWidth) {
    const int controller = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (controller < 0 || ::grantpt(controller) != 0 || ::unlockpt(controller) != 0)
        GTEST_SKIP() << "no pseudo-terminals here";
    const int terminal = ::open(::ptsname(controller), O_RDWR | O_NOCTTY);
    ASSERT_GE(terminal, 0);
    winsize size{};
    size.ws_col = 97;
    ::ioctl(terminal, TIOCSWINSZ, &size);
    ::setenv("TERM", "xterm", 1);
    {
        const StandIn in(terminal);
        EXPECT_TRUE(is_terminal(StandardStream::in));
        EXPECT_EQ(terminal_width(StandardStream::in), 97u);
        ::setenv("TERM", "dumb", 1);
        EXPECT_FALSE(is_terminal(StandardStream::in));
    }
    ::close(terminal);
    ::close(controller);
}

TEST(Terminal, AFileIsNone) {
    const int file = ::open("/dev/null", O_RDONLY);
    {
        const StandIn in(file);
        EXPECT_FALSE(is_terminal(StandardStream::in));
        EXPECT_EQ(terminal_width(StandardStream::in), std::nullopt);
    }
    ::close(file);
}

}  // namespace
}  // namespace lockstep::os
