#include "yaml/emit.h"

#include <array>
#include <span>
#include <vector>

#include "yaml/key_order.h"
#include "yaml/scalar_text.h"
#include "yaml/scalar_type.h"
#include "yaml/scalar_writer.h"

namespace lockstep::yaml {

namespace {

constexpr std::size_t step = 2;
constexpr std::size_t deepest = 1000;
/// Longer keys are written as `? key`.
constexpr std::size_t longest_simple_key = 128;
/// kustomize reads its own JSON back as YAML, where a key with its quotes has this many characters
/// at most.
constexpr std::size_t longest_json_key = 1024;

bool is_empty(const Node& node) {
    return (node.is_mapping() && node.pairs.empty()) || (node.is_sequence() && node.items.empty());
}

/// Characters of `text` between the quotes of a JSON string, as Go writes one.
std::size_t json_size(std::string_view text) {
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if ((c & 0xC0) == 0x80) continue;
        const bool short_escape = c == '"' || c == '\\' || (c >= 0x08 && c <= 0x0D && c != 0x0B);
        const bool long_escape =
            c < 0x20 || c == '<' || c == '>' || c == '&' || break_size(text, at) == 3;
        size += short_escape ? 2 : long_escape ? 6 : 1;
    }
    return size;
}

/// What U+0085 becomes when kustomize reads its own JSON back: a line break inside double quotes,
/// folded into a space; the blanks around it go.
std::string_view without_next_line(std::string_view text, std::string& scratch) {
    constexpr std::string_view mark = "\xC2\x85";
    std::string folded;
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at, 2) != mark) {
            folded += text[at++];
            continue;
        }
        while (!folded.empty() && folded.back() == ' ') folded.pop_back();
        std::size_t breaks = 0;
        while (at < text.size() && (text[at] == ' ' || text.substr(at, 2) == mark)) {
            breaks += text[at] == ' ' ? 0 : 1;
            at += text[at] == ' ' ? 1 : 2;
        }
        folded += breaks == 1 ? std::string(1, ' ') : std::string(breaks - 1, '\n');
    }
    scratch = std::move(folded);
    return scratch;
}

constexpr std::array<bool, 256> make_word_bytes() {
    std::array<bool, 256> bytes{};
    for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "0123456789_-./"))
        bytes[static_cast<unsigned char>(c)] = true;
    return bytes;
}
constexpr std::array<bool, 256> word_bytes = make_word_bytes();

/// Whether `node` is what nearly all keys and most values are: a text that is printed as it is,
/// wherever it stands. All that may have to be quoted or broken is none.
bool is_word(const Node& node) {
    const std::string_view text = node.text;
    if (!node.is_string() || node.style == Style::folded || text.empty()) return false;
    const char letter = static_cast<char>(text.front() | 0x20);  // numbers and dates have none
    if (letter < 'a' || letter > 'z' || text.size() > longest_simple_key) return false;
    for (const char c : text)
        if (!word_bytes[static_cast<unsigned char>(c)]) return false;
    return plain_type(text, Dialect::kustomization) == Type::string;
}

class Emitter {
  public:
    Emitter(std::string& out, std::size_t bytes_max)
        : writer_(out), out_(&out), bytes_max_(bytes_max) {}

    Result<void> document(const Node& root) {
        if (root.is_mapping() && !root.pairs.empty()) {
            TRY(mapping(root, 0, false));
        } else if (root.is_sequence() && !root.items.empty()) {
            TRY(sequence(root, 0, false));
        } else {
            writer_.begin_line(0);
            TRY(inline_value(root, {step, true}));
        }
        writer_.end_document();
        return {};
    }

  private:
    /// A scalar or an empty collection.
    Result<void> inline_value(const Node& node, ScalarWriter::Place place) {
        if (node.is_scalar()) return scalar(node, place);
        writer_.put(node.is_mapping() ? "{}" : "[]");
        return {};
    }

    Result<void> scalar(const Node& node, ScalarWriter::Place place);
    Result<void> mapping(const Node& node, std::size_t indent, bool goes_on);
    Result<void> sequence(const Node& node, std::size_t indent, bool goes_on);
    Result<void> pair(const Pair& pair, std::size_t indent);
    Result<void> value_of_key(const Node& value, std::size_t indent);
    Result<void> item(const Node& node, std::size_t indent);
    Result<void> check_depth(const Node& node, std::size_t indent) const;

    bool is_full() const { return out_->size() > bytes_max_; }
    std::unexpected<Error> too_large() const {
        return fail(Error::Kind::invalid,
                    "the output has more than " + std::to_string(bytes_max_) + " bytes");
    }

    ScalarWriter writer_;
    const std::string* out_;
    std::size_t bytes_max_;
    std::string scratch_;
    unsigned flow_depth_ = 0;         // open collections that were written in flow style
    std::vector<const Pair*> order_;  // of all open mappings
};

Result<void> Emitter::scalar(const Node& node, ScalarWriter::Place place) {
    if (is_word(node)) {
        writer_.put(node.text);
        return {};
    }
    std::string_view text = TRY(printed_text(node, flow_depth_ > 0, scratch_));
    if (!prints_as_string(node, flow_depth_ > 0)) {
        writer_.put(text);
        return {};
    }
    ScalarShape shape = shape_of(text);
    if (!shape.printable) {
        return fail(Error::Kind::invalid, "kustomize cannot print a text with control characters",
                    "remove the character or write it in base64", node.mark.location());
    }
    if (shape.has_next_line) shape = shape_of(text = without_next_line(text, scratch_));
    if (shape.has_newline) {
        if (shape.literal && place.may_break) {
            writer_.literal(text, place.indent);
        } else {
            writer_.double_quoted(text, place);
        }
        return {};
    }
    const bool ambiguous =
        plain_type(text, Dialect::kustomization) != Type::string || is_base60(text);
    if (ambiguous || !shape.single_quoted) {
        writer_.double_quoted(text, place);
    } else if (shape.plain) {
        writer_.plain(text, place);
    } else {
        writer_.single_quoted(text, place);
    }
    return {};
}

Result<void> Emitter::check_depth(const Node& node, std::size_t indent) const {
    if (indent <= deepest * step) return {};
    return fail(Error::Kind::invalid, "nested deeper than " + std::to_string(deepest) + " levels",
                {}, node.mark.location());
}

Result<void> Emitter::mapping(const Node& node, std::size_t indent, bool goes_on) {
    TRY(check_depth(node, indent));
    if (node.style == Style::flow) ++flow_depth_;
    const std::size_t first = order_.size();
    for (const Pair& pair : node.pairs) order_.push_back(&pair);
    const std::size_t count = order_.size() - first;
    if (auto sorted = sort_by_key({order_.data() + first, count}); !sorted) {
        Error error = std::move(sorted).error();
        if (!error.at) error.at = node.mark.location();
        return std::unexpected(std::move(error));
    }
    for (std::size_t at = 0; at < count; ++at) {
        if (at > 0 || !goes_on) writer_.begin_line(indent);
        TRY(pair(*order_[first + at], indent));
        if (is_full()) return too_large();
    }
    order_.resize(first);
    if (node.style == Style::flow) --flow_depth_;
    return {};
}

Result<void> Emitter::pair(const Pair& pair, std::size_t indent) {
    if (is_word(*pair.key)) {
        writer_.put(pair.key->text);
        return value_of_key(*pair.value, indent);
    }
    const Node& key = *pair.key;
    const Node& value = *pair.value;
    if (!key.is_string()) {
        return fail(Error::Kind::invalid,
                    "unsupported type: the key `" + std::string(key.text) + "` is no string",
                    "put it in quotes", key.mark.location());
    }
    const bool too_long = key.text.size() > longest_simple_key;
    if (too_long && json_size(key.text) + 2 > longest_json_key) {
        return fail(Error::Kind::invalid,
                    "kustomize cannot print a key of " + std::to_string(key.text.size()) + " bytes",
                    {}, key.mark.location());
    }
    const ScalarShape shape = shape_of(key.text);
    if (shape.has_next_line) {
        return fail(Error::Kind::invalid, "kustomize cannot print a key with U+0085 in it", {},
                    key.mark.location());
    }
    if (too_long || shape.has_break) {
        writer_.put("? ");
        TRY(scalar(key, {indent + step, true}));
        writer_.begin_line(indent);
        writer_.put(": ");
        if (is_empty(value) || value.is_scalar()) return inline_value(value, {indent + step, true});
        return value.is_mapping() ? mapping(value, indent + step, true)
                                  : sequence(value, indent + step, true);
    }
    TRY(scalar(key, {indent + step, false}));
    return value_of_key(value, indent);
}

Result<void> Emitter::value_of_key(const Node& value, std::size_t indent) {
    if (is_empty(value) || value.is_scalar()) {
        writer_.put(": ");
        return inline_value(value, {indent + step, true});
    }
    writer_.put(":");
    return value.is_mapping() ? mapping(value, indent + step, false)
                              : sequence(value, indent, false);
}

Result<void> Emitter::sequence(const Node& node, std::size_t indent, bool goes_on) {
    TRY(check_depth(node, indent));
    if (node.style == Style::flow) ++flow_depth_;
    bool begins_line = !goes_on;
    for (const Node* const node_item : node.items) {
        if (begins_line) writer_.begin_line(indent);
        begins_line = true;
        TRY(item(*node_item, indent));
        if (is_full()) return too_large();
    }
    if (node.style == Style::flow) --flow_depth_;
    return {};
}

Result<void> Emitter::item(const Node& node, std::size_t indent) {
    writer_.put("- ");
    if (is_empty(node) || node.is_scalar()) return inline_value(node, {indent + step, true});
    return node.is_mapping() ? mapping(node, indent + step, true)
                             : sequence(node, indent + step, true);
}

}  // namespace

Result<void> emit(const Node& root, std::string& out, std::size_t bytes_max) {
    return Emitter(out, bytes_max).document(root);
}

}  // namespace lockstep::yaml
