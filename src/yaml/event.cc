#include "yaml/event.h"

#include <yaml.h>

#include <algorithm>
#include <cstring>

namespace lockstep::yaml {

namespace {

std::string_view view(const yaml_char_t* text) {
    return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

Style style_of(yaml_scalar_style_t style) {
    switch (style) {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE:
            return Style::single_quoted;
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
            return Style::double_quoted;
        case YAML_LITERAL_SCALAR_STYLE:
            return Style::literal;
        case YAML_FOLDED_SCALAR_STYLE:
            return Style::folded;
        default:
            return Style::plain;
    }
}

bool is_break(char c) {
    return c == '\n' || c == '\r';
}

/// libyaml's block scalars reach to where the next token begins; ours end with their last line
/// that is not blank, its line break left out.
std::size_t trimmed_block(std::string_view text) {
    const std::size_t header = std::min(text.find_first_of("\r\n"), text.size());
    const std::size_t last = text.find_last_not_of(" \r\n");
    if (last == text.npos || last < header) return header;
    return std::min(text.find_first_of("\r\n", last), text.size());
}

/// Bytes of the tag, the anchor and what stands between them and their value.
std::size_t properties_size(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '&' || c == '!') {
            at = std::min(text.find_first_of(" \t\r\n", at), text.size());
        } else if (c == '#') {
            at = std::min(text.find_first_of("\r\n", at), text.size());
        } else if (c == ' ' || c == '\t' || is_break(c)) {
            ++at;
        } else {
            break;
        }
    }
    return at;
}

void advance(Mark& mark, std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool inside_crlf = text[at] == '\n' && at > 0 && text[at - 1] == '\r';
        if (is_break(text[at]) && !inside_crlf) {
            ++mark.line;
            mark.column = 1;
        } else if (!inside_crlf && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) {
            ++mark.column;
        }
    }
    mark.offset += static_cast<std::uint32_t>(text.size());
    mark.length -= static_cast<std::uint32_t>(text.size());
}

}  // namespace

struct EventReader::Library {
    yaml_parser_t parser;
    yaml_event_t event;
};

EventReader::EventReader(const Source& source, BytePositions& positions, const Piece& piece)
    : source_(&source), positions_(&positions), piece_(piece), library_(new Library) {
    if (yaml_parser_initialize(&library_->parser) == 0) throw std::bad_alloc();
    std::memset(&library_->event, 0, sizeof library_->event);
    yaml_parser_set_input_string(&library_->parser,
                                 reinterpret_cast<const unsigned char*>(piece_.text.data()),
                                 piece_.text.size());
    positions_->begin_piece(piece_.offset);
}

EventReader::~EventReader() {
    yaml_event_delete(&library_->event);
    yaml_parser_delete(&library_->parser);
}

Result<void> EventReader::next() {
    yaml_event_t& raw = library_->event;
    yaml_event_delete(&raw);
    if (yaml_parser_parse(&library_->parser, &raw) == 0) return std::unexpected(error());
    event_ = Event{};
    switch (raw.type) {
        case YAML_SCALAR_EVENT:
            return read_scalar();
        case YAML_ALIAS_EVENT:
            event_.kind = Event::Kind::alias;
            event_.anchor = view(raw.data.alias.anchor);
            place();
            break;
        case YAML_SEQUENCE_START_EVENT:
            event_.kind = Event::Kind::sequence_start;
            event_.anchor = view(raw.data.sequence_start.anchor);
            event_.tag = view(raw.data.sequence_start.tag);
            event_.style = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? Style::flow
                                                                                     : Style::block;
            place();
            break;
        case YAML_MAPPING_START_EVENT:
            event_.kind = Event::Kind::mapping_start;
            event_.anchor = view(raw.data.mapping_start.anchor);
            event_.tag = view(raw.data.mapping_start.tag);
            event_.style = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? Style::flow
                                                                                   : Style::block;
            place();
            break;
        case YAML_SEQUENCE_END_EVENT:
            event_.kind = Event::Kind::sequence_end;
            break;
        case YAML_MAPPING_END_EVENT:
            event_.kind = Event::Kind::mapping_end;
            break;
        case YAML_DOCUMENT_START_EVENT:
            event_.kind = Event::Kind::document_start;
            break;
        case YAML_DOCUMENT_END_EVENT:
            event_.kind = Event::Kind::document_end;
            break;
        case YAML_STREAM_START_EVENT:
            event_.kind = Event::Kind::stream_start;
            break;
        default:
            event_.kind = Event::Kind::stream_end;
    }
    return {};
}

Result<void> EventReader::read_scalar() {
    const auto& scalar = library_->event.data.scalar;
    event_.kind = Event::Kind::scalar;
    event_.anchor = view(scalar.anchor);
    event_.tag = view(scalar.tag);
    event_.style = style_of(scalar.style);
    event_.implicit = scalar.plain_implicit != 0;
    event_.text = {reinterpret_cast<const char*>(scalar.value), scalar.length};
    place();
    std::string_view written =
        std::string_view(*source_->text).substr(event_.mark.offset, event_.mark.length);
    if (event_.style == Style::literal || event_.style == Style::folded) {
        event_.mark.length = static_cast<std::uint32_t>(trimmed_block(written));
        return {};
    }
    if (event_.style != Style::plain && written.size() >= 2) {
        written = written.substr(1, written.size() - 2);
    }
    if (written == event_.text) {
        event_.text = written;
        event_.borrowed = true;
    } else if (event_.style == Style::double_quoted) {
        return check_escapes(written);
    }
    return {};
}

/// libyaml reads `\\/` as YAML 1.2 does; kustomize refuses it.
Result<void> EventReader::check_escapes(std::string_view written) const {
    for (std::size_t at = written.find('\\'); at < written.size();
         at = written.find('\\', at + 2)) {
        if (written.substr(at + 1, 1) != "/") continue;
        Mark mark = event_.mark;
        advance(mark, std::string_view(*source_->text).substr(mark.offset, at + 1));
        return fail(Error::Kind::invalid, "kustomize does not know the escape `\\/`",
                    "write `/` without a backslash", mark.location());
    }
    return {};
}

void EventReader::place() {
    const yaml_event_t& raw = library_->event;
    const std::size_t from = positions_->byte_of(raw.start_mark.index);
    const std::size_t to = positions_->byte_of(raw.end_mark.index);
    event_.mark = {source_, piece_.line + static_cast<std::uint32_t>(raw.start_mark.line) + 1,
                   static_cast<std::uint32_t>(raw.start_mark.column) + 1,
                   static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
    const std::string_view written = std::string_view(*source_->text).substr(from, to - from);
    if (written.empty() || (written[0] != '&' && written[0] != '!')) return;
    // In front of a block mapping they belong to its first key, unless libyaml says otherwise.
    const bool own =
        event_.kind == Event::Kind::scalar || !event_.tag.empty() || !event_.anchor.empty();
    if (!own || event_.kind == Event::Kind::alias) return;
    advance(event_.mark, written.substr(0, properties_size(written)));
}

namespace {

/// What to look for: libyaml says what it was doing, seldom what a person did.
const char* hint_for(const yaml_parser_t& parser) {
    if (parser.error == YAML_READER_ERROR) return "save it as a UTF-8 text";
    const std::string_view context = parser.context == nullptr ? "" : parser.context;
    const std::string_view problem = parser.problem == nullptr ? "" : parser.problem;
    if (problem.find("mapping values are not allowed") != problem.npos)
        return "quote a text that holds `: `, or mend the indentation of this line";
    if (problem.find("cannot start any token") != problem.npos)
        return "indent with spaces, and quote a text that begins with this character";
    if (context.find("flow") != context.npos || context.find("quoted") != context.npos)
        return "a bracket or a quote is not closed, here or on a line above";
    return "look at the indentation here and on the line above";
}

}  // namespace

Error EventReader::error() const {
    const yaml_parser_t& parser = library_->parser;
    std::string message = parser.problem == nullptr ? "out of memory" : parser.problem;
    if (parser.context != nullptr) message = std::string(parser.context) + ": " + message;
    Location at{source_->path, piece_.line + 1, 1};
    if (parser.error == YAML_READER_ERROR) {
        Mark mark{source_, at.line, 1, 0, static_cast<std::uint32_t>(parser.problem_offset)};
        advance(mark, piece_.text.substr(0, parser.problem_offset));
        at.line = mark.line;
        at.column = mark.column;
    } else {
        at.line += static_cast<unsigned>(parser.problem_mark.line);
        at.column += static_cast<unsigned>(parser.problem_mark.column);
    }
    return Error{Error::Kind::invalid, "this is no YAML: " + message, hint_for(parser),
                 std::move(at)};
}

}  // namespace lockstep::yaml
