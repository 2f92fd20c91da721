#include "yaml/scalar_text.h"

#include <algorithm>

#include "base/base64.h"
#include "yaml/folded.h"
#include "yaml/number.h"
#include "yaml/scalar_type.h"
#include "yaml/tag.h"
#include "yaml/timestamp.h"

namespace lockstep::yaml {

namespace {

std::unexpected<Error> refuse(const Node& node, const std::string& what) {
    return fail(Error::Kind::invalid, "kustomize cannot print " + what, {}, node.mark.location());
}

bool is_true(std::string_view text) {
    const char first = static_cast<char>(text.empty() ? '\0' : text[0] | 0x20);
    return first == 't' || first == 'y' || text == "on" || text == "On" || text == "ON";
}

Result<std::string_view> number(const Node& node, std::string& scratch) {
    const auto integer = parse_integer(node.text);
    scratch.clear();
    if (integer && node.type == Type::integer) {
        append_number(*integer, scratch);
    } else if (node.type == Type::integer) {
        return refuse(node, "`" + std::string(node.text) + "` as a whole number");
    } else if (integer) {
        const auto value = static_cast<double>(integer->magnitude);
        append_number(integer->negative ? -value : value, scratch);
    } else if (const auto real = parse_real(node.text)) {
        append_number(*real, scratch);
    } else {
        return refuse(node, "the number `" + std::string(node.text) + "`");
    }
    return scratch;
}

Result<std::string_view> timestamp(const Node& node, std::string& scratch) {
    const auto at = parse_timestamp(node.text);
    scratch.clear();
    if (at && append_rfc3339(*at, scratch)) return scratch;
    return refuse(node, "the timestamp `" + std::string(node.text) + "`");
}

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Bytes at `at` that are one character of well-formed UTF-8; 0 where there is none.
std::size_t character_size(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return 0;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) {
        return 0;
    }
    return std::ranges::all_of(text.substr(at + 1, size - 1), is_continuation) ? size : 0;
}

/// JSON has no bytes that are no UTF-8: each becomes U+FFFD.
Result<std::string_view> binary(const Node& node, std::string& scratch) {
    const auto bytes = decode_base64(node.text);
    if (!bytes) return refuse(node, "a !!binary value that is no base64");
    scratch.clear();
    for (std::size_t at = 0; at < bytes->size();) {
        const std::size_t size = character_size(*bytes, at);
        if (size == 0) {
            scratch += "\xEF\xBF\xBD";
            ++at;
        } else {
            scratch.append(*bytes, at, size);
            at += size;
        }
    }
    return scratch;
}

/// A transformer may have put any text into a field that has a type.
bool reads_as(const Node& node) {
    return plain_type(node.text, Dialect::kustomization) == node.type;
}

/// kustomize writes a tree once and reads it again before it prints it; what may not stand plain in
/// a flow collection is quoted on that way and becomes a string.
bool becomes_string(const Node& node, bool in_flow) {
    if (!in_flow || node.style != Style::plain) return false;
    return (node.type == Type::null && node.text.empty()) ||
           (node.type == Type::timestamp && node.text.contains(':'));
}

}  // namespace

Result<std::string_view> printed_text(const Node& node, bool in_flow, std::string& scratch) {
    if (becomes_string(node, in_flow)) return node.text;
    switch (node.type) {
        case Type::null:
            if (!reads_as(node)) return refuse(node, "`" + std::string(node.text) + "` as a null");
            return "null";
        case Type::boolean:
            if (!reads_as(node))
                return refuse(node, "`" + std::string(node.text) + "` as a boolean");
            return is_true(node.text) ? "true" : "false";
        case Type::integer:
        case Type::real:
            return number(node, scratch);
        case Type::timestamp:
            return timestamp(node, scratch);
        case Type::binary:
            return binary(node, scratch);
        default:
            if (node.style != Style::folded) return node.text;
            return scratch = folded_again(node.text);
    }
}

bool prints_as_string(const Node& node, bool in_flow) {
    return becomes_string(node, in_flow) || node.type == Type::string ||
           node.type == Type::timestamp || node.type == Type::binary;
}

}  // namespace lockstep::yaml
