#include "kustomize/json_text.h"

#include <memory>
#include <unordered_map>
#include <utility>

#include "yaml/number.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

constexpr unsigned depth_limit = 200;
constexpr std::size_t value_limit = 1'000'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void append_utf8(std::uint32_t code, std::string& out) {
    const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) {
        byte(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
    }
    byte(0x80 | (code & 0x3F));
}

class Reader {
  public:
    Reader(yaml::Arena& arena, const yaml::Source& source)
        : arena_(arena), source_(source), text_(*source.text) {}

    Result<Node*> document() {
        Node* const root = TRY(value(1));
        skip_blanks();
        if (at_ != text_.size()) return unexpected("the end of the text");
        return root;
    }

  private:
    Result<Node*> value(unsigned depth) {
        skip_blanks();
        if (depth > depth_limit || ++values_ > value_limit)
            return fail(Error::Kind::invalid,
                        "JSON of more than " + std::to_string(depth_limit) + " levels or " +
                            std::to_string(value_limit) + " values",
                        "this is far beyond what a patch needs", here().location());
        switch (peek()) {
            case '{':
                return mapping(depth);
            case '[':
                return sequence(depth);
            case '"':
                return string();
            case 't':
                return word("true", yaml::Type::boolean);
            case 'f':
                return word("false", yaml::Type::boolean);
            case 'n':
                return word("null", yaml::Type::null);
            default:
                return number();
        }
    }

    Result<Node*> mapping(unsigned depth) {
        Node* const node = yaml::make_mapping(arena_, here());
        node->style = yaml::Style::flow;
        next();
        skip_blanks();
        if (peek() == '}') return closed(*node);
        std::unordered_map<std::string_view, std::size_t> places;
        for (;;) {
            skip_blanks();
            if (peek() != '"') return unexpected("a name in double quotes");
            Node* const key = TRY(string());
            skip_blanks();
            if (peek() != ':') return unexpected("a colon");
            next();
            Node* const field = TRY(value(depth + 1));
            const auto [place, is_new] = places.emplace(key->text, node->pairs.size());
            if (is_new)
                node->pairs.push_back(arena_, {key, field});
            else
                node->pairs[place->second].value = field;
            skip_blanks();
            if (peek() == '}') return closed(*node);
            if (peek() != ',') return unexpected("a comma or a closing brace");
            next();
        }
    }

    Result<Node*> sequence(unsigned depth) {
        Node* const node = yaml::make_sequence(arena_, here());
        node->style = yaml::Style::flow;
        next();
        skip_blanks();
        if (peek() == ']') return closed(*node);
        for (;;) {
            node->items.push_back(arena_, TRY(value(depth + 1)));
            skip_blanks();
            if (peek() == ']') return closed(*node);
            if (peek() != ',') return unexpected("a comma or a closing bracket");
            next();
        }
    }

    Result<Node*> string() {
        yaml::Mark mark = here();
        std::string decoded;
        next();
        while (peek() != '"') {
            if (at_ == text_.size() || static_cast<unsigned char>(peek()) < 0x20)
                return unexpected("a closing double quote");
            if (peek() == '\\') {
                TRY(escape(decoded));
            } else {
                decoded.push_back(peek());
                next();
            }
        }
        next();
        return scalar(mark, arena_.copy(decoded), yaml::Type::string, yaml::Style::double_quoted);
    }

    Result<void> escape(std::string& out) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        next();
        if (const std::size_t at = letters.find(peek());
            at != std::string_view::npos && at_ != text_.size()) {
            out.push_back(meanings[at]);
            next();
            return {};
        }
        if (peek() != 'u') return unexpected("an escape of JSON");
        std::uint32_t code = TRY(hex4());
        if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
            const Reader before = *this;
            next();
            const std::uint32_t low = TRY(hex4());
            if (low >= 0xDC00 && low < 0xE000)
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            else
                go_back(before);
        }
        append_utf8(code >= 0xD800 && code < 0xE000 ? 0xFFFD : code, out);
        return {};
    }

    /// The digits behind the 'u' that comes next.
    Result<std::uint32_t> hex4() {
        std::uint32_t code = 0;
        for (int i = 0; i < 4; ++i) {
            next();
            const char c = peek();
            const char lower = static_cast<char>(c | 0x20);
            if (is_digit(c))
                code = code * 16 + static_cast<std::uint32_t>(c - '0');
            else if (lower >= 'a' && lower <= 'f')
                code = code * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
            else
                return unexpected("four hexadecimal digits");
        }
        next();
        return code;
    }

    Result<Node*> number() {
        const yaml::Mark mark = here();
        bool real = false;
        if (peek() == '-') next();
        if (peek() == '0')
            next();
        else
            TRY(digits());
        if (peek() == '.') {
            real = true;
            next();
            TRY(digits());
        }
        if (peek() == 'e' || peek() == 'E') {
            real = true;
            next();
            if (peek() == '+' || peek() == '-') next();
            TRY(digits());
        }
        const std::string_view written = text_.substr(mark.offset, at_ - mark.offset);
        real = real || !yaml::parse_integer(written);
        return scalar(mark, written, real ? yaml::Type::real : yaml::Type::integer,
                      yaml::Style::plain);
    }

    Result<void> digits() {
        if (!is_digit(peek())) return unexpected("a value of JSON");
        while (is_digit(peek())) next();
        return {};
    }

    Result<Node*> word(std::string_view expected, yaml::Type type) {
        const yaml::Mark mark = here();
        if (!text_.substr(at_).starts_with(expected)) return unexpected("a value of JSON");
        for (std::size_t i = 0; i < expected.size(); ++i) next();
        return scalar(mark, expected, type, yaml::Style::plain);
    }

    Node* scalar(yaml::Mark mark, std::string_view text, yaml::Type type, yaml::Style style) {
        mark.length = static_cast<std::uint32_t>(at_ - mark.offset);
        Node* const node = yaml::make_scalar(arena_, text, type, mark);
        node->style = style;
        return node;
    }

    Node* closed(Node& node) {
        next();
        node.mark.length = static_cast<std::uint32_t>(at_ - node.mark.offset);
        return &node;
    }

    void skip_blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') next();
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void next() {
        const char c = peek();
        ++at_;
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(peek()) & 0xC0) != 0x80) {
            ++column_;
        }
    }

    void go_back(const Reader& before) {
        at_ = before.at_;
        line_ = before.line_;
        column_ = before.column_;
    }

    yaml::Mark here() const {
        return {&source_, line_, column_, static_cast<std::uint32_t>(at_), 0};
    }

    std::unexpected<Error> unexpected(std::string_view expected) const {
        const std::string found =
            at_ >= text_.size() ? "the end of the text" : "`" + std::string(1, text_[at_]) + "`";
        return fail(Error::Kind::invalid, "found " + found + ", expected " + std::string(expected),
                    "a text that begins with a bracket or a brace has to be JSON",
                    here().location());
    }

    yaml::Arena& arena_;
    const yaml::Source& source_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    std::uint32_t column_ = 1;
    std::size_t values_ = 0;
};

}  // namespace

Result<Node*> read_json(yaml::Arena& arena, std::string path, Blob text) {
    const auto source = std::make_shared<const yaml::Source>(std::move(path), std::move(text));
    arena.keep(source);
    return Reader(arena, *source).document();
}

}  // namespace lockstep::kustomize
