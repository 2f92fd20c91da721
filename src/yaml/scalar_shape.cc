#include "yaml/scalar_shape.h"

#include <array>

namespace lockstep::yaml {

namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

/// Bytes that decide nothing wherever they stand behind the first character.
constexpr std::array<bool, 256> make_ordinary() {
    std::array<bool, 256> ordinary{};
    for (unsigned c = 0x21; c < 0x7F; ++c) ordinary[c] = c != '#' && c != ':';
    for (unsigned c = 0x80; c < 0xC2; ++c) ordinary[c] = true;  // continuations
    for (unsigned c = 0xC3; c < 0xED; ++c) ordinary[c] = c != 0xE2;
    ordinary[0xEE] = true;
    return ordinary;
}
constexpr std::array<bool, 256> ordinary = make_ordinary();

bool is_blank(unsigned char c) {
    return c == ' ' || c == '\t';
}

bool is_plain_start(std::string_view text) {
    if (text.starts_with("---") || text.starts_with("...")) return false;
    const unsigned char first = byte_at(text, 0);
    if (std::string_view("#,[]{}&*!|>'\"%@`").find(text[0]) != std::string_view::npos) return false;
    const bool indicator = first == '-' || first == '?' || first == ':';
    return !indicator || (text.size() > 1 && !is_blank(byte_at(text, 1)));
}

/// DEL, C1 controls and two non-characters: what kustomize's last reader refuses.
bool is_refused(std::string_view text, std::size_t at) {
    const unsigned char first = byte_at(text, at);
    if (first == 0x7F) return true;
    if (first == 0xC2) return byte_at(text, at + 1) < 0xA0 && byte_at(text, at + 1) != 0x85;
    return first == 0xEF && byte_at(text, at + 1) == 0xBF && byte_at(text, at + 2) >= 0xBE;
}

/// Goes over the characters that are not ordinary.
class Scan {
  public:
    explicit Scan(std::string_view text) : text_(text) {}

    ScalarShape run() {
        for (std::size_t at = 0; at < text_.size();) {
            while (at < text_.size() && ordinary[byte_at(text_, at)]) ++at;
            if (at < text_.size()) at += look(at);
        }
        finish();
        return shape_;
    }

  private:
    std::size_t look(std::size_t at) {
        const unsigned char c = byte_at(text_, at);
        if (c == ' ') {
            if (at > 0 && at == behind_break_) break_space_ = true;
            behind_space_ = at + 1;
            return 1;
        }
        if (c == '#' && at > 0 && is_whitespace_before(at)) shape_.plain = false;
        if (c == ':' && (at + 1 == text_.size() || is_blank(byte_at(text_, at + 1)))) {
            shape_.plain = false;
        }
        if (c == '#' || c == ':') return 1;
        return look_at_rare(at);
    }

    std::size_t look_at_rare(std::size_t at) {
        if (!is_printable(text_, at)) special_ = true;
        if (is_refused(text_, at)) shape_.printable = false;
        const std::size_t size = break_size(text_, at);
        if (size == 0) return 1;
        shape_.has_break = true;
        if (size == 1) shape_.has_newline = shape_.has_newline || text_[at] == '\n';
        if (size == 2) shape_.has_next_line = true;
        if (at > 0 && at == behind_space_) space_break_ = true;
        if (at == 0) edge_ = true;
        if (at + size == text_.size()) edge_ = true;
        behind_break_ = at + size;
        return size;
    }

    bool is_whitespace_before(std::size_t at) const {
        const unsigned char before = byte_at(text_, at - 1);
        return is_blank(before) || before == 0 || at == behind_break_;
    }

    void finish() {
        if (text_.empty()) {
            shape_.literal = false;
            return;
        }
        if (!is_plain_start(text_)) shape_.plain = false;
        if (text_.front() == ' ' || text_.back() == ' ' || edge_) shape_.plain = false;
        if (text_.back() == ' ') shape_.literal = false;
        if (break_space_) shape_.plain = shape_.single_quoted = false;
        if (shape_.has_break) shape_.plain = false;
        if (space_break_ || special_) {
            shape_.plain = shape_.single_quoted = shape_.literal = false;
        }
    }

    std::string_view text_;
    ScalarShape shape_;
    std::size_t behind_space_ = 0;
    std::size_t behind_break_ = 0;
    bool edge_ = false;         // begins or ends with a line break
    bool break_space_ = false;  // a space at the start of a line
    bool space_break_ = false;  // a space at the end of a line
    bool special_ = false;
};

}  // namespace

ScalarShape shape_of(std::string_view text) {
    return Scan(text).run();
}

std::size_t break_size(std::string_view text, std::size_t at) {
    switch (byte_at(text, at)) {
        case '\n':
        case '\r':
            return 1;
        case 0xC2:
            return byte_at(text, at + 1) == 0x85 ? 2 : 0;
        case 0xE2: {
            const unsigned char last = byte_at(text, at + 2);
            return byte_at(text, at + 1) == 0x80 && (last == 0xA8 || last == 0xA9) ? 3 : 0;
        }
        default:
            return 0;
    }
}

bool is_printable(std::string_view text, std::size_t at) {
    const unsigned char first = byte_at(text, at);
    const unsigned char second = byte_at(text, at + 1);
    const unsigned char third = byte_at(text, at + 2);
    if (first < 0x80) return first == '\n' || (first >= 0x20 && first <= 0x7E);
    if (first == 0xC2) return second >= 0xA0;
    if (first < 0xED) return first > 0xC2;
    if (first == 0xED) return second < 0xA0;
    if (first == 0xEE) return true;
    const bool byte_order_mark = second == 0xBB && third == 0xBF;
    const bool no_character = second == 0xBF && third >= 0xBE;
    return first == 0xEF && !byte_order_mark && !no_character;
}

}  // namespace lockstep::yaml
