#include "kustomize/label_selector.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace lockstep::kustomize {

namespace {

constexpr std::string_view symbols = "=!(),<>";

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Letters, digits and, not at the ends, '-', '_' and '.'.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 63 && is_alphanumeric(text.front()) &&
           is_alphanumeric(text.back()) && std::all_of(text.begin(), text.end(), [](char c) {
               return is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
           });
}

/// Labels of a DNS name: lower case, '-' not at the ends.
bool is_dns_name(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;
    for (;;) {
        const std::size_t dot = text.find('.');
        const std::string_view label = text.substr(0, dot);
        if (label.empty() || !is_alphanumeric(label.front()) || !is_alphanumeric(label.back()))
            return false;
        if (!std::all_of(label.begin(), label.end(), [](char c) {
                return c == '-' || (is_alphanumeric(c) && !(c >= 'A' && c <= 'Z'));
            }))
            return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_key(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return is_name(text);
    return is_dns_name(text.substr(0, slash)) && is_name(text.substr(slash + 1));
}

std::optional<std::int64_t> parse_int(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

class SelectorParser {
  public:
    explicit SelectorParser(std::string_view text) : text_(text) { advance(); }

    Result<LabelSelector> parse() {
        LabelSelector selector;
        while (!at_end()) {
            selector.requirements_.push_back(TRY(requirement()));
            if (at_end()) break;
            if (token_ != ",") return unexpected("a comma");
            advance();
            if (at_end()) return unexpected("a label behind the comma");
        }
        return selector;
    }

  private:
    using Operator = LabelSelector::Operator;

    Result<LabelSelector::Requirement> requirement() {
        const bool absent = token_ == "!";
        if (absent) advance();
        if (!is_word_) return unexpected("the name of a label");
        LabelSelector::Requirement made{std::string(token_), Operator::exists, {}};
        if (!is_key(token_)) return unexpected("the name of a label");
        advance();
        if (at_end() || token_ == ",") {
            if (absent) made.op = Operator::absent;
            return made;
        }
        const std::string_view op = token_;
        if (op == "in" || op == "notin") {
            made.op = op == "in" ? Operator::in : Operator::not_in;
            advance();
            made.values = TRY(value_list());
        } else if (op == "=" || op == "==" || op == "!=") {
            made.op = op == "!=" ? Operator::not_in : Operator::in;
            advance();
            made.values.push_back(TRY(value()));
        } else if (op == "<" || op == ">") {
            made.op = op == "<" ? Operator::less : Operator::greater;
            advance();
            if (!parse_int(token_)) return unexpected("a whole number");
            made.values.push_back(TRY(value()));
        } else {
            return unexpected("one of = == != < > in notin");
        }
        return made;
    }

    /// One value; none stands for an empty one.
    Result<std::string> value() {
        if (at_end() || token_ == "," || token_ == ")") return std::string();
        if (!is_word_ || !is_name(token_)) return unexpected("the value of a label");
        std::string text(token_);
        advance();
        return text;
    }

    Result<std::vector<std::string>> value_list() {
        if (token_ != "(") return unexpected("an opening parenthesis");
        advance();
        std::vector<std::string> values;
        for (;;) {
            values.push_back(TRY(value()));
            if (token_ == ")") break;
            if (token_ != ",") return unexpected("a comma or a closing parenthesis");
            advance();
        }
        advance();
        return values;
    }

    bool at_end() const { return token_.empty(); }

    void advance() {
        const std::size_t from = text_.find_first_not_of(" \t\r\n");
        text_.remove_prefix(std::min(from, text_.size()));
        is_word_ = !text_.empty() && symbols.find(text_.front()) == std::string_view::npos;
        std::size_t length = std::min<std::size_t>(1, text_.size());
        if (is_word_)
            length = std::min(text_.find_first_of("=!(),<> \t\r\n"), text_.size());
        else if (text_.starts_with("==") || text_.starts_with("!="))
            length = 2;
        token_ = text_.substr(0, length);
        text_.remove_prefix(length);
    }

    std::unexpected<Error> unexpected(std::string_view expected) const {
        const std::string found = at_end() ? "the end" : "`" + std::string(token_) + "`";
        return fail(
            Error::Kind::invalid,
            "unable to parse requirement: found " + found + ", expected " + std::string(expected),
            "write a label selector such as app=web,tier!=db");
    }

    std::string_view text_;
    std::string_view token_;  // empty at the end
    bool is_word_ = false;
};

Result<LabelSelector> LabelSelector::parse(std::string_view text) {
    return SelectorParser(text).parse();
}

bool LabelSelector::Requirement::holds(const yaml::Node* labels) const {
    const yaml::Node* const label = labels == nullptr ? nullptr : labels->find(key);
    if (label == nullptr) return op == Operator::absent || op == Operator::not_in;
    const std::string_view text = label->text;
    const bool listed = std::find(values.begin(), values.end(), text) != values.end();
    switch (op) {
        case Operator::exists:
            return true;
        case Operator::absent:
            return false;
        case Operator::in:
            return listed;
        case Operator::not_in:
            return !listed;
        case Operator::greater:
        case Operator::less: {
            const auto number = parse_int(text);
            const auto limit = parse_int(values.front());
            if (!number || !limit) return false;
            return op == Operator::greater ? *number > *limit : *number < *limit;
        }
    }
    return false;
}

bool LabelSelector::matches(const yaml::Node* labels) const {
    return std::all_of(requirements_.begin(), requirements_.end(),
                       [&](const Requirement& requirement) { return requirement.holds(labels); });
}

}  // namespace lockstep::kustomize
