#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace lockstep::json {

enum class Style { compact, pretty };  // pretty: two spaces for each level

/// Writes one JSON text as it is told, holding none of it. Always valid UTF-8: bytes that are none
/// become U+FFFD. Control characters, C1 and direction marks are escaped: the text is safe to look
/// at. Calls in an order that would give no JSON are a fault of the program (CHECK).
/// Keeps a reference to `out`.
class Writer {
  public:
    Writer(std::ostream& out, Style style) : out_(out), style_(style) {}
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() { flush(); }

    Writer& begin_object() { return open('{'); }
    Writer& end_object() { return close('}'); }
    Writer& begin_array() { return open('['); }
    Writer& end_array() { return close(']'); }

    /// Before each value in an object: `writer.key("line").integer(12)`.
    Writer& key(std::string_view name);

    Writer& null() { return scalar("null"); }
    Writer& boolean(bool value) { return scalar(value ? "true" : "false"); }
    Writer& integer(std::int64_t value) { return scalar(std::to_string(value)); }
    /// JSON has no infinity and no NaN: those are null.
    Writer& number(double value);
    Writer& string(std::string_view value);
    Writer& value(const Value& value);

  private:
    struct Level {
        char bracket;
        bool is_empty = true;
    };

    Writer& open(char bracket);
    Writer& close(char bracket);
    Writer& scalar(std::string_view text);
    void before_value();
    void separate();
    void new_line();
    void complete();
    void flush();

    std::ostream& out_;
    std::string buffer_;  // on its way to `out_`, which costs more for each call
    Style style_;
    std::vector<Level> levels_;
    bool has_key_ = false;   // a key waits for its value
    bool is_whole_ = false;  // the text is complete
};

/// `value` as one text, with a line feed at the end where pretty.
std::string write(const Value& value, Style style);

/// `text` between quotes, as JSON writes it.
std::string quoted(std::string_view text);

}  // namespace lockstep::json
