#include "json/writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ostream>
#include <sstream>

#include "base/check.h"
#include "json/utf8.h"

namespace lockstep::json {

namespace {

constexpr std::size_t buffer_bytes = 16u << 10;

void append_escaped(std::string& out, char32_t point) {
    constexpr char hex[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += hex[(point >> shift) & 15];
}

/// Beyond what JSON demands: C1 controls, which terminals obey, and what reverses or hides text.
bool is_escaped(char32_t point) {
    return point < 0xA0 || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

void append_ascii(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\r':
            out += "\\r";
            return;
        default:
            break;
    }
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x20 || code == 0x7F)
        append_escaped(out, code);
    else
        out += c;
}

/// The bytes that stand for themselves.
constexpr auto is_plain = [] {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = byte != '"' && byte != '\\';
    return plain;
}();

/// How much of `text` stands for itself: nearly all of it, nearly always.
std::size_t plain_prefix(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && is_plain[static_cast<unsigned char>(text[at])]) ++at;
    return at;
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const std::size_t plain = plain_prefix(text);
        out.append(text.data(), plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const CodePoint point = decode(text);
        if (point.is_valid && point.length == 1)
            append_ascii(out, text.front());
        else if (point.is_valid && is_escaped(point.value))
            append_escaped(out, point.value);
        else if (point.is_valid)
            out += text.substr(0, point.length);
        else
            append_utf8(out, U'\uFFFD');
        text.remove_prefix(point.length);
    }
    out += '"';
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

Writer& Writer::key(std::string_view name) {
    CHECK(!levels_.empty() && levels_.back().bracket == '{' && !has_key_);
    separate();
    append_quoted(buffer_, name);
    buffer_ += style_ == Style::pretty ? ": " : ":";
    has_key_ = true;
    return *this;
}

Writer& Writer::number(double value) {
    if (!std::isfinite(value)) return null();
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    std::string text(digits, end.ptr);
    // So that it reads back as what it is.
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return scalar(text);
}

Writer& Writer::string(std::string_view value) {
    before_value();
    append_quoted(buffer_, value);
    complete();
    return *this;
}

Writer& Writer::value(const Value& value) {
    if (const auto* object = value.as<Object>()) {
        begin_object();
        for (const Member& member : *object) key(member.key).value(member.value);
        return end_object();
    }
    if (const auto* array = value.as<Array>()) {
        begin_array();
        for (const Value& element : *array) this->value(element);
        return end_array();
    }
    if (const auto* text = value.as<std::string>()) return string(*text);
    if (const auto* integral = value.as<std::int64_t>()) return integer(*integral);
    if (const auto* real = value.as<double>()) return number(*real);
    if (const auto* truth = value.as<bool>()) return boolean(*truth);
    return null();
}

Writer& Writer::open(char bracket) {
    before_value();
    buffer_ += bracket;
    levels_.push_back({bracket});
    return *this;
}

Writer& Writer::close(char bracket) {
    CHECK(!levels_.empty() && !has_key_);
    const Level level = levels_.back();
    CHECK(level.bracket == (bracket == '}' ? '{' : '['));
    levels_.pop_back();
    if (!level.is_empty) new_line();
    buffer_ += bracket;
    complete();
    return *this;
}

Writer& Writer::scalar(std::string_view text) {
    before_value();
    buffer_ += text;
    complete();
    return *this;
}

void Writer::before_value() {
    CHECK(!is_whole_);
    if (levels_.empty()) return;
    CHECK(has_key_ == (levels_.back().bracket == '{'));
    if (!has_key_) separate();
    has_key_ = false;
}

void Writer::separate() {
    if (!levels_.back().is_empty) buffer_ += ',';
    levels_.back().is_empty = false;
    new_line();
}

void Writer::new_line() {
    if (style_ == Style::compact) return;
    buffer_ += '\n';
    buffer_.append(2 * levels_.size(), ' ');
}

/// The end of a value.
void Writer::complete() {
    is_whole_ = levels_.empty();
    if (is_whole_ || buffer_.size() >= buffer_bytes) flush();
}

void Writer::flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
}

std::string write(const Value& value, Style style) {
    std::ostringstream out;
    Writer(out, style).value(value);
    if (style == Style::pretty) out << '\n';
    return std::move(out).str();
}

}  // namespace lockstep::json
