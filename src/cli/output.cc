#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "os/ending.h"
#include "os/errno.h"
#include "report/printable.h"

namespace lockstep::cli {
namespace {

/// 0, or the number of the error.
int write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

constexpr unsigned message_columns = 2000;

}  // namespace

Result<void> Output::finish() {
    flush_buffer();
    if (error_ == 0 || error_ == EPIPE) return {};
    return os::fail_errno("writing to standard output", error_);
}

void Output::flush_buffer() {
    // What could not be gathered any more is no result.
    if (os::is_ending()) os::leave();
    if (error_ == 0) error_ = write_all(STDOUT_FILENO, {buffer_.data(), used_});
    used_ = 0;
}

Output::int_type Output::overflow(int_type character) {
    if (traits_type::eq_int_type(character, traits_type::eof())) return 0;
    const char byte = traits_type::to_char_type(character);
    xsputn(&byte, 1);
    return character;
}

std::streamsize Output::xsputn(const char* bytes, std::streamsize count) {
    std::string_view rest(bytes, static_cast<std::size_t>(count));
    while (!rest.empty()) {
        if (used_ == buffer_.size()) flush_buffer();
        const std::size_t taken = std::min(rest.size(), buffer_.size() - used_);
        std::memcpy(buffer_.data() + used_, rest.data(), taken);
        used_ += taken;
        rest.remove_prefix(taken);
    }
    return count;
}

int Output::sync() {
    flush_buffer();
    return error_ == 0 ? 0 : -1;
}

// What is said may quote a repository: nothing of it reaches the terminal as a command.
void print_error(const Error& error) {
    std::string text =
        "error: " + report::cut(report::printable(to_string(error)), message_columns) + "\n";
    if (!error.hint.empty())
        text += "hint: " + report::cut(report::printable(error.hint), message_columns) + "\n";
    print_message(text);
}

void print_warning(std::string_view text) {
    print_message("warning: " + report::cut(report::printable(text), message_columns) + "\n");
}

void print_message(std::string_view text) {
    // Where standard error is closed there is nobody left to tell.
    static_cast<void>(write_all(STDERR_FILENO, text));
}

}  // namespace lockstep::cli
