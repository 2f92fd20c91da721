#include "kustomize/variable_text.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "kustomize/json_form.h"
#include "kustomize/text_map.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

template <typename Number>
bool read_number(std::string_view text, Number& into) {
    if (text.starts_with('+')) text.remove_prefix(1);
    if (text.starts_with('+')) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
}

std::unexpected<Error> unreadable(const Node& number) {
    return fail(
        Error::Kind::invalid,
        "kustomize cannot take the number `" + std::string(number.text) + "` as the value of a var",
        "write it in plain decimal", number.mark.location());
}

/// Long enough for any double without an exponent.
using Digits = std::array<char, 400>;

Result<std::string> number_text(const Node& number) {
    Digits digits;
    if (number.type == yaml::Type::integer) {
        std::int64_t value = 0;
        if (!read_number(number.text, value)) return unreadable(number);
        return std::to_string(value);
    }
    double value = 0;
    const bool is_finite = number.text.find_first_of("nN") == std::string_view::npos;
    if (!is_finite || !read_number(number.text, value)) return unreadable(number);
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed)
            .ptr;
    return std::string(digits.data(), end);
}

bool stands_for_something(const Values::const_iterator& found, const Values& values) {
    return found != values.end() && found->second.node->is_scalar();
}

/// A value within a text: floats are written there as %v, in short.
std::string text_within(const Node& value) {
    double number = 0;
    if (value.type != yaml::Type::real || !read_number(value.text, number))
        return std::string(value.text);
    return go_g(number);
}

/// What is left of `$` and the text behind it. `size` counts what was read, the dollar included.
struct Step {
    std::string text;
    std::size_t size;
    const Node* whole = nullptr;  // where the step was a reference with a value
};

Result<Step> step(std::string_view text, const Node& place, Values& values) {
    if (text[1] == '$') return Step{"$", 2};
    if (text[1] != '(') {
        if (static_cast<unsigned char>(text[1]) >= 0x80)
            return fail(Error::Kind::unsupported,
                        "unsupported: a dollar before a character beyond ASCII where vars are "
                        "replaced",
                        "write `$$`", place.mark.location());
        return Step{std::string(text.substr(0, 2)), 2};
    }
    const std::size_t close = text.find(')', 2);
    if (close == std::string_view::npos) return Step{"$(", 2};
    const auto found = values.find(text.substr(2, close - 2));
    if (!stands_for_something(found, values))
        return Step{std::string(text.substr(0, close + 1)), close + 1};
    found->second.used = true;
    const Node* const value = found->second.node;
    return Step{text_within(*value), close + 1, value};
}

}  // namespace

Result<Node*> variable_value(yaml::Arena& arena, const Node& field) {
    Node* const value = clone(arena, field);
    if (!value->is_scalar()) return value;
    value->untyped = false;
    switch (field.untyped ? yaml::Type::string : field.type) {
        case yaml::Type::integer:
        case yaml::Type::real:
            value->text = arena.copy(TRY(number_text(field)));
            break;
        case yaml::Type::boolean:
            value->text = (field.text.front() | 0x20) == 't' ? "true" : "false";
            break;
        default:
            value->type = yaml::Type::string;
    }
    value->style = yaml::Style::plain;
    return value;
}

Result<void> replace_variables(yaml::Arena& arena, Node& text, Values& values,
                               std::size_t bytes_max) {
    const std::string_view input = text.text;
    std::string output;
    std::size_t at = 0;
    for (std::size_t dollar = input.find('$'); dollar != std::string_view::npos;
         dollar = input.find('$', at)) {
        if (dollar + 1 == input.size()) break;
        const Step next = TRY(step(input.substr(dollar), text, values));
        if (next.whole != nullptr && next.size == input.size()) {
            const Node& value = *next.whole;
            text = value.is_string() ? *TRY(make_text(arena, value.text, value.mark)) : value;
            return {};
        }
        output.append(input.substr(at, dollar - at)).append(next.text);
        at = dollar + next.size;
        if (output.size() > bytes_max)
            return fail(Error::Kind::invalid,
                        "a text takes more than " + std::to_string(bytes_max) +
                            " bytes with its vars replaced",
                        "refer to them less often", text.mark.location());
    }
    output.append(input.substr(at));
    const std::string_view kept = output == input ? input : arena.copy(output);
    text = *TRY(make_text(arena, kept, text.mark));
    return {};
}

}  // namespace lockstep::kustomize
