#include "manifest/template_expression.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace lockstep::manifest {

namespace {

constexpr int depth_limit = 8;
constexpr std::size_t text_limit = 4096;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// `text` cut at `separator` where it stands outside quotes and parentheses. Empty pieces count
/// only between `|`; nothing where a quote or parenthesis stays open.
std::optional<std::vector<std::string_view>> cut(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    char quote = 0;
    int open = 0;
    std::size_t begin = 0;
    const auto end_piece = [&](std::size_t end) {
        const std::string_view piece = trimmed(text.substr(begin, end - begin));
        if (!piece.empty() || separator == '|') pieces.push_back(piece);
        begin = end + 1;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0) {
            if (c == '\\' && quote == '"') ++at;
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '`') {
            quote = c;
        } else if (c == '(' || c == ')') {
            open += c == '(' ? 1 : -1;
            if (open < 0) return std::nullopt;
        } else if (c == separator && open == 0) {
            end_piece(at);
        }
    }
    if (quote != 0 || open != 0) return std::nullopt;
    end_piece(text.size());
    return pieces;
}

std::optional<std::string_view> string_literal(std::string_view text) {
    const bool quoted = text.size() > 1 && (text.front() == '"' || text.front() == '`') &&
                        text.back() == text.front();
    if (!quoted) return std::nullopt;
    text = text.substr(1, text.size() - 2);
    if (text.find_first_of("\\\"`") != std::string_view::npos) return std::nullopt;
    return text;
}

class Expander {
  public:
    Expander(const ChartFile& chart, const yaml::Node* values) : chart_(chart), values_(values) {}

    std::optional<Expanded> text(std::string_view text, int depth) const {
        if (depth > depth_limit) return std::nullopt;
        Expanded result;
        for (std::size_t open; (open = text.find("{{")) != std::string_view::npos;) {
            const std::size_t close = text.find("}}", open);
            if (close == std::string_view::npos) return std::nullopt;
            std::string_view action = text.substr(open + 2, close - open - 2);
            if (action.starts_with("- ")) action.remove_prefix(2);
            if (action.ends_with(" -")) action.remove_suffix(2);
            const auto value = pipeline(trimmed(action), depth + 1);
            if (!value) return std::nullopt;
            result.text += text.substr(0, open);
            result.text += value->text;
            if (result.text.size() > text_limit) return std::nullopt;
            if (value->scalar != nullptr) result.scalar = value->scalar;
            result.from_chart = value->from_chart;
            text.remove_prefix(close + 2);
        }
        result.text += text;
        return result;
    }

  private:
    using Value = std::optional<Expanded>;

    Value pipeline(std::string_view text, int depth) const {
        if (depth > depth_limit) return std::nullopt;
        const auto stages = cut(text, '|');
        if (!stages || stages->empty()) return std::nullopt;
        Value value = call(stages->front(), nullptr, depth);
        for (std::size_t at = 1; at < stages->size() && value; ++at)
            value = call((*stages)[at], &*value, depth);
        return value;
    }

    /// One stage: a term, or a function with its arguments, of which `piped` is the last.
    Value call(std::string_view stage, const Expanded* piped, int depth) const {
        const auto words = cut(stage, ' ');
        if (!words || words->empty()) return std::nullopt;
        if (words->size() == 1 && piped == nullptr) return term(words->front(), depth);
        std::vector<Expanded> arguments;
        for (std::size_t at = 1; at < words->size(); ++at) {
            const Value argument = term((*words)[at], depth);
            if (!argument) return std::nullopt;
            arguments.push_back(*argument);
        }
        if (piped != nullptr) arguments.push_back(*piped);
        return apply(words->front(), std::move(arguments), depth);
    }

    Value apply(std::string_view function, std::vector<Expanded> arguments, int depth) const {
        if (arguments.empty()) return std::nullopt;
        Expanded& last = arguments.back();
        if (arguments.size() == 1) {
            const bool keeps = function == "quote" || function == "squote" ||
                               function == "toString" || function == "trim";
            return keeps ? Value(last) : std::nullopt;
        }
        if (arguments.size() != 2) return std::nullopt;
        Expanded& first = arguments.front();
        if (function == "required") return last.text.empty() ? std::nullopt : Value(last);
        if (function == "default") return with_default(last, first);
        if (function == "printf") return formatted(first.text, last);
        if (function == "trimPrefix") {
            if (last.text.starts_with(first.text)) last.text.erase(0, first.text.size());
            return last;
        }
        if (function == "tpl") return filled_again(first, depth);
        return std::nullopt;
    }

    /// A value that is itself a template.
    Value filled_again(const Expanded& value, int depth) const {
        Value filled = text(value.text, depth + 1);
        if (filled && filled->scalar == nullptr) filled->scalar = value.scalar;
        return filled;
    }

    static Expanded with_default(const Expanded& value, Expanded otherwise) {
        if (!value.text.empty()) return value;
        // The empty tag is where a person would write one.
        if (otherwise.scalar == nullptr) otherwise.scalar = value.scalar;
        return otherwise;
    }

    static Value formatted(std::string_view format, Expanded value) {
        const std::size_t verb = format.find("%s");
        if (verb == std::string_view::npos || format.find('%', verb + 1) != std::string_view::npos)
            return std::nullopt;
        value.text.insert(0, format.substr(0, verb));
        value.text += format.substr(verb + 2);
        return value;
    }

    Value term(std::string_view word, int depth) const {
        if (word == "." || word == "$") return Expanded{};  // the context that tpl is given
        if (const auto literal = string_literal(word)) return Expanded{std::string(*literal)};
        if (word.starts_with('(') && word.ends_with(')'))
            return pipeline(word.substr(1, word.size() - 2), depth + 1);
        if (word.starts_with('$')) word.remove_prefix(1);
        if (word == ".Chart.Version") return Expanded{chart_.version, nullptr, true};
        if (word == ".Chart.AppVersion") return Expanded{chart_.app_version, nullptr, true};
        if (word == ".Chart.Name") return Expanded{chart_.name};
        constexpr std::string_view prefix = ".Values.";
        return word.starts_with(prefix) ? value_at(word.substr(prefix.size())) : std::nullopt;
    }

    Value value_at(std::string_view path) const {
        const yaml::Node* node = values_;
        while (node != nullptr && !path.empty()) {
            const std::size_t dot = path.find('.');
            node = node->find(path.substr(0, dot));
            path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
        }
        if (node == nullptr) return Expanded{};
        if (!node->is_scalar()) return std::nullopt;
        return Expanded{node->is_null() ? std::string() : std::string(node->text), node};
    }

    const ChartFile& chart_;
    const yaml::Node* values_;
};

}  // namespace

std::optional<Expanded> expand(std::string_view text, const ChartFile& chart,
                               const yaml::Node* values) {
    return Expander(chart, values).text(text, 0);
}

}  // namespace lockstep::manifest
