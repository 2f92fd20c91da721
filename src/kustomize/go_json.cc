#include "kustomize/go_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "yaml/number.h"
#include "yaml/timestamp.h"

namespace lockstep::kustomize {

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const std::string_view separator = text.substr(i, 3);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f') {
            out += '\\';
            out += c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c == '\b' ? 'b' : 'f';
        } else if (static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '&') {
            out += "\\u00";
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        } else if (separator == "\xE2\x80\xA8" || separator == "\xE2\x80\xA9") {
            out += separator.back() == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            out += c;
        }
    }
    out += '"';
}

namespace {

class Writer {
  public:
    explicit Writer(JsonLayout layout) : indented_(layout == JsonLayout::indented) {}

    Result<void> value(const yaml::Node& node) {
        if (node.is_mapping()) return mapping(node);
        if (node.is_sequence()) return list(node);
        return scalar(node);
    }
    std::string text() && { return std::move(out_); }

  private:
    Result<void> mapping(const yaml::Node& node) {
        std::vector<yaml::Pair> pairs(node.pairs.begin(), node.pairs.end());
        std::ranges::sort(pairs, {}, [](const yaml::Pair& pair) { return pair.key->text; });
        out_ += '{';
        ++depth_;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            begin_element(i);
            append_json_string(out_, pairs[i].key->text);
            out_ += indented_ ? ": " : ":";
            TRY(value(*pairs[i].value));
        }
        end_elements(pairs.size());
        out_ += '}';
        return {};
    }

    Result<void> list(const yaml::Node& node) {
        out_ += '[';
        ++depth_;
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            begin_element(i);
            TRY(value(*node.items[i]));
        }
        end_elements(node.items.size());
        out_ += ']';
        return {};
    }

    Result<void> scalar(const yaml::Node& node) {
        if (node.type == yaml::Type::integer || node.type == yaml::Type::real) return number(node);
        if (node.type == yaml::Type::timestamp) return timestamp(node);
        if (node.is_null())
            out_ += "null";
        else if (node.type == yaml::Type::boolean)
            out_ += (node.text.front() | 0x20) == 't' ? "true" : "false";
        else if (node.is_string())
            append_json_string(out_, node.text);
        else
            return refuse(node);
        return {};
    }

    Result<void> number(const yaml::Node& node) {
        const auto integer = yaml::parse_integer(node.text);
        const auto real = yaml::parse_real(node.text);
        if (integer && node.type == yaml::Type::integer)
            yaml::append_number(*integer, out_);
        else if (integer)
            append_real((integer->negative ? -1 : 1) * static_cast<double>(integer->magnitude));
        else if (real)
            append_real(*real);
        else
            return refuse(node);
        return {};
    }

    /// Go writes an exponent beyond these two, of one digit where that does.
    void append_real(double value) {
        const double magnitude = std::abs(value);
        const bool is_short = magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e21);
        std::array<char, 64> digits;
        char* const end =
            std::to_chars(digits.data(), digits.data() + digits.size(), value,
                          is_short ? std::chars_format::fixed : std::chars_format::scientific)
                .ptr;
        std::string text(digits.data(), end);
        if (const std::size_t power = text.find("e-0"); power != std::string::npos)
            text.erase(power + 2, 1);
        out_ += text;
    }

    Result<void> timestamp(const yaml::Node& node) {
        const auto at = yaml::parse_timestamp(node.text);
        std::string text;
        if (!at || !yaml::append_rfc3339(*at, text)) return refuse(node);
        append_json_string(out_, text);
        return {};
    }

    static std::unexpected<Error> refuse(const yaml::Node& node) {
        return fail(Error::Kind::invalid,
                    "the value `" + std::string(node.text) + "` cannot be written as JSON",
                    "quote it", node.mark.location());
    }

    void begin_element(std::size_t index) {
        if (index > 0) out_ += ',';
        begin_line();
    }
    void end_elements(std::size_t count) {
        --depth_;
        if (count > 0) begin_line();
    }
    void begin_line() {
        if (indented_) out_.append(1, '\n').append(2 * depth_, ' ');
    }

    std::string out_;
    bool indented_;
    std::size_t depth_ = 0;
};

}  // namespace

Result<std::string> go_json(const yaml::Node& root, JsonLayout layout) {
    Writer writer(layout);
    TRY(writer.value(root));
    return std::move(writer).text();
}

}  // namespace lockstep::kustomize
