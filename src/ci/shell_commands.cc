#include "ci/shell_commands.h"

#include <algorithm>
#include <utility>

namespace lockstep::ci {

namespace {

constexpr std::string_view prefixes[] = {"sudo", "exec", "if", "then", "else",  "elif",  "do",
                                         "!",    "time", "{",  "env",  "while", "until", "command"};

bool is_assignment(std::string_view word) {
    const std::size_t equals = word.find('=');
    if (equals == 0 || equals == std::string_view::npos) return false;
    return std::ranges::all_of(word.substr(0, equals), [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
    });
}

/// Reads a script letter by letter.
class Scanner {
  public:
    explicit Scanner(std::string_view script) : script_(script) {}

    std::vector<ShellCommand> scan() {
        for (; at_ < script_.size(); ++at_) {
            if (quote_ == 0)
                take_plain(script_[at_]);
            else
                take_quoted(script_[at_]);
        }
        end_command();
        return std::move(commands_);
    }

  private:
    void take_plain(char c) {
        const bool has_next = at_ + 1 < script_.size();
        if (c == '\\' && has_next) {
            if (script_[++at_] == '\n')
                ++line_;
            else
                add(script_[at_]);
        } else if (c == '\n') {
            end_command();
            ++line_;
        } else if (c == '#' && !has_word_) {
            while (at_ + 1 < script_.size() && script_[at_ + 1] != '\n') ++at_;
        } else if (c == '\'' || c == '"') {
            quote_ = c;
            begin_word();
        } else if (c == ' ' || c == '\t' || c == '\r') {
            end_word();
        } else if (c == ';' || c == '&' || c == '|' || c == '(' || c == ')' || c == '`') {
            end_command();
        } else if (c == '$' && has_next && script_[at_ + 1] == '{') {
            take_expression();
        } else {
            add(c);
        }
    }

    void take_quoted(char c) {
        if (c == quote_) {
            quote_ = 0;
        } else {
            if (c == '\\' && quote_ == '"' && at_ + 1 < script_.size()) c = script_[++at_];
            add(c);
            if (c == '\n') ++line_;
        }
    }

    /// "${{ github.ref }}" and "${A:-b c}" are parts of one word.
    void take_expression() {
        const bool is_double = script_.substr(at_).starts_with("${{");
        const std::string_view close = is_double ? "}}" : "}";
        const std::size_t end = script_.find(close, at_);
        if (end == std::string_view::npos || script_.substr(at_, end - at_).contains('\n')) {
            add('$');
            return;
        }
        for (; at_ < end + close.size(); ++at_) add(script_[at_]);
        --at_;
    }

    void begin_word() {
        if (!has_word_ && words_.empty()) begun_ = line_;
        has_word_ = true;
    }
    void add(char c) {
        begin_word();
        word_ += c;
    }
    void end_word() {
        if (!has_word_) return;
        has_word_ = false;
        std::string word = std::exchange(word_, {});
        const bool is_in_front =
            words_.empty() && (is_assignment(word) ||
                               std::ranges::find(prefixes, word) != std::ranges::end(prefixes));
        if (!is_in_front) words_.push_back(std::move(word));
    }
    void end_command() {
        end_word();
        if (words_.empty()) return;
        commands_.push_back({.words = std::exchange(words_, {}), .line = begun_});
    }

    std::string_view script_;
    std::size_t at_ = 0;
    unsigned line_ = 0, begun_ = 0;
    char quote_ = 0;
    bool has_word_ = false;
    std::string word_;
    std::vector<std::string> words_;
    std::vector<ShellCommand> commands_;
};

}  // namespace

std::vector<ShellCommand> shell_commands(std::string_view script) {
    return Scanner(script).scan();
}

}  // namespace lockstep::ci
