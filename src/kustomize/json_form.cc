#include "kustomize/json_form.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "yaml/folded.h"
#include "yaml/number.h"
#include "yaml/scalar_type.h"
#include "yaml/timestamp.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;
using yaml::Style;
using yaml::Type;

std::optional<double> number_of(const Node& node) {
    if (const auto integer = yaml::parse_integer(node.text)) {
        const double magnitude = static_cast<double>(integer->magnitude);
        return integer->negative ? -magnitude : magnitude;
    }
    return yaml::parse_real(node.text);
}

void be_string(yaml::Arena& arena, Node& node) {
    if (node.style == Style::folded) node.text = arena.copy(yaml::folded_again(node.text));
    const std::string_view text = node.text;
    node.type = Type::string;
    if (text.find('\n') != std::string_view::npos)
        node.style = Style::literal;
    else if (yaml::plain_type(text, yaml::Dialect::kustomization) != Type::string ||
             yaml::plain_type(text, yaml::Dialect::resource) != Type::string ||
             yaml::is_base60(text))
        node.style = Style::double_quoted;
    else
        node.style = Style::plain;
}

/// What is no whole number of 64 bits becomes a float64 all the same.
std::optional<std::string> exact_number(std::string_view text) {
    std::string number;
    if (const auto integer = yaml::parse_integer(text)) {
        yaml::append_number(*integer, number);
        return number;
    }
    const std::optional<double> real = yaml::parse_real(text);
    if (!real) return std::nullopt;
    yaml::append_number(*real, number);
    return number;
}

std::optional<std::string> number_text(const Node& node, Integers integers) {
    if (integers == Integers::exact) return exact_number(node.text);
    const std::optional<double> value = number_of(node);
    return value ? std::optional(go_g(*value)) : std::nullopt;
}

Result<void> number_through_json(yaml::Arena& arena, Node& node, Integers integers) {
    const std::optional<std::string> written = number_text(node, integers);
    if (!written)
        return fail(Error::Kind::invalid,
                    "the number " + std::string(node.text) + " is beyond what JSON holds",
                    "the whole object is turned into JSON: quote the number", node.mark.location());
    const std::string& text = *written;
    node.type = text.find_first_of(".e") == std::string::npos ? Type::integer : Type::real;
    node.style = Style::plain;
    if (text != node.text) node.text = arena.copy(text);
    return {};
}

Result<void> timestamp_through_json(yaml::Arena& arena, Node& node) {
    const auto timestamp = yaml::parse_timestamp(node.text);
    std::string text;
    if (timestamp && !yaml::append_rfc3339(*timestamp, text))
        return fail(Error::Kind::invalid,
                    "the date " + std::string(node.text) + " cannot be written as JSON", "quote it",
                    node.mark.location());
    if (timestamp) node.text = arena.copy(text);
    be_string(arena, node);
    return {};
}

/// A replacement may put any text into a field that has a type.
Result<void> check_type(const Node& node) {
    if (yaml::plain_type(node.text, yaml::Dialect::kustomization) == node.type) return {};
    return fail(Error::Kind::invalid,
                "kustomize cannot read what it writes: `" + std::string(node.text) +
                    "` in the place of a value of another type",
                "quote the value in the object", node.mark.location());
}

Result<void> scalar_through_json(yaml::Arena& arena, Node& node, Integers integers) {
    node.untyped = false;
    switch (node.type) {
        case Type::integer:
        case Type::real:
            return number_through_json(arena, node, integers);
        case Type::timestamp:
            return timestamp_through_json(arena, node);
        case Type::null:
            TRY(check_type(node));
            node.text = "null";
            node.style = Style::plain;
            return {};
        case Type::boolean:
            TRY(check_type(node));
            node.style = Style::plain;
            return {};
        case Type::string:
        case Type::binary:
            be_string(arena, node);
            return {};
    }
    return {};
}

template <typename Real>
std::string shortest(Real value) {
    char buffer[40];
    const auto written =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
    const std::string_view scientific(buffer, static_cast<std::size_t>(written.ptr - buffer));
    int exponent = 0;
    const char* digits = buffer + scientific.find('e') + 1;
    if (*digits == '+') ++digits;
    std::from_chars(digits, written.ptr, exponent);
    if (value == 0) return std::signbit(value) ? "-0" : "0";
    if (exponent < -4 || exponent >= 6) return std::string(scientific);
    const auto fixed =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
    return std::string(buffer, fixed.ptr);
}

}  // namespace

std::string go_g(double value) {
    return shortest(value);
}

std::string go_g32(float value) {
    return shortest(value);
}

Result<void> through_json(yaml::Arena& arena, Node& node, Integers integers) {
    if (node.is_scalar()) return scalar_through_json(arena, node, integers);
    for (Node* const item : node.items) TRY(through_json(arena, *item, integers));
    for (const yaml::Pair& pair : node.pairs) TRY(through_json(arena, *pair.value, integers));
    return {};
}

}  // namespace lockstep::kustomize
