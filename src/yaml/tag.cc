#include "yaml/tag.h"

#include <optional>

#include "base/base64.h"
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

}  // namespace lockstep::yaml
