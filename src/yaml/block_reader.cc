#include "yaml/block_reader.h"

#include <algorithm>

#include "yaml/known_characters.h"

namespace lockstep::yaml {

namespace {

// Beyond these libyaml reads, which keeps no list of events.
constexpr std::size_t most_events = 1u << 20;
constexpr std::size_t most_frames = 1000;
// Of manifests: to grow the list of events from nothing costs as much as to fill it.
constexpr std::size_t bytes_of_event = 6;
constexpr std::size_t most_reserved = 4096;

}  // namespace

std::optional<std::span<const Event>> BlockReader::read(const Piece& piece) {
    // Where CRLF was read as LF, the text is a copy, and places in it are no places of the source.
    if (piece.text.data() != source_->text->data() + piece.offset) return std::nullopt;
    const Characters characters = characters_of(piece.text);
    if (characters == Characters::others) return std::nullopt;
    piece_ = piece;
    text_ = piece.text;
    ascii_ = characters == Characters::ascii;
    explicit_start_ = false;
    awaits_value_ = true;
    frames_.clear();
    events_.clear();
    kept_.clear();
    frames_.reserve(16);
    events_.reserve(std::min(text_.size() / bytes_of_event + 8, most_reserved));
    if (!read_document()) return std::nullopt;
    return events_;
}

bool BlockReader::read_document() {
    end_ = 0;
    for (line_ = 0, begin_ = 0; begin_ < text_.size(); ++line_, begin_ = end_ + 1) {
        end_ = std::min(text_.find('\n', begin_), text_.size());
        at_ = begin_;
        if (!read_line()) return false;
    }
    if (frames_.empty()) return !awaits_value_ || !explicit_start_;
    if (awaits_value_) add_empty();
    while (!frames_.empty()) close();
    return true;
}

bool BlockReader::read_line() {
    skip_spaces();
    if (at_ == end_ || text_[at_] == '#') return true;
    if (at_ == begin_ && text_.substr(at_).starts_with("...")) return false;
    if (at_ == begin_ && text_.substr(at_).starts_with("---")) return read_document_start();
    return settle(at_ - begin_) && read_content() && has_room();
}

bool BlockReader::read_document_start() {
    if (explicit_start_ || !frames_.empty() || !awaits_value_) return false;
    explicit_start_ = true;
    at_ += 3;
    return ends_here();
}

/// Closes what ends in front of a line whose text begins at `column`.
bool BlockReader::settle(std::size_t column) {
    const bool entry = is_entry();
    if (awaits_value_) {
        if (frames_.empty() || column > parent_column()) return true;
        const bool at_key = column == parent_column() && frames_.back().block == Block::mapping;
        if (at_key && entry) return true;
        add_empty();
    }
    while (!frames_.empty()) {
        const Frame& last = frames_.back();
        const bool behind_entries = last.block == Block::sequence_at_key && !entry;
        if (last.column < column || (last.column == column && !behind_entries)) break;
        close();
    }
    return !frames_.empty() && parent_column() == column;
}

bool BlockReader::read_content() {
    bool begins_line = true;
    for (; is_entry(); begins_line = false) {
        if (awaits_value_) {
            open_sequence();
        } else if (frames_.back().block == Block::mapping) {
            return false;
        }
        ++at_;
        awaits_value_ = true;
        awaited_ = mark_of(at_, at_);
        skip_spaces();
        if (at_ == end_ || text_[at_] == '#') return true;
        if (!has_room()) return false;
    }
    return read_key_or_value(begins_line);
}

bool BlockReader::read_key_or_value(bool begins_line) {
    const bool in_mapping = !awaits_value_;
    if (in_mapping && (frames_.back().block != Block::mapping || !begins_line)) return false;
    const char first = text_[at_];
    if (first == '[' || first == '{' || first == '|') return !in_mapping && read_inline();
    const std::size_t from = at_;
    Event scalar;
    if (!read_scalar(scalar)) return false;
    if (!is_key_end()) {
        events_.push_back(scalar);
        awaits_value_ = false;
        return !in_mapping && ends_here();
    }
    if (at_ - from > longest_key) return false;
    if (!in_mapping) open_mapping(from);
    events_.push_back(scalar);
    ++at_;
    return read_value();
}

/// What stands behind the colon of a key.
bool BlockReader::read_value() {
    awaits_value_ = true;
    awaited_ = mark_of(at_, at_);
    skip_spaces();
    if (at_ == end_ || text_[at_] == '#') return true;
    return !is_entry() && read_inline();
}

/// A value that begins on this line and is no block collection.
bool BlockReader::read_inline() {
    awaits_value_ = false;
    if (text_[at_] == '|') return read_literal();
    if (text_[at_] == '[' || text_[at_] == '{') return read_flow() && ends_here();
    Event scalar;
    if (!read_scalar(scalar)) return false;
    events_.push_back(scalar);
    return ends_here();
}

/// Only spaces and a comment stand between here and the end of the line.
bool BlockReader::ends_here() {
    skip_spaces();
    return at_ == end_ || (text_[at_] == '#' && text_[at_ - 1] == ' ');
}

void BlockReader::skip_spaces() {
    while (at_ < end_ && text_[at_] == ' ') ++at_;
}

bool BlockReader::is_entry() const {
    return text_[at_] == '-' && (at_ + 1 == end_ || text_[at_ + 1] == ' ');
}

bool BlockReader::is_key_end() const {
    return at_ < end_ && text_[at_] == ':' && (at_ + 1 == end_ || text_[at_ + 1] == ' ');
}

bool BlockReader::has_room() const {
    return events_.size() < most_events && frames_.size() < most_frames &&
           brackets_.size() < most_frames;
}

Mark BlockReader::mark_of(std::size_t from, std::size_t to) const {
    std::size_t column = from - begin_;
    if (!ascii_) {
        column = static_cast<std::size_t>(std::ranges::count_if(
            text_.substr(begin_, column),
            [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    }
    return {source_, piece_.line + static_cast<std::uint32_t>(line_) + 1,
            static_cast<std::uint32_t>(column) + 1,
            static_cast<std::uint32_t>(piece_.offset + from),
            static_cast<std::uint32_t>(to - from)};
}

void BlockReader::open_mapping(std::size_t at) {
    add_collection(Event::Kind::mapping_start, Style::block, mark_of(at, at));
    frames_.push_back({at - begin_, Block::mapping});
}

void BlockReader::open_sequence() {
    const std::size_t column = at_ - begin_;
    const bool at_key = !frames_.empty() && parent_column() == column;
    // libyaml has the first dash for the start of a sequence that is not indented.
    add_collection(Event::Kind::sequence_start, Style::block, mark_of(at_, at_ + (at_key ? 1 : 0)));
    frames_.push_back({column, at_key ? Block::sequence_at_key : Block::sequence});
}

void BlockReader::add_collection(Event::Kind kind, Style style, const Mark& mark) {
    Event event;
    event.kind = kind;
    event.style = style;
    event.mark = mark;
    events_.push_back(event);
}

void BlockReader::add_empty() {
    Event event;
    event.kind = Event::Kind::scalar;
    event.borrowed = true;
    event.mark = awaited_;
    events_.push_back(event);
    awaits_value_ = false;
}

void BlockReader::add_end(bool mapping) {
    Event event;
    event.kind = mapping ? Event::Kind::mapping_end : Event::Kind::sequence_end;
    events_.push_back(event);
}

void BlockReader::close() {
    add_end(frames_.back().block == Block::mapping);
    frames_.pop_back();
}

}  // namespace lockstep::yaml
