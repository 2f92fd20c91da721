#include "changes/value.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "yaml/scalar_text.h"
#include "yaml/scalar_type.h"

namespace lockstep::changes {

namespace {

using yaml::Node;
using yaml::Pair;

std::string_view printed(const Node& scalar, std::string& scratch) {
    const auto text = yaml::printed_text(scalar, false, scratch);
    return text ? *text : scalar.text;
}

bool is_same_scalar(const Node& a, const Node& b) {
    if (a.type == b.type && a.text == b.text) return true;
    if (yaml::prints_as_string(a, false) != yaml::prints_as_string(b, false)) return false;
    std::string a_scratch, b_scratch;
    return printed(a, a_scratch) == printed(b, b_scratch);
}

std::vector<const Pair*> sorted(const Node& mapping) {
    std::vector<const Pair*> pairs;
    for (const Pair& pair : mapping.pairs) pairs.push_back(&pair);
    std::ranges::stable_sort(
        pairs, [](const Pair* a, const Pair* b) { return a->key->text < b->key->text; });
    return pairs;
}

bool has_same_pairs(const Node& a, const Node& b) {
    if (a.pairs.size() != b.pairs.size()) return false;
    const auto is_same_pair = [](const Pair& x, const Pair& y) {
        return x.key->text == y.key->text && is_same(*x.value, *y.value);
    };
    const auto has_same_keys = std::ranges::equal(
        a.pairs, b.pairs, [](const Pair& x, const Pair& y) { return x.key->text == y.key->text; });
    if (has_same_keys) return std::ranges::equal(a.pairs, b.pairs, is_same_pair);
    return std::ranges::equal(sorted(a), sorted(b),
                              [&](const Pair* x, const Pair* y) { return is_same_pair(*x, *y); });
}

void append_text(std::string_view text, std::string& out) {
    out.append(std::to_string(text.size())).append(1, ':').append(text);
}

void append_canonical(const Node& value, std::string& out) {
    if (value.is_scalar()) {
        std::string scratch;
        out += yaml::prints_as_string(value, false) ? '"' : '=';
        return append_text(printed(value, scratch), out);
    }
    if (value.is_sequence()) {
        out += '[';
        for (const Node* const item : value.items) append_canonical(*item, out);
        out += ']';
        return;
    }
    out += '{';
    for (const Pair* const pair : sorted(value)) {
        append_text(pair->key->text, out);
        append_canonical(*pair->value, out);
    }
    out += '}';
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

void append_scalar(const Node& scalar, bool is_inside, std::string& out) {
    std::string scratch;
    const std::string_view text = printed(scalar, scratch);
    const bool is_text = yaml::prints_as_string(scalar, false);
    const bool reads_otherwise =
        yaml::plain_type(text, yaml::Dialect::resource) != yaml::Type::string;
    const bool has_break = text.find('\n') != std::string_view::npos;
    const bool is_unclear = is_inside && text.find_first_of(",[]{}\"") != std::string_view::npos;
    if (is_text && (text.empty() || reads_otherwise || has_break || is_unclear))
        out += in_quotes(text);
    else
        out += text;
}

struct Showing {
    std::size_t bytes_max;
    bool hides;  // scalars
};

/// Ends soon after the limit: what is cut need not be written.
void append_shown(const Node& value, bool is_inside, const Showing& showing, std::string& out) {
    if (out.size() > showing.bytes_max) return;
    if (value.is_scalar() && showing.hides) {
        out += "(secret)";
        return;
    }
    if (value.is_scalar()) return append_scalar(value, is_inside, out);
    std::string_view separator;
    if (value.is_sequence()) {
        out += '[';
        for (const Node* const item : value.items) {
            out += separator;
            separator = ", ";
            append_shown(*item, true, showing, out);
            if (out.size() > showing.bytes_max) return;
        }
        out += ']';
        return;
    }
    out += '{';
    for (const Pair& pair : value.pairs) {
        out.append(separator).append(pair.key->text).append(": ");
        separator = ", ";
        append_shown(*pair.value, true, showing, out);
        if (out.size() > showing.bytes_max) return;
    }
    out += '}';
}

std::string shown_with(const Node& value, const Showing& showing) {
    std::string text;
    append_shown(value, false, showing, text);
    if (text.size() <= showing.bytes_max) return text;
    std::size_t end = showing.bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text + "…";
}

}  // namespace

bool is_same(const Node& a, const Node& b) {
    if (&a == &b) return true;
    if (a.kind != b.kind) return false;
    if (a.is_scalar()) return is_same_scalar(a, b);
    if (a.is_mapping()) return has_same_pairs(a, b);
    return std::ranges::equal(a.items, b.items,
                              [](const Node* x, const Node* y) { return is_same(*x, *y); });
}

std::string canonical(const Node& value) {
    std::string text;
    append_canonical(value, text);
    return text;
}

std::string shown(const Node& value, std::size_t bytes_max) {
    return shown_with(value, {.bytes_max = bytes_max, .hides = false});
}

std::string shown_keys(const Node& value, std::size_t bytes_max) {
    return shown_with(value, {.bytes_max = bytes_max, .hides = true});
}

}  // namespace lockstep::changes
