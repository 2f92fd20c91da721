#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "yaml/byte_positions.h"
#include "yaml/node.h"
#include "yaml/text_pieces.h"

namespace lockstep::yaml {

/// One step through a document.
struct Event {
    enum class Kind : std::uint8_t {
        stream_start,
        stream_end,
        document_start,
        document_end,
        alias,
        scalar,
        sequence_start,
        sequence_end,
        mapping_start,
        mapping_end,
    };

    Kind kind = Kind::stream_end;
    Style style = Style::plain;
    bool implicit = true;     // a scalar without a tag, plain or tagged `!`
    bool borrowed = false;    // `text` lies in the source and lives as long as that
    Mark mark;                // the value itself, behind its tag and anchor
    std::string_view text;    // of a scalar
    std::string_view anchor;  // defined, or of an alias used
    std::string_view tag;     // "tag:yaml.org,2002:str", "!local"
};

/// The events of one piece of a text, as libyaml reads it, with exact places. An event is valid
/// until the next one.
class EventReader {
  public:
    /// `positions` and `source` are kept. libyaml sees `piece`, positions are those of `source`.
    EventReader(const Source& source, BytePositions& positions, const Piece& piece);
    ~EventReader();
    EventReader(const EventReader&) = delete;
    EventReader& operator=(const EventReader&) = delete;

    Result<void> next();
    const Event& event() const { return event_; }

  private:
    struct Library;
    Result<void> read_scalar();
    Result<void> check_escapes(std::string_view written) const;
    void place();
    Error error() const;

    const Source* source_;
    BytePositions* positions_;
    Piece piece_;
    std::unique_ptr<Library> library_;
    Event event_;
};

}  // namespace lockstep::yaml
