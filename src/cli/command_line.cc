#include "cli/command_line.h"

#include <algorithm>
#include <vector>

#include "base/backticks.h"
#include "base/nearest.h"

namespace lockstep::cli {
namespace {

std::unexpected<Error> usage(std::string message, std::string hint = {}) {
    return fail(Error::Kind::usage, std::move(message), std::move(hint));
}

/// A flag as it stands on the command line.
struct Given {
    const Flag* flag;  // any row of that name: the command may not be known yet
    std::string spelled;
    std::string value;
};

/// The command line in its parts, not yet held against the command.
struct Parts {
    std::vector<Given> flags;
    std::vector<std::string_view> words;  // the command's name first
    bool wants_help = false;
    bool wants_version = false;
};

const Flag* find_flag(std::string_view name) {
    for (const Flag& flag : flags())
        if (flag.name == name) return &flag;
    return nullptr;
}

const Flag* find_flag(char letter) {
    for (const Flag& flag : flags())
        if (flag.letter == letter) return &flag;
    return nullptr;
}

const Flag* row_for(const Flag& flag, Command command) {
    for (const Flag& row : flags())
        if (row.name == flag.name && row.belongs_to(command)) return &row;
    return nullptr;
}

/// "verify and audit": the commands that take it.
std::string owners(const Flag& flag) {
    std::string text;
    for (const CommandRow& row : commands())
        if (row_for(flag, row.command) != nullptr)
            text += (text.empty() ? "" : " and ") + std::string(row.name);
    return text;
}

std::unexpected<Error> unknown_flag(std::string_view name) {
    std::vector<std::string_view> names = {"help", "version"};
    for (const Flag& flag : flags()) names.push_back(flag.name);
    const std::string_view near = nearest(name, names);
    return usage("there is no flag `--" + std::string(name) + "`",
                 near.empty() ? "`lockstep help COMMAND` lists the flags"
                              : "did you mean `--" + std::string(near) + "`?");
}

class Splitter {
  public:
    explicit Splitter(std::span<const std::string_view> arguments) : rest_(arguments) {}

    Result<Parts> split() {
        bool only_words = false;
        while (!rest_.empty()) {
            const std::string_view argument = take();
            if (only_words || argument == "-" || !argument.starts_with('-')) {
                parts_.words.push_back(argument);
            } else if (argument == "--") {
                only_words = true;
            } else if (argument.starts_with("--")) {
                TRY(long_flag(argument.substr(2)));
            } else {
                TRY(letters(argument.substr(1)));
            }
        }
        return std::move(parts_);
    }

  private:
    std::string_view take() {
        const std::string_view argument = rest_.front();
        rest_ = rest_.subspan(1);
        return argument;
    }

    Result<void> long_flag(std::string_view text) {
        const std::size_t equals = text.find('=');
        const std::string_view name = text.substr(0, equals);
        if (text == "help") return (parts_.wants_help = true, Result<void>());
        if (text == "version") return (parts_.wants_version = true, Result<void>());
        const Flag* const flag = find_flag(name);
        if (flag == nullptr) return unknown_flag(name);
        std::optional<std::string_view> value;
        if (equals != std::string_view::npos) value = text.substr(equals + 1);
        return add(*flag, "--" + std::string(name), value);
    }

    /// "-q", "-qv", "-ojson", "-o=json", "-o json".
    Result<void> letters(std::string_view text) {
        while (!text.empty()) {
            const char letter = text.front();
            text.remove_prefix(1);
            if (letter == 'h') {
                parts_.wants_help = true;
                continue;
            }
            const Flag* const flag = find_flag(letter);
            const std::string spelled = std::string("-") + letter;
            if (flag == nullptr)
                return usage("there is no flag `" + spelled + "`",
                             "`lockstep help COMMAND` lists the flags");
            std::optional<std::string_view> value;
            if (!text.empty() && (!flag->is_switch() || text.front() == '=')) {
                value = text.starts_with('=') ? text.substr(1) : text;
                text = {};
            }
            TRY(add(*flag, spelled, value));
        }
        return {};
    }

    Result<void> add(const Flag& flag, std::string spelled, std::optional<std::string_view> value) {
        if (!value.has_value()) {
            if (!flag.is_switch() && rest_.empty())
                return usage(in_backticks(spelled) + " needs a value: " + spelled + " " +
                             std::string(flag.value));
            value = flag.is_switch() ? "true" : take();
        }
        parts_.flags.push_back({&flag, std::move(spelled), std::string(*value)});
        return {};
    }

    std::span<const std::string_view> rest_;
    Parts parts_;
};

std::string listed(std::span<const std::string_view> words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i != 0) text += i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

Result<void> check_choice(std::span<const std::string_view> choices, std::string_view value) {
    if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end())
        return {};
    const std::string_view near = nearest(value, choices);
    return usage(in_backticks(value) + " is none of " + listed(choices),
                 near.empty() ? "" : "did you mean `" + std::string(near) + "`?");
}

Result<void> set_switch(const Flag& flag, Options& options, std::string_view value) {
    constexpr std::string_view yes[] = {"true", "1", "yes"}, no[] = {"false", "0", "no"};
    const bool on = std::find(std::begin(yes), std::end(yes), value) != std::end(yes);
    if (!on && std::find(std::begin(no), std::end(no), value) == std::end(no))
        return usage(in_backticks(value) + " is neither true nor false");
    return flag.set(options, on ? "true" : "false");
}

Result<void> set_value(const Flag& flag, Options& options, std::string_view value) {
    if (flag.is_switch()) return set_switch(flag, options, value);
    if (!flag.is_list) {
        TRY(check_choice(flag.choices, value));
        return flag.set(options, value);
    }
    while (!value.empty()) {
        const std::string_view item = value.substr(0, value.find(','));
        value.remove_prefix(std::min(value.size(), item.size() + 1));
        TRY(check_choice(flag.choices, item));
        TRY(flag.set(options, item));
    }
    return {};
}

Result<void> set_from_environment(const Environment& environment, const Parts& parts,
                                  Command command, Options& options) {
    for (const Flag& flag : flags()) {
        if (!flag.belongs_to(command) || !flag.has_variable) continue;
        const bool is_given = std::any_of(parts.flags.begin(), parts.flags.end(), [&](auto& given) {
            return given.flag->name == flag.name;
        });
        if (is_given) continue;
        const std::string variable = variable_of(flag);
        const auto value = environment(variable);
        if (!value.has_value() || value->empty()) continue;
        TRY(set_value(flag, options, *value), "the variable " + variable);
    }
    return {};
}

Result<void> set_from_flags(const Parts& parts, const CommandRow& command, Options& options) {
    for (const Given& given : parts.flags) {
        const Flag* const flag = row_for(*given.flag, command.command);
        if (flag == nullptr)
            return usage(in_backticks(given.spelled) + " is no flag of " +
                             std::string(command.name) + ", but of " + owners(*given.flag),
                         "`lockstep help " + std::string(command.name) + "` lists those it has");
        TRY(set_value(*flag, options, given.value), in_backticks(given.spelled));
    }
    return {};
}

/// What is verified is named once.
Result<void> check_one_source(std::span<const std::string_view> words, const Options& options) {
    if (options.kustomization.has_value() && options.from_stdin)
        return usage("`-k` and `--stdin` name two things to check", "leave one out");
    const std::string_view source = options.kustomization ? "-k" : "--stdin";
    if (!words.empty() && (options.kustomization.has_value() || options.from_stdin))
        return usage(in_backticks(source) + " names the release already; " +
                     in_backticks(words[0]) + " is a second one");
    return {};
}

Result<void> set_arguments(std::span<const std::string_view> words, const CommandRow& command,
                           Options& options) {
    const std::string name(command.name);
    const auto [min, max] = argument_count(command);
    if (words.size() < min)
        return usage("`lockstep " + name + "` needs " + std::string(command.argument),
                     "lockstep " + name + " " + std::string(command.argument));
    if (words.size() > max)
        return usage(
            in_backticks(words[max]) + " is one argument more than `lockstep " + name + "` takes",
            "`lockstep help " + name + "` shows its usage");
    TRY(check_one_source(words, options));
    for (const std::string_view word : words) {
        TRY(check_choice(command.choices, word));
        command.set(options, word);
    }
    return {};
}

}  // namespace

std::string command_name(std::span<const std::string_view> words) {
    if (words.empty()) return {};
    std::string name(words[0]);
    if (words.size() > 1 && is_group(name)) name += ' ' + std::string(words[1]);
    return name;
}

std::unexpected<Error> unknown_command(std::string_view name) {
    if (is_group(name)) {
        std::vector<std::string_view> actions;
        for (const CommandRow& row : commands())
            if (row.group() == name) actions.push_back(row.action());
        return usage(in_backticks("lockstep " + std::string(name)) + " needs " + listed(actions),
                     "`lockstep help` says what each does");
    }
    std::vector<std::string_view> names;
    for (const CommandRow& row : commands()) names.push_back(row.name);
    const std::string_view near = nearest(name, names);
    return usage("there is no command " + in_backticks(name),
                 near.empty() ? "`lockstep help` lists the commands"
                              : "did you mean `lockstep " + std::string(near) + "`?");
}

Result<Invocation> parse_command_line(std::span<const std::string_view> arguments,
                                      const Environment& environment) {
    const Parts parts = TRY(Splitter(arguments).split());
    Invocation invocation;
    if (parts.words.empty()) {
        if (!parts.wants_version && !parts.wants_help)
            return usage("no command is given", "`lockstep help` lists the commands");
        invocation.command = parts.wants_help ? Command::help : Command::version;
        return invocation;
    }
    const std::string name = command_name(parts.words);
    const CommandRow* const row = find_command(name);
    if (row == nullptr) return unknown_command(name);
    invocation.command = row->command;
    invocation.wants_help = parts.wants_help;
    if (invocation.wants_help) return invocation;

    TRY(set_from_environment(environment, parts, row->command, invocation.options));
    TRY(set_from_flags(parts, *row, invocation.options));
    const std::size_t named_by = row->group().empty() ? 1 : 2;
    TRY(set_arguments(std::span(parts.words).subspan(named_by), *row, invocation.options));
    if (invocation.options.quiet && invocation.options.verbose)
        return usage("`--quiet` and `--verbose` contradict each other");
    return invocation;
}

}  // namespace lockstep::cli
