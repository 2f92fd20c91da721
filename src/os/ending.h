#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

/// The end of this program before it is done: by a signal, or when its time has passed. What it
/// runs has sessions of its own, which no Ctrl-C reaches, so it must be ended too.
namespace lockstep::os {

/// From now on SIGINT, SIGTERM and SIGHUP end the program as `end` does, unless they were ignored
/// when it began. A second one ends it at once.
Result<void> end_on_signals();

/// Ends the program with `status`; above 128 by the signal that such a status stands for, so that a
/// shell sees it and stops its script too. At once where nothing runs. Else whatever runs is told
/// to end (SIGTERM) and this returns: the callers of `run` get an error and tidy up behind it, and
/// half a second later it is all over. Safe in a signal handler.
void end(int status);

/// What a signal's end says on standard error, so that whoever sent it knows how to go on; empty:
/// nothing. At most `last_words_max` bytes of it are kept.
inline constexpr std::size_t last_words_max = 500;
void set_last_words(std::string_view text);

/// Whether the program is about to end: nothing should be begun or printed any more.
bool is_ending();

/// The end itself, for who is done early.
[[noreturn]] void leave();

/// A running process group that must not outlive this program. Thread-safe.
class Dependent {
  public:
    Dependent() = default;
    explicit Dependent(int group);
    Dependent(Dependent&& other) noexcept;
    Dependent& operator=(Dependent&& other) noexcept;
    ~Dependent();

  private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t slot_ = none;
};

}  // namespace lockstep::os
