#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace lockstep::cli {

/// "[#####---------------] 256/1024 MiB copied"; without the bar where nobody knows the total.
std::string progress_line(std::size_t done, std::size_t total, std::string_view what);

/// One line on standard error that says how far we are: only on a terminal, only for what takes
/// longer than a second, and gone when this is.
class Progress {
  public:
    explicit Progress(bool is_wanted);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(std::size_t done, std::size_t total, std::string_view what);

  private:
    bool is_wanted_;
    bool is_shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace lockstep::cli
