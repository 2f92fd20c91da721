#pragma once

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/event.h"
#include "yaml/text_pieces.h"

namespace lockstep::yaml {

/// Reads the style in which nearly all manifests are written, at a fraction of libyaml's cost, into
/// the very events that libyaml makes of it.
///
/// That style: one document of mappings and sequences in block style; keys, plain and quoted
/// scalars and brackets that each stay on their line; literal blocks (`|`); comments; characters of
/// known_characters.h, tabs only where they are text. Everything else is declined, whether it is
/// right or wrong: libyaml judges it, and people see its message.
class BlockReader {
  public:
    /// `source` is kept.
    explicit BlockReader(const Source& source) : source_(&source) {}

    /// The events of the values of `piece`, valid until the next call: those of EventReader without
    /// the starts and ends of stream and document. Nothing where it is declined.
    std::optional<std::span<const Event>> read(const Piece& piece);

  private:
    enum class Block : std::uint8_t { mapping, sequence, sequence_at_key };
    struct Frame {
        std::size_t column;
        Block block;
    };

    // libyaml takes 1024 characters for a key and no more.
    static constexpr std::size_t longest_key = 1000;

    // Each returns false to decline. `at_` stands where it begins and then behind what it read.
    bool read_document();
    bool read_line();
    bool read_document_start();
    bool settle(std::size_t column);
    bool read_content();
    bool read_key_or_value(bool begins_line);
    bool read_value();
    bool read_inline();
    bool read_scalar(Event& scalar);
    bool read_plain(Event& scalar);
    bool read_plain_in_flow(Event& scalar);
    bool read_single_quoted(Event& scalar);
    bool read_double_quoted(Event& scalar);
    bool read_literal();
    bool read_flow();
    bool read_flow_value(bool& wants_value);
    bool read_flow_key();
    bool read_flow_scalar(Event& scalar);
    bool close_flow();
    bool ends_here();

    void skip_spaces();
    bool is_entry() const;
    bool is_key_end() const;
    bool has_room() const;
    std::size_t parent_column() const { return frames_.back().column; }
    Mark mark_of(std::size_t from, std::size_t to) const;
    void finish_scalar(Event& scalar, std::size_t from, std::string_view written);
    std::string_view keep(std::string text) { return kept_.emplace_front(std::move(text)); }
    void open_mapping(std::size_t at);
    void open_sequence();
    void add_collection(Event::Kind kind, Style style, const Mark& mark);
    void add_end(bool mapping);
    void add_empty();
    void close();

    const Source* source_;
    Piece piece_;
    std::string_view text_;
    bool ascii_ = true;
    bool explicit_start_ = false;
    bool awaits_value_ =
        true;               // the document's, a key's or an entry's, which may be on a later line
    Mark awaited_;          // where it stands if it is not there
    std::size_t line_ = 0;  // the one that is read: its number from 0, its bytes
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t at_ = 0;
    std::vector<Frame> frames_;
    std::string brackets_;  // those that are open
    std::vector<Event> events_;
    std::forward_list<std::string> kept_;  // texts that do not stand in the source as they are
};

}  // namespace lockstep::yaml
