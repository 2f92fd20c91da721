#include "images/challenge.h"

#include <algorithm>
#include <optional>

namespace lockstep::images {

namespace {

bool is_token_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

/// What is left of a field, eaten from the front.
class Cursor {
  public:
    explicit Cursor(std::string_view rest) : rest_(rest) {}

    bool is_at_end() const { return rest_.empty(); }
    void skip(std::string_view characters) {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(characters), rest_.size()));
    }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::string_view token() {
        const auto end = std::ranges::find_if_not(rest_, is_token_character);
        const std::string_view found(rest_.begin(), end);
        rest_.remove_prefix(found.size());
        return found;
    }
    /// The text between quotes, behind the first of them.
    std::optional<std::string> quoted() {
        std::string text;
        for (std::size_t at = 0; at < rest_.size(); ++at) {
            if (rest_[at] == '"') {
                rest_.remove_prefix(at + 1);
                return text;
            }
            if (rest_[at] == '\\' && at + 1 < rest_.size()) ++at;
            text += rest_[at];
        }
        return std::nullopt;
    }
    /// Whether a parameter ("name=") comes next, and not another scheme.
    bool is_at_parameter() const {
        Cursor ahead = *this;
        if (ahead.token().empty()) return false;
        ahead.skip(" \t");
        return ahead.take('=');
    }

  private:
    std::string_view rest_;
};

/// False where the grammar ends.
bool take_parameter(Cursor& cursor, Challenge& challenge) {
    std::string name = lower(cursor.token());
    cursor.skip(" \t");
    if (name.empty() || !cursor.take('=')) return false;
    cursor.skip(" \t");
    std::optional<std::string> value;
    if (cursor.take('"'))
        value = cursor.quoted();
    else
        value = std::string(cursor.token());
    if (!value) return false;
    challenge.parameters.emplace_back(std::move(name), std::move(*value));
    return true;
}

}  // namespace

std::string_view Challenge::find(std::string_view name) const {
    const auto found =
        std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
    return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<Challenge> parse_challenges(std::string_view field) {
    std::vector<Challenge> challenges;
    Cursor cursor(field);
    for (cursor.skip(" \t,"); !cursor.is_at_end(); cursor.skip(" \t,")) {
        Challenge challenge{.scheme = lower(cursor.token()), .parameters = {}};
        if (challenge.scheme.empty()) break;
        cursor.skip(" \t");
        bool is_whole = true;
        while (is_whole && cursor.is_at_parameter()) {
            is_whole = take_parameter(cursor, challenge);
            cursor.skip(" \t,");
        }
        if (!is_whole) break;
        challenges.push_back(std::move(challenge));
    }
    return challenges;
}

}  // namespace lockstep::images
