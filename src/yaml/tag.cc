#include "yaml/tag.h"

#include <cstdint>

#include "yaml/number.h"
#include "yaml/scalar_type.h"

namespace lockstep::yaml {

namespace {

constexpr std::string_view standard = "tag:yaml.org,2002:";

std::optional<Type> named_type(std::string_view name) {
    if (name == "null") return Type::null;
    if (name == "bool") return Type::boolean;
    if (name == "int") return Type::integer;
    if (name == "float") return Type::real;
    if (name == "timestamp") return Type::timestamp;
    return std::nullopt;
}

const char* word(Type type) {
    switch (type) {
        case Type::null:
            return "null";
        case Type::boolean:
            return "bool";
        case Type::integer:
            return "int";
        case Type::real:
            return "float";
        case Type::timestamp:
            return "timestamp";
        case Type::binary:
            return "binary";
        default:
            return "str";
    }
}

Result<Type> tagged_type(const Event& event, std::string_view name, Dialect dialect) {
    if (name == "binary") {
        if (decode_base64(event.text)) return Type::binary;
        return fail(Error::Kind::invalid, "a !!binary value is no base64", {},
                    event.mark.location());
    }
    const std::optional<Type> wanted = named_type(name);
    if (!wanted) return Type::string;  // a tag nobody knows makes it a string
    const Type found = plain_type(event.text, dialect);
    const auto integer = parse_integer(event.text);
    const bool widened =
        *wanted == Type::real && found == Type::integer && integer->magnitude <= INT64_MAX;
    if (found == *wanted || widened) return *wanted;
    return fail(Error::Kind::invalid,
                "`" + std::string(event.text) + "` is tagged !!" + std::string(name) +
                    " but reads as !!" + word(found),
                "correct the value or remove the tag", event.mark.location());
}

int sextet(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

}  // namespace

Result<Type> scalar_type(const Event& event, Dialect dialect) {
    const bool untagged = event.tag.empty() || (event.tag == "!" && dialect == Dialect::resource);
    if (untagged) {
        return event.style == Style::plain ? plain_type(event.text, dialect) : Type::string;
    }
    if (!event.tag.starts_with(standard)) return Type::string;
    return tagged_type(event, event.tag.substr(standard.size()), dialect);
}

bool is_merge_key(const Event& event, Dialect dialect) {
    if (event.kind != Event::Kind::scalar) return false;
    if (event.text != "<<") return false;
    if (!event.tag.empty()) return event.tag == "tag:yaml.org,2002:merge";
    return dialect == Dialect::resource ? event.style == Style::plain : event.implicit;
}

std::optional<std::string> decode_base64(std::string_view text) {
    std::string bytes;
    std::uint32_t bits = 0;
    std::size_t count = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r') continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int value = sextet(c);
        if (value < 0 || padding != 0) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if (++count % 4 == 0) {
            for (const int shift : {16, 8, 0}) bytes += static_cast<char>(bits >> shift & 0xFF);
        }
    }
    const std::size_t rest = count % 4;
    if (rest == 1 || padding != (rest == 0 ? 0 : 4 - rest)) return std::nullopt;
    if (rest >= 2) bytes += static_cast<char>(bits >> (rest == 2 ? 4 : 10) & 0xFF);
    if (rest == 3) bytes += static_cast<char>(bits >> 2 & 0xFF);
    return bytes;
}

}  // namespace lockstep::yaml
