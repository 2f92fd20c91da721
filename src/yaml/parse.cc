#include "yaml/parse.h"

#include <algorithm>

#include "yaml/block_reader.h"
#include "yaml/builder.h"
#include "yaml/event.h"
#include "yaml/scalar_shape.h"

namespace lockstep::yaml {

namespace {

/// `text` with every CRLF read as LF; empty where there is none.
std::string without_crlf(std::string_view text) {
    std::string plain;
    std::size_t from = 0;
    for (std::size_t at = text.find("\r\n"); at != text.npos; at = text.find("\r\n", from)) {
        plain.append(text, from, at - from);
        from = at + 1;
    }
    if (from != 0) plain.append(text, from);
    return plain;
}

bool counts_as_empty(const Node& root, Dialect dialect) {
    if (dialect == Dialect::kustomization) return false;
    return root.is_null() || (root.is_mapping() && root.pairs.empty());
}

class Parser {
  public:
    Parser(const Source& source, Arena& arena, Dialect dialect, const Limits& limits)
        : source_(&source),
          dialect_(dialect),
          limits_(&limits),
          block_reader_(source),
          builder_(arena, dialect, limits) {}

    Result<std::vector<Node*>> run();

  private:
    Result<void> read_documents();
    Result<void> read_first_document(BytePositions& positions, const Piece& piece);
    Result<void> build(BytePositions& positions, const Piece& piece);

    const Source* source_;
    Dialect dialect_;
    const Limits* limits_;
    std::vector<Node*> roots_;
    BlockReader block_reader_;
    Builder builder_;
};

Result<std::vector<Node*>> Parser::run() {
    if (source_->text->size() > limits_->bytes) {
        return fail(Error::Kind::invalid,
                    "larger than " + std::to_string(limits_->bytes) + " bytes", {},
                    Location{source_->path});
    }
    TRY(read_documents());
    return std::move(roots_);
}

Result<void> Parser::read_documents() {
    const std::string& text = *source_->text;
    const Encoding encoding = encoding_of(text);
    if (dialect_ == Dialect::kustomization || encoding != Encoding::utf8) {
        BytePositions positions(text, encoding, false);
        return read_first_document(positions, {text, 0, 0});
    }
    const std::string plain = without_crlf(text);
    BytePositions positions(text, encoding, !plain.empty());
    const std::string_view seen = plain.empty() ? text : plain;
    for (const Piece& piece : TRY(cut_documents(seen, source_->path))) {
        TRY(read_first_document(positions, piece));
    }
    return {};
}

/// libyaml skips a byte order mark at the start of any line, kustomize reads it as text.
Result<void> check_marks(const Piece& piece, const std::string& path) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (piece.offset > 0 && encoding_of(piece.text) != Encoding::utf8)
        return fail(Error::Kind::unsupported, "unsupported: a UTF-16 document in a text of UTF-8",
                    "write all of it in UTF-8", Location{path, piece.line + 1, 1});
    unsigned line = piece.line;
    for (std::size_t at = piece.text.find(mark, 1); at < piece.text.size();
         at = piece.text.find(mark, at + 1)) {
        const bool begins_line = break_size(piece.text, at - 1) == 1 ||
                                 (at >= 2 && break_size(piece.text, at - 2) == 2) ||
                                 (at >= 3 && break_size(piece.text, at - 3) == 3);
        if (!begins_line) continue;
        line += 1 + static_cast<unsigned>(std::ranges::count(piece.text.substr(0, at), '\n'));
        return fail(Error::Kind::invalid, "a byte order mark in the middle of the text",
                    "remove the bytes EF BB BF", Location{path, line, 1});
    }
    return {};
}

Result<void> Parser::read_first_document(BytePositions& positions, const Piece& piece) {
    TRY(check_marks(piece, source_->path));
    builder_.begin_document();
    TRY(build(positions, piece));
    Node* const root = builder_.root();
    if (root != nullptr && !counts_as_empty(*root, dialect_)) roots_.push_back(root);
    return {};
}

Result<void> Parser::build(BytePositions& positions, const Piece& piece) {
    if (const auto events = block_reader_.read(piece)) {
        for (const Event& event : *events) TRY(builder_.add(event));
        return {};
    }
    EventReader reader(*source_, positions, piece);
    do {
        TRY(reader.next());
        TRY(builder_.add(reader.event()));
    } while (reader.event().kind != Event::Kind::document_end &&
             reader.event().kind != Event::Kind::stream_end);
    return {};
}

}  // namespace

Document::Document() = default;
Document::~Document() = default;

Result<std::shared_ptr<const Document>> Document::parse(std::string path, Blob text,
                                                        Dialect dialect, const Limits& limits) {
    const std::shared_ptr<Document> document(new Document);
    document->source_.reset(new Source{std::move(path), std::move(text)});
    const auto roots = TRY(Parser(*document->source_, document->arena_, dialect, limits).run());
    document->roots_.assign(roots.begin(), roots.end());
    return document;
}

Result<Trees> parse_into(Arena& arena, std::string path, Blob text, Dialect dialect,
                         const Limits& limits) {
    const auto source = std::make_shared<const Source>(Source{std::move(path), std::move(text)});
    arena.keep(source);
    return Trees{source.get(), TRY(Parser(*source, arena, dialect, limits).run())};
}

}  // namespace lockstep::yaml
