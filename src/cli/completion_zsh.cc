#include "cli/completion.h"
#include "cli/option_table.h"

namespace lockstep::cli {
namespace {

/// `text` inside single quotes, with what _arguments reads specially escaped.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
            continue;
        }
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string action(Complete kind, std::span<const std::string_view> choices, bool is_list) {
    if (!choices.empty()) {
        std::string words;
        for (const std::string_view word : choices)
            words += (words.empty() ? "" : " ") + std::string(word);
        return is_list ? "_values -s , value " + words : "(" + words + ")";
    }
    switch (kind) {
        case Complete::file:
            return "_files";
        case Complete::directory:
            return "_files -/";
        case Complete::tag:
            return "{compadd -- ${(f)\"$(git tag 2>/dev/null)\"}}";
        case Complete::rule:
            return "{compadd -- ${${(f)\"$(lockstep rules 2>/dev/null)\"}%% *}}";
        case Complete::command:
            return "_lockstep_commands";
        case Complete::nothing:
            break;
    }
    return " ";
}

std::string specification(const Flag& flag) {
    const std::string name = "--" + std::string(flag.name);
    std::string tail = "[" + escaped(flag.help) + "]";
    if (!flag.is_switch())
        tail += ":" + escaped(flag.value) + ":" + action(flag.complete, flag.choices, flag.is_list);
    const std::string equals = flag.is_switch() ? "" : "=";
    if (flag.letter == 0) return "'" + name + equals + tail + "'";
    const std::string letter = std::string("-") + flag.letter;
    const std::string plus = flag.is_switch() ? "" : "+";
    return "'(" + letter + " " + name + ")'{" + letter + plus + "," + name + equals + "}'" + tail +
           "'";
}

/// A function that offers the words of one level: the commands and groups, or a group's actions.
std::string words_function(std::string_view group) {
    const std::string name = group.empty() ? "commands" : std::string(group);
    std::string out = "_lockstep_" + name + "() {\n    local -a words\n    words=(\n";
    for (const CommandRow& row : commands())
        if (row.group() == group)
            out += "        '" + std::string(row.action()) + ":" + escaped(row.summary) + "'\n";
    if (group.empty())
        for (const std::string_view other : groups())
            out += "        '" + std::string(other) + ":Several commands, see help'\n";
    return out + "    )\n    _describe command words\n}\n\n";
}

/// The branch of `case` for one command.
std::string branch(const CommandRow& row, const std::string& indent) {
    std::string out = indent + std::string(row.action()) + ")\n" + indent + "    _arguments \\\n";
    for (const Flag& flag : flags())
        if (flag.belongs_to(row.command))
            out += indent + "        " + specification(flag) + " \\\n";
    if (!row.argument.empty())
        out += indent + "        '" + (argument_count(row).max > 1 ? "*" : "1") + ":" +
               escaped(row.argument) + ":" + action(row.complete, row.choices, false) + "' \\\n";
    return out + indent + "        '(-h --help)'{-h,--help}'[Show its help]'\n" + indent +
           "    ;;\n";
}

}  // namespace

std::string zsh_completion() {
    std::string out = "#compdef lockstep kubectl-lockstep\n\n" + words_function({});
    for (const std::string_view group : groups()) out += words_function(group);
    out +=
        "_lockstep() {\n"
        "    local curcontext=$curcontext state line\n"
        "    _arguments -C '1:command:_lockstep_commands' '*::argument:->argument' && return\n"
        "    [[ $state == argument ]] || return 1\n    case $line[1] in\n";
    for (const CommandRow& row : commands())
        if (row.group().empty()) out += branch(row, "        ");
    for (const std::string_view group : groups()) {
        const std::string name(group);
        out += "        " + name + ")\n            _arguments -C '1:command:_lockstep_" + name +
               "' '*::argument:->action' && return\n"
               "            [[ $state == action ]] || return 1\n            case $line[1] in\n";
        for (const CommandRow& row : commands())
            if (row.group() == group) out += branch(row, "                ");
        out += "            esac\n            ;;\n";
    }
    out +=
        "    esac\n}\n\n"
        "if [[ $funcstack[1] == _lockstep ]]; then\n    _lockstep \"$@\"\nelse\n"
        "    compdef _lockstep lockstep kubectl-lockstep\nfi\n";
    return out;
}

}  // namespace lockstep::cli
