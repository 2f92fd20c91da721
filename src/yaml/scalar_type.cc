#include "yaml/scalar_type.h"

#include <algorithm>
#include <initializer_list>

#include "yaml/number.h"
#include "yaml/timestamp.h"

namespace lockstep::yaml {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, text) != words.end();
}

Type word_type(std::string_view text, Dialect dialect) {
    if (text.size() > 5) return Type::string;
    if (is_one_of(text, {"~", "null", "Null", "NULL"})) return Type::null;
    if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return Type::boolean;
    if (dialect == Dialect::resource) return Type::string;
    return is_one_of(text, {"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No",
                            "NO", "off", "Off", "OFF"})
               ? Type::boolean
               : Type::string;
}

/// `0o-7`: a number to the reader of resources only.
bool has_sign_behind_octal(std::string_view text) {
    return text.find('o') != text.npos && text.find_first_of("+-", 1) != text.npos;
}

Type number_type(std::string_view text, Dialect dialect) {
    if (parse_timestamp(text)) return Type::timestamp;
    if (dialect == Dialect::kustomization && has_sign_behind_octal(text)) return Type::string;
    if (parse_integer(text)) return Type::integer;
    return parse_real(text) ? Type::real : Type::string;
}

bool is_special(std::string_view text) {
    return is_one_of(text, {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf",
                            "-.INF", ".nan", ".NaN", ".NAN"});
}

}  // namespace

Type plain_type(std::string_view text, Dialect dialect) {
    if (text.empty()) return Type::null;
    switch (text[0]) {
        case 'y':
        case 'Y':
        case 'n':
        case 'N':
        case 't':
        case 'T':
        case 'f':
        case 'F':
        case 'o':
        case 'O':
        case '~':
            return word_type(text, dialect);
        case '.':
            if (is_special(text)) return Type::real;
            // Go removes underscores in front of a digit or sign only.
            return text.find('_') == text.npos && parse_real(text) ? Type::real : Type::string;
        case '+':
        case '-':
            return is_special(text) ? Type::real : number_type(text, dialect);
        default:
            return is_digit(text[0]) ? number_type(text, dialect) : Type::string;
    }
}

bool is_base60(std::string_view text) {
    // [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
    if (text.find(':') == text.npos) return false;
    std::size_t at = text[0] == '-' || text[0] == '+' ? 1 : 0;
    const auto digit = [&](std::size_t index) {
        return index < text.size() && is_digit(text[index]);
    };
    if (!digit(at)) return false;
    while (digit(at) || (at < text.size() && text[at] == '_')) ++at;
    if (at == text.size() || text[at] != ':') return false;
    while (at < text.size() && text[at] == ':') {
        if (!digit(at + 1)) return false;
        const bool two = digit(at + 2);
        if (two && text[at + 1] > '5') return false;
        at += two ? 3 : 2;
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        while (digit(at) || (at < text.size() && text[at] == '_')) ++at;
    }
    return at == text.size();
}

}  // namespace lockstep::yaml
