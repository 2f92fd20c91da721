#include "yaml/scalar_writer.h"

#include <algorithm>
#include <cstdint>

namespace lockstep::yaml {

namespace {

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::size_t character_size(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && is_continuation(text[end])) ++end;
    return end - at;
}

/// The letter of a short escape; 0 where there is none.
char short_escape(std::uint32_t c) {
    switch (c) {
        case 0x00:
            return '0';
        case 0x07:
            return 'a';
        case 0x08:
            return 'b';
        case 0x09:
            return 't';
        case 0x0A:
            return 'n';
        case 0x0B:
            return 'v';
        case 0x0C:
            return 'f';
        case 0x0D:
            return 'r';
        case 0x1B:
            return 'e';
        case 0x22:
            return '"';
        case 0x5C:
            return '\\';
        case 0x85:
            return 'N';
        case 0xA0:
            return '_';
        case 0x2028:
            return 'L';
        case 0x2029:
            return 'P';
        default:
            return 0;
    }
}

std::uint32_t code_point(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes[0]);
    if (first < 0xC0) return first;
    std::uint32_t c = first < 0xE0 ? first & 0x1Fu : first < 0xF0 ? first & 0x0Fu : first & 0x07u;
    for (const char byte : bytes.substr(1)) c = c << 6 | (static_cast<unsigned char>(byte) & 0x3Fu);
    return c;
}

/// The hint behind `|`: what the end of the text needs to be read as it is.
std::string_view chomping(std::string_view text) {
    const auto ends_in_break = [](std::string_view part) {
        if (part.empty()) return false;
        std::size_t last = part.size() - 1;
        while (last > 0 && is_continuation(part[last])) --last;
        return break_size(part, last) != 0;
    };
    if (!ends_in_break(text)) return "-";
    std::size_t last = text.size() - 1;
    while (is_continuation(text[last])) --last;
    return last == 0 || ends_in_break(text.substr(0, last)) ? "+" : "";
}

}  // namespace

void ScalarWriter::begin_line(std::size_t indent) {
    if (!fresh_) *out_ += '\n';
    if (!fresh_) line_start_ = out_->size();
    out_->append(indent, ' ');
    fresh_ = false;
}

void ScalarWriter::break_line(std::size_t indent) {
    *out_ += '\n';
    line_start_ = out_->size();
    out_->append(indent, ' ');
}

void ScalarWriter::write_break(std::string_view bytes) {
    *out_ += bytes;
    line_start_ = out_->size();
}

void ScalarWriter::end_document() {
    if (!fresh_) *out_ += '\n';
    fresh_ = true;
    line_start_ = out_->size();
}

std::size_t ScalarWriter::column() const {
    const std::string_view line = std::string_view(*out_).substr(line_start_);
    return line.size() - static_cast<std::size_t>(std::ranges::count_if(line, is_continuation));
}

/// Whether `text` surely needs no folding: bytes are at least as many as characters.
bool ScalarWriter::fits(std::string_view text) const {
    return out_->size() - line_start_ + text.size() <= fold_column;
}

void ScalarWriter::plain(std::string_view text, Place place) {
    if (!place.may_break || fits(text)) return put(text);
    bool behind_space = false;
    std::size_t at_column = column();
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool space = text[at] == ' ';
        const bool last_space = space && at + 1 < text.size() && text[at + 1] != ' ';
        if (last_space && !behind_space && at_column > fold_column) {
            break_line(place.indent);
            at_column = place.indent;
        } else {
            *out_ += text[at];
            if (!is_continuation(text[at])) ++at_column;
        }
        behind_space = space;
    }
}

void ScalarWriter::single_quoted(std::string_view text, Place place) {
    *out_ += '\'';
    bool behind_space = false;
    bool behind_break = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t break_bytes = break_size(text, at);
        if (text[at] == ' ') {
            const bool inside = at > 0 && at + 1 < text.size();
            if (inside && place.may_break && !behind_space && text[at + 1] != ' ' && !fits({}) &&
                column() > fold_column) {
                break_line(place.indent);
            } else {
                *out_ += ' ';
            }
            behind_space = true;
            ++at;
        } else if (break_bytes != 0) {
            if (!behind_break && text[at] == '\n') write_break("\n");
            write_break(text.substr(at, break_bytes));
            behind_break = true;
            at += break_bytes;
        } else {
            if (behind_break) out_->append(place.indent, ' ');
            if (text[at] == '\'') *out_ += '\'';
            *out_ += text[at++];
            behind_space = behind_break = false;
        }
    }
    *out_ += '\'';
}

void ScalarWriter::double_quoted(std::string_view text, Place place) {
    // Behind a leading byte order mark kustomize's emitter escapes every character.
    const bool escape_all = text.starts_with("\xEF\xBB\xBF");
    *out_ += '"';
    bool behind_space = false;
    for (std::size_t at = 0; at < text.size();) {
        const bool escaped = escape_all || !is_printable(text, at) || break_size(text, at) != 0 ||
                             text[at] == '"' || text[at] == '\\';
        const bool inside = at > 0 && at + 1 < text.size();
        if (escaped) {
            escape(text, at);
            behind_space = false;
        } else if (text[at] != ' ') {
            const std::size_t size = character_size(text, at);
            *out_ += text.substr(at, size);
            at += size;
            behind_space = false;
        } else {
            if (inside && place.may_break && !behind_space && !fits({}) && column() > fold_column) {
                break_line(place.indent);
                if (text[at + 1] == ' ') *out_ += '\\';
            } else {
                *out_ += ' ';
            }
            behind_space = true;
            ++at;
        }
    }
    *out_ += '"';
}

void ScalarWriter::escape(std::string_view text, std::size_t& at) {
    const std::size_t size = character_size(text, at);
    const std::uint32_t c = code_point(text.substr(at, size));
    at += size;
    *out_ += '\\';
    if (const char letter = short_escape(c)) {
        *out_ += letter;
        return;
    }
    const int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
    *out_ += digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
    for (int digit = digits - 1; digit >= 0; --digit) {
        *out_ += "0123456789ABCDEF"[c >> (4 * digit) & 0xF];
    }
}

void ScalarWriter::literal(std::string_view text, std::size_t indent) {
    *out_ += '|';
    if (text[0] == ' ' || break_size(text, 0) != 0) *out_ += '2';
    *out_ += chomping(text);
    write_break("\n");
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        std::size_t break_bytes = 0;
        while (end < text.size() && (break_bytes = break_size(text, end)) == 0) ++end;
        if (end > at) out_->append(indent, ' ').append(text, at, end - at);
        if (break_bytes != 0) write_break(text.substr(end, break_bytes));
        at = end + break_bytes;
        fresh_ = break_bytes != 0;
    }
}

}  // namespace lockstep::yaml
