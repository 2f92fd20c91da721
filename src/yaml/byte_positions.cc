#include "yaml/byte_positions.h"

#include <cstring>

namespace lockstep::yaml {

namespace {
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
}

Encoding encoding_of(std::string_view text) {
    if (text.starts_with("\xFF\xFE")) return Encoding::utf16_little;
    if (text.starts_with("\xFE\xFF")) return Encoding::utf16_big;
    return Encoding::utf8;
}

bool is_ascii(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + sizeof seen <= text.size(); at += sizeof seen) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, sizeof word);
        seen |= word & high_bits;
    }
    for (; at < text.size(); ++at) seen |= static_cast<unsigned char>(text[at]) & 0x80u;
    return seen == 0;
}

BytePositions::BytePositions(std::string_view text, Encoding encoding, bool crlf_read_as_lf)
    : text_(text),
      encoding_(encoding),
      crlf_read_as_lf_(crlf_read_as_lf),
      direct_(encoding == Encoding::utf8 && !crlf_read_as_lf && is_ascii(text)) {
    begin_piece(0);
}

void BytePositions::begin_piece(std::size_t offset) {
    if (!crlf_read_as_lf_) {
        piece_ = offset;
    } else {
        for (; piece_seen_ < offset; ++piece_seen_, ++piece_) {
            if (text_.substr(piece_, 2) == "\r\n") ++piece_;
        }
    }
    byte_ = piece_;
    character_ = 0;
    // libyaml does not count a byte order mark.
    if (encoding_ != Encoding::utf8) {
        if (offset == 0) byte_ += 2;
    } else if (text_.substr(byte_).starts_with(utf8_mark)) {
        byte_ += utf8_mark.size();
    }
    if (direct_) piece_ = byte_;
}

std::size_t BytePositions::byte_of(std::size_t character) {
    if (direct_) return piece_ + character;
    while (character_ < character && byte_ < text_.size()) step();
    while (character_ > character) step_back();
    return byte_;
}

std::size_t BytePositions::width_at(std::size_t byte) const {
    const auto first = static_cast<unsigned char>(text_[byte]);
    if (encoding_ == Encoding::utf8) {
        return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }
    const std::size_t high = byte + (encoding_ == Encoding::utf16_little ? 1 : 0);
    const bool pair =
        high < text_.size() && (static_cast<unsigned char>(text_[high]) & 0xFC) == 0xD8;
    return pair ? 4 : 2;
}

void BytePositions::step() {
    if (crlf_read_as_lf_ && text_.substr(byte_, 2) == "\r\n") ++byte_;
    byte_ += width_at(byte_);
    ++character_;
}

void BytePositions::step_back() {
    const std::size_t target = character_ - 1;
    byte_ = piece_;
    character_ = 0;
    if (encoding_ != Encoding::utf8) {
        byte_ += piece_ == 0 ? 2 : 0;
    } else if (text_.substr(byte_).starts_with(utf8_mark)) {
        byte_ += utf8_mark.size();
    }
    while (character_ < target) step();
}

}  // namespace lockstep::yaml
