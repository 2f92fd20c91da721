#include "ci/condition.h"

#include <optional>

namespace lockstep::ci {

namespace {

constexpr unsigned depth_max = 50;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Behind the first `separator` that stands in no quotes and no brackets; npos: there is none.
std::size_t find_outside(std::string_view text, std::string_view separator) {
    char quote = 0;
    unsigned depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
            continue;
        }
        if (depth == 0 && text.substr(at).starts_with(separator)) return at;
        if (c == '\'' || c == '"') quote = c;
        if (c == '(') ++depth;
        if (c == ')' && depth > 0) --depth;
    }
    return std::string_view::npos;
}

/// "main" of "'main'"; nothing where it is no text.
std::optional<std::string_view> text_in_quotes(std::string_view text) {
    const bool is_quoted = text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
                           text.back() == text.front();
    if (!is_quoted) return std::nullopt;
    text = text.substr(1, text.size() - 2);
    if (text.contains('\'') || text.contains('"')) return std::nullopt;
    return text;
}

Answer answer_of(bool is_so) {
    return is_so ? Answer::yes : Answer::no;
}

/// What both languages share: brackets, `!`, `&&`, `||` around terms that `Language` knows.
template <typename Language>
Answer evaluate(std::string_view text, const Situation& situation, unsigned depth) {
    text = trimmed(text);
    if (depth > depth_max || text.empty()) return Answer::unclear;
    const auto joined = [&](std::size_t at, auto join) {
        return join(evaluate<Language>(text.substr(0, at), situation, depth + 1),
                    evaluate<Language>(text.substr(at + 2), situation, depth + 1));
    };
    if (const std::size_t at = find_outside(text, "||"); at != std::string_view::npos)
        return joined(at, either);
    if (const std::size_t at = find_outside(text, "&&"); at != std::string_view::npos)
        return joined(at, both);
    // Here a bracket at the start closes at the end, or a comparison follows it.
    if (text.front() == '(' && text.back() == ')' &&
        find_outside(text.substr(1), ")") == text.size() - 2)
        return evaluate<Language>(text.substr(1, text.size() - 2), situation, depth + 1);
    if (text.front() == '!' && find_outside(text, "==") == std::string_view::npos &&
        find_outside(text, "!=") == std::string_view::npos)
        return opposite(evaluate<Language>(text.substr(1), situation, depth + 1));
    return Language::term(text, situation);
}

struct GitHub {
    static std::optional<std::string> value_of(std::string_view name, const Situation& situation) {
        if (name == "github.ref_name") return situation.ref;
        if (name == "github.ref_type") return situation.is_branch() ? "branch" : "tag";
        if (name == "github.event_name")
            return situation.event == Situation::Event::release ? "release" : "push";
        if (name == "github.ref")
            return (situation.is_branch() ? "refs/heads/" : "refs/tags/") + situation.ref;
        if (name == "github.event.action" && situation.event == Situation::Event::release)
            return "published";
        return std::nullopt;
    }

    static Answer compare(std::string_view left, std::string_view right,
                          const Situation& situation) {
        auto text = text_in_quotes(right);
        auto value = value_of(left, situation);
        if (!text || !value) {
            text = text_in_quotes(left);
            value = value_of(right, situation);
        }
        return text && value ? answer_of(*text == *value) : Answer::unclear;
    }

    static Answer starts_with(std::string_view arguments, const Situation& situation) {
        const std::size_t comma = find_outside(arguments, ",");
        if (comma == std::string_view::npos) return Answer::unclear;
        const auto value = value_of(trimmed(arguments.substr(0, comma)), situation);
        const auto text = text_in_quotes(trimmed(arguments.substr(comma + 1)));
        return value && text ? answer_of(value->starts_with(*text)) : Answer::unclear;
    }

    static Answer term(std::string_view text, const Situation& situation) {
        if (text == "true" || text == "always()" || text == "success()" || text == "'true'")
            return Answer::yes;
        if (text == "false" || text == "failure()" || text == "cancelled()") return Answer::no;
        if (const std::size_t at = find_outside(text, "=="); at != std::string_view::npos)
            return compare(trimmed(text.substr(0, at)), trimmed(text.substr(at + 2)), situation);
        if (const std::size_t at = find_outside(text, "!="); at != std::string_view::npos)
            return opposite(
                compare(trimmed(text.substr(0, at)), trimmed(text.substr(at + 2)), situation));
        constexpr std::string_view function = "startsWith(";
        if (text.starts_with(function) && text.ends_with(')'))
            return starts_with(text.substr(function.size(), text.size() - function.size() - 1),
                               situation);
        return Answer::unclear;
    }
};

struct GitLab {
    struct Value {
        bool is_known = false;
        std::optional<std::string> text;  // nothing: null
    };
    static Value value_of(std::string_view name, const Situation& situation) {
        const auto when = [&](bool is_set) {
            return Value{.is_known = true,
                         .text = is_set ? std::optional(situation.ref) : std::nullopt};
        };
        if (name == "$CI_COMMIT_TAG") return when(!situation.is_branch());
        if (name == "$CI_COMMIT_BRANCH") return when(situation.is_branch());
        if (name == "$CI_COMMIT_REF_NAME") return when(true);
        if (name == "$CI_PIPELINE_SOURCE") return {.is_known = true, .text = "push"};
        if (name.starts_with("$CI_MERGE_REQUEST_")) return when(false);
        if (name == "null") return when(false);
        if (const auto text = text_in_quotes(name))
            return {.is_known = true, .text = std::string(*text)};
        return {};
    }

    static Answer compare(std::string_view left, std::string_view right,
                          const Situation& situation) {
        const Value one = value_of(left, situation), other = value_of(right, situation);
        if (one.is_known && other.is_known) return answer_of(one.text == other.text);
        // What is not set equals nothing that is: `$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH`.
        const bool is_default = right == "$CI_DEFAULT_BRANCH" || left == "$CI_DEFAULT_BRANCH";
        const Value& known = one.is_known ? one : other;
        if (!is_default || !known.is_known) return Answer::unclear;
        if (!known.text) return Answer::no;
        return situation.is_branch() ? Answer::unclear : Answer::no;
    }

    static Answer term(std::string_view text, const Situation& situation) {
        if (find_outside(text, "=~") != std::string_view::npos) {
            // Nothing matches what is not set.
            const Value value =
                value_of(trimmed(text.substr(0, find_outside(text, "=~"))), situation);
            return value.is_known && !value.text ? Answer::no : Answer::unclear;
        }
        if (const std::size_t at = find_outside(text, "=="); at != std::string_view::npos)
            return compare(trimmed(text.substr(0, at)), trimmed(text.substr(at + 2)), situation);
        if (const std::size_t at = find_outside(text, "!="); at != std::string_view::npos)
            return opposite(
                compare(trimmed(text.substr(0, at)), trimmed(text.substr(at + 2)), situation));
        const Value value = value_of(text, situation);
        return value.is_known ? answer_of(value.text && !value.text->empty()) : Answer::unclear;
    }
};

}  // namespace

Answer holds_on_github(std::string_view condition, const Situation& situation) {
    condition = trimmed(condition);
    if (condition.starts_with("${{") && condition.ends_with("}}"))
        condition = trimmed(condition.substr(3, condition.size() - 5));
    if (condition.empty()) return Answer::yes;
    return evaluate<GitHub>(condition, situation, 0);
}

Answer holds_on_gitlab(std::string_view condition, const Situation& situation) {
    if (trimmed(condition).empty()) return Answer::yes;
    return evaluate<GitLab>(condition, situation, 0);
}

}  // namespace lockstep::ci
