#include <algorithm>
#include <array>
#include <string>

#include "yaml/block_reader.h"

namespace lockstep::yaml {

namespace {

constexpr std::array<bool, 256> bytes_of(std::string_view characters) {
    std::array<bool, 256> found{};
    for (const char c : characters) found[static_cast<unsigned char>(c)] = true;
    return found;
}

constexpr std::array<bool, 256> no_plain_start = bytes_of(",[]{}#&*!|>'\"%@`?: \t");
/// Bytes that may end a plain scalar, or that only libyaml knows what to do with.
constexpr std::array<bool, 256> plain_stop = bytes_of(" :\t");
constexpr std::array<bool, 256> flow_stop = bytes_of(" :\t,[]{}?#");

bool is_in(const std::array<bool, 256>& bytes, char c) {
    return bytes[static_cast<unsigned char>(c)];
}

/// What the escape of `c` stands for; '\0' for those left to libyaml.
char unescaped(char c) {
    switch (c) {
        case '"':
        case '\\':
            return c;
        case 'n':
            return '\n';
        case 't':
            return '\t';
        default:
            return '\0';
    }
}

}  // namespace

bool BlockReader::read_scalar(Event& scalar) {
    switch (text_[at_]) {
        case '\'':
            return read_single_quoted(scalar);
        case '"':
            return read_double_quoted(scalar);
        default:
            return read_plain(scalar);
    }
}

/// `written`: the text, where it stands in the source as it is.
void BlockReader::finish_scalar(Event& scalar, std::size_t from, std::string_view written) {
    scalar.kind = Event::Kind::scalar;
    scalar.implicit = scalar.style == Style::plain;
    scalar.borrowed = true;
    scalar.mark = mark_of(from, at_);
    scalar.text = written;
}

bool BlockReader::read_plain(Event& scalar) {
    if (is_in(no_plain_start, text_[at_]) || is_entry()) return false;
    const std::size_t from = at_;
    std::size_t behind = from;  // its last character that is no space
    for (std::size_t next = from; next < end_;) {
        const char c = text_[next];
        if (!is_in(plain_stop, c)) {
            behind = ++next;
        } else if (c == ' ') {
            while (next < end_ && text_[next] == ' ') ++next;
            if (next < end_ && text_[next] == '#') break;
        } else {
            const bool is_text = c == ':' && next + 1 < end_ && text_[next + 1] != ' ';
            if (!is_text) break;
            behind = ++next;
        }
    }
    at_ = behind;
    finish_scalar(scalar, from, text_.substr(from, behind - from));
    return true;
}

bool BlockReader::read_plain_in_flow(Event& scalar) {
    const auto is_text = [&](std::size_t at) { return at < end_ && !is_in(flow_stop, text_[at]); };
    const std::size_t from = at_;
    if (is_in(no_plain_start, text_[at_])) return false;
    if (text_[at_] == '-' && !is_text(at_ + 1)) return false;
    while (at_ < end_) {
        std::size_t next = at_;
        while (next < end_ && text_[next] == ' ') ++next;
        if (next == at_ && next < end_ && text_[next] == ':') ++next;
        if (!is_text(next)) break;
        at_ = next + 1;
    }
    finish_scalar(scalar, from, text_.substr(from, at_ - from));
    return true;
}

bool BlockReader::read_single_quoted(Event& scalar) {
    const std::size_t from = at_;
    scalar.style = Style::single_quoted;
    std::string cooked;
    std::size_t taken = from + 1;  // what is in front of it is cooked
    for (at_ = taken;;) {
        const std::size_t quote = text_.find('\'', at_);
        if (quote == text_.npos || quote >= end_) return false;
        at_ = quote + 1;
        if (at_ == end_ || text_[at_] != '\'') break;
        cooked.append(text_, taken, at_ - taken);
        taken = ++at_;
    }
    finish_scalar(scalar, from, text_.substr(from + 1, at_ - from - 2));
    if (taken == from + 1) return true;
    cooked.append(text_, taken, at_ - 1 - taken);
    scalar.borrowed = false;
    scalar.text = keep(std::move(cooked));
    return true;
}

bool BlockReader::read_double_quoted(Event& scalar) {
    const std::size_t from = at_;
    scalar.style = Style::double_quoted;
    std::string cooked;
    std::size_t taken = from + 1;  // what is in front of it is cooked
    for (at_ = taken; at_ < end_ && text_[at_] != '"';) {
        if (text_[at_] != '\\') {
            ++at_;
            continue;
        }
        const char meant = at_ + 1 < end_ ? unescaped(text_[at_ + 1]) : '\0';
        if (meant == '\0') return false;
        cooked.append(text_, taken, at_ - taken);
        cooked.push_back(meant);
        taken = at_ += 2;
    }
    if (at_ == end_) return false;
    ++at_;
    finish_scalar(scalar, from, text_.substr(from + 1, at_ - from - 2));
    if (taken == from + 1) return true;
    cooked.append(text_, taken, at_ - 1 - taken);
    scalar.borrowed = false;
    scalar.text = keep(std::move(cooked));
    return true;
}

}  // namespace lockstep::yaml
