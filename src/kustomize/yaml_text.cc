#include "kustomize/yaml_text.h"

#include <algorithm>

#include "yaml/scalar_shape.h"
#include "yaml/scalar_type.h"
#include "yaml/scalar_writer.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;
using yaml::ScalarShape;
using yaml::Style;
using yaml::Type;

constexpr std::size_t step = 2;
constexpr std::size_t longest_key = 128;
constexpr std::string_view blanks = " \t\r\n";

Type plain_type(const Node& scalar) {
    return yaml::plain_type(scalar.text, yaml::Dialect::resource);
}

/// What a value is said to be whose text reads as something else.
std::string_view tag_of(const Node& scalar) {
    if (scalar.untyped || scalar.style != Style::plain || scalar.type == plain_type(scalar))
        return {};
    switch (scalar.type) {
        case Type::null:
            return "!!null ";
        case Type::boolean:
            return "!!bool ";
        case Type::integer:
            return "!!int ";
        case Type::real:
            return "!!float ";
        case Type::timestamp:
            return "!!timestamp ";
        default:
            return {};
    }
}

/// Where a scalar stands.
enum class Place { block, flow, key };

bool may_be_plain(const Node& scalar, const ScalarShape& shape, Place place) {
    if (place == Place::block) return shape.plain;
    if (scalar.text.empty()) return false;
    return shape.plain &&
           (place == Place::key || scalar.text.find_first_of(",?[]{}:") == std::string_view::npos);
}

/// The style that a scalar is written in.
Style style_of(const Node& scalar, const ScalarShape& shape, Place place) {
    Style style = scalar.style;
    if (style == Style::plain && scalar.text.find('\n') != std::string_view::npos)
        style = Style::literal;
    const bool is_misread =
        scalar.type == Type::string && !scalar.untyped && plain_type(scalar) != Type::string;
    if (style == Style::plain && is_misread) style = Style::double_quoted;
    if (style == Style::plain && !may_be_plain(scalar, shape, place)) style = Style::single_quoted;
    if (style == Style::single_quoted && !shape.single_quoted) style = Style::double_quoted;
    const bool may_be_block = shape.literal && place == Place::block;
    if (style == Style::literal && !may_be_block) style = Style::double_quoted;
    return style;
}

class Writer {
  public:
    Result<std::string> document(const Node& root) {
        writer_.begin_line(0);
        TRY(value(root, 0));
        writer_.end_document();
        const std::size_t from = out_.find_first_not_of(blanks);
        if (from == std::string::npos) return std::string();
        return out_.substr(from, out_.find_last_not_of(blanks) - from + 1);
    }

  private:
    static bool is_flow(const Node& node) {
        return node.style == Style::flow || (node.items.empty() && node.pairs.empty());
    }

    /// A value that begins lines of its own at `indent`, or the rest of one.
    Result<void> value(const Node& node, std::size_t indent) {
        if (node.is_scalar()) return scalar(node, Place::block, indent);
        if (is_flow(node)) return flow(node);
        return node.is_mapping() ? mapping(node, indent) : sequence(node, indent);
    }

    Result<void> mapping(const Node& node, std::size_t indent) {
        bool is_first = true;
        for (const yaml::Pair& pair : node.pairs) {
            if (!is_first) writer_.begin_line(indent);
            is_first = false;
            TRY(scalar(*pair.key, Place::key, indent));
            writer_.put(":");
            TRY(behind_key(*pair.value, indent));
        }
        return {};
    }

    Result<void> behind_key(const Node& node, std::size_t indent) {
        if (!node.is_scalar() && !is_flow(node)) {
            const std::size_t inner = node.is_mapping() ? indent + step : indent;
            writer_.begin_line(inner);
            return value(node, inner);
        }
        return behind_mark(node, indent + step);
    }

    Result<void> sequence(const Node& node, std::size_t indent) {
        bool is_first = true;
        for (const Node* const item : node.items) {
            if (!is_first) writer_.begin_line(indent);
            is_first = false;
            writer_.put("-");
            TRY(behind_mark(*item, indent + step));
        }
        return {};
    }

    /// An empty plain text has no space before it.
    Result<void> behind_mark(const Node& node, std::size_t indent) {
        const bool is_empty = node.is_scalar() && node.text.empty() && node.style == Style::plain &&
                              (node.type == Type::null || node.untyped);
        if (is_empty) return {};
        writer_.put(" ");
        return value(node, indent);
    }

    Result<void> flow(const Node& node) {
        writer_.put(node.is_mapping() ? "{" : "[");
        bool is_first = true;
        const auto separate = [&] {
            if (!is_first) writer_.put(", ");
            is_first = false;
        };
        for (const yaml::Pair& pair : node.pairs) {
            separate();
            TRY(scalar(*pair.key, Place::flow, 0));
            writer_.put(": ");
            TRY(within_flow(*pair.value));
        }
        for (const Node* const item : node.items) {
            separate();
            TRY(within_flow(*item));
        }
        writer_.put(node.is_mapping() ? "}" : "]");
        return {};
    }

    Result<void> within_flow(const Node& node) {
        return node.is_scalar() ? scalar(node, Place::flow, 0) : flow(node);
    }

    Result<void> scalar(const Node& node, Place place, std::size_t indent) {
        const bool is_key = place == Place::key;
        if (node.style == Style::folded || node.text.find('\t') != std::string_view::npos)
            return refuse(node, "a folded text, or a tab,");
        if (is_key &&
            (node.text.size() >= longest_key || node.text.find('\n') != std::string_view::npos))
            return refuse(node, "a long key");
        writer_.put(tag_of(node));
        const ScalarShape shape = yaml::shape_of(node.text);
        switch (style_of(node, shape, place)) {
            case Style::single_quoted:
                writer_.single_quoted(node.text, {indent, false});
                break;
            case Style::double_quoted:
                writer_.double_quoted(node.text, {indent, false});
                break;
            case Style::literal:
                writer_.literal(node.text, std::max(indent, step));
                break;
            default:
                writer_.put(node.text);
        }
        return {};
    }

    static std::unexpected<Error> refuse(const Node& node, std::string_view what) {
        return fail(Error::Kind::unsupported,
                    "unsupported: " + std::string(what) + " in the YAML of a text that is replaced",
                    "write the text as a patch", node.mark.location());
    }

    std::string out_;
    yaml::ScalarWriter writer_{out_};
};

}  // namespace

Result<std::string> yaml_text(const Node& root) {
    return Writer().document(root);
}

bool loses_something(std::string_view text) {
    if (text.find_first_of("\t\r") != std::string_view::npos) return true;
    bool begins_line = true;
    bool begins_word = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view rest = text.substr(at);
        if (begins_line &&
            (rest.starts_with("---") || rest.starts_with("...") || rest.starts_with("%")))
            return true;
        if (begins_word && (std::string_view("#&*!").find(text[at]) != std::string_view::npos ||
                            rest.starts_with("? ")))
            return true;
        begins_line = text[at] == '\n';
        begins_word = std::string_view(" \n[{,").find(text[at]) != std::string_view::npos;
    }
    return false;
}

}  // namespace lockstep::kustomize
