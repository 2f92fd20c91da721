#include "yaml/text_pieces.h"

#include <algorithm>

namespace lockstep::yaml {

namespace {

/// What Go's TrimSpace takes away, as far as it can stand in a line.
std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\v\f\r");
    if (from == text.npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\v\f\r") - from + 1);
}

unsigned count_lines(std::string_view text) {
    return static_cast<unsigned>(std::ranges::count(text, '\n'));
}

}  // namespace

Result<std::vector<Piece>> cut_documents(std::string_view text, const std::string& path) {
    std::vector<Piece> pieces;
    Piece piece;
    std::size_t from = 0;
    for (;;) {
        const std::size_t cut = text.find("\n---", from);
        const std::size_t end = cut == text.npos ? text.npos : text.find('\n', cut + 4);
        if (end == text.npos) break;
        piece.text = text.substr(piece.offset, cut + 1 - piece.offset);
        const unsigned line = piece.line + count_lines(piece.text);
        const std::string_view behind = trimmed(text.substr(cut + 4, end - cut - 4));
        if (!behind.empty() && behind[0] != '#') {
            return fail(Error::Kind::invalid,
                        "invalid document separator: `" +
                            std::string(text.substr(cut + 1, end - cut - 1)) +
                            "`: behind `---` only a comment may stand",
                        "put the document on a line of its own", Location{path, line + 1, 1});
        }
        pieces.push_back(piece);
        piece.offset = from = end + 1;
        piece.line = line + 1;
    }
    piece.text = text.substr(piece.offset);
    pieces.push_back(piece);
    return pieces;
}

}  // namespace lockstep::yaml
