#include "yaml/block_reader.h"

namespace lockstep::yaml {

/// A collection in brackets, from its first one to its last, on one line.
bool BlockReader::read_flow() {
    brackets_.clear();
    bool wants_value = true;
    do {
        skip_spaces();
        if (at_ == end_ || !has_room()) return false;
        if (wants_value) {
            if (!read_flow_value(wants_value)) return false;
        } else if (text_[at_] == ',') {
            ++at_;
            if (!read_flow_key()) return false;
            wants_value = true;
        } else if (!close_flow()) {
            return false;
        }
    } while (!brackets_.empty());
    return true;
}

/// `wants_value` says afterwards whether another value has to follow at once.
bool BlockReader::read_flow_value(bool& wants_value) {
    const char first = text_[at_];
    if (first != '[' && first != '{') {
        Event scalar;
        if (!read_flow_scalar(scalar)) return false;
        events_.push_back(scalar);
        wants_value = false;
        return true;
    }
    const bool mapping = first == '{';
    add_collection(mapping ? Event::Kind::mapping_start : Event::Kind::sequence_start, Style::flow,
                   mark_of(at_, at_ + 1));
    brackets_.push_back(first);
    ++at_;
    skip_spaces();
    wants_value = at_ < end_ && text_[at_] != (mapping ? '}' : ']');
    return !wants_value || read_flow_key();
}

/// In front of a value of a mapping, its key.
bool BlockReader::read_flow_key() {
    if (brackets_.back() == '[') return true;
    skip_spaces();
    const std::size_t from = at_;
    Event scalar;
    if (at_ == end_ || !read_flow_scalar(scalar)) return false;
    if (!is_key_end() || at_ - from > longest_key) return false;
    events_.push_back(scalar);
    ++at_;
    return true;
}

bool BlockReader::read_flow_scalar(Event& scalar) {
    const bool quoted = text_[at_] == '\'' || text_[at_] == '"';
    return quoted ? read_scalar(scalar) : read_plain_in_flow(scalar);
}

bool BlockReader::close_flow() {
    const bool mapping = brackets_.back() == '{';
    if (text_[at_] != (mapping ? '}' : ']')) return false;
    add_end(mapping);
    brackets_.pop_back();
    ++at_;
    return true;
}

}  // namespace lockstep::yaml
