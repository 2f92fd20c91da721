#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "yaml/block_reader.h"
#include "yaml/event.h"

namespace lockstep::yaml {

/// All that an event says, on one line.
inline std::string written(const Event& event) {
    const Mark& mark = event.mark;
    std::string line = std::to_string(static_cast<int>(event.kind)) + " style " +
                       std::to_string(static_cast<int>(event.style)) + " at " +
                       std::to_string(mark.line) + ":" + std::to_string(mark.column) + " bytes " +
                       std::to_string(mark.offset) + "+" + std::to_string(mark.length);
    if (mark.source == nullptr) line += ", nowhere";
    if (event.implicit) line += ", implicit";
    if (event.borrowed) line += ", borrowed";
    if (!event.anchor.empty()) line += ", anchor " + std::string(event.anchor);
    if (!event.tag.empty()) line += ", tag " + std::string(event.tag);
    return line + ", text <" + std::string(event.text) + ">\n";
}

/// The events of values that libyaml makes of `piece`, and its error where it has one. What follows
/// the first document shows as a line, too.
inline std::string library_events(const Source& source, BytePositions& positions,
                                  const Piece& piece) {
    EventReader reader(source, positions, piece);
    std::string all;
    for (unsigned documents = 0;;) {
        if (const auto done = reader.next(); !done) return all + to_string(done.error()) + "\n";
        const Event& event = reader.event();
        if (event.kind == Event::Kind::stream_end) return all;
        if (event.kind == Event::Kind::document_start && ++documents > 1) {
            return all + "another document\n";
        }
        if (event.kind >= Event::Kind::alias) all += written(event);
    }
}

/// The same of BlockReader; nothing where it declines.
inline std::optional<std::string> block_events(BlockReader& reader, const Piece& piece) {
    const auto events = reader.read(piece);
    if (!events) return std::nullopt;
    std::string all;
    for (const Event& event : *events) all += written(event);
    return all;
}

}  // namespace lockstep::yaml
