#pragma once

#include <array>
#include <ostream>
#include <streambuf>
#include <string_view>

#include "base/result.h"

namespace lockstep::cli {

/// Standard output, where results go and nothing else does.
class Output : private std::streambuf {
  public:
    Output() : stream_(this) {}
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    std::ostream& stream() { return stream_; }
    void write(std::string_view text) { xsputn(text.data(), std::ssize(text)); }

    /// Whether all of it arrived. A reader that went away early (`| head`) had what it wanted: that
    /// is no error.
    Result<void> finish();

  private:
    int_type overflow(int_type character) override;
    std::streamsize xsputn(const char* bytes, std::streamsize count) override;
    int sync() override;
    void flush_buffer();

    std::array<char, 1 << 16> buffer_;
    std::size_t used_ = 0;
    int error_ = 0;  // of the first write that failed
    std::ostream stream_;
};

/// "error: …" and "hint: …" on standard error.
void print_error(const Error& error);
/// "warning: …" on standard error.
void print_warning(std::string_view text);
/// As it is, on standard error.
void print_message(std::string_view text);

}  // namespace lockstep::cli
