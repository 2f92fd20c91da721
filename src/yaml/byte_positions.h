#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lockstep::yaml {

enum class Encoding : std::uint8_t { utf8, utf16_little, utf16_big };

/// What a text's byte order mark says; UTF-8 where there is none.
Encoding encoding_of(std::string_view text);
bool is_ascii(std::string_view text);

/// Turns libyaml's positions, which count characters, into bytes of the text as it was written.
/// Positions are asked in (nearly) rising order: it walks from the last one.
class BytePositions {
  public:
    /// `crlf_read_as_lf`: the characters counted are those of a text in which every CRLF had
    /// already become LF.
    BytePositions(std::string_view text, Encoding encoding, bool crlf_read_as_lf);

    /// Counts from the start of a piece: `offset` bytes into the text that libyaml sees.
    void begin_piece(std::size_t offset);
    std::size_t byte_of(std::size_t character);

  private:
    std::size_t width_at(std::size_t byte) const;
    void step();
    void step_back();

    std::string_view text_;
    Encoding encoding_;
    bool crlf_read_as_lf_;
    bool direct_;  // one character, one byte
    std::size_t piece_seen_ = 0;
    std::size_t piece_ = 0;
    std::size_t byte_ = 0;
    std::size_t character_ = 0;
};

}  // namespace lockstep::yaml
