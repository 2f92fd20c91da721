#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "yaml/scalar_shape.h"

namespace lockstep::yaml {

/// How far lines go before they are folded, in characters.
constexpr std::size_t fold_column = 80;

/// Appends to a text that is written line by line, and knows the column it is at.
class ScalarWriter {
  public:
    explicit ScalarWriter(std::string& out) : out_(&out), line_start_(out.size()) {}

    /// Begins a line and indents it. Does not begin a second one where a block ended with a break.
    void begin_line(std::size_t indent);
    /// Indents further on the same line.
    void put(std::string_view text) { out_->append(text); }

    struct Place {
        std::size_t indent;  // of the lines that a folded text or a block goes on with
        bool may_break;      // false for a simple key
    };

    void plain(std::string_view text, Place place);
    void single_quoted(std::string_view text, Place place);
    void double_quoted(std::string_view text, Place place);
    void literal(std::string_view text, std::size_t indent);

    void end_document();

  private:
    std::size_t column() const;
    void break_line(std::size_t indent);
    void write_break(std::string_view bytes);
    bool fits(std::string_view text) const;
    void escape(std::string_view text, std::size_t& at);

    std::string* out_;
    std::size_t line_start_;  // where the current line begins
    bool fresh_ = true;       // nothing is on the current line
};

}  // namespace lockstep::yaml
