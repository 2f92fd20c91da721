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

}  // namespace

std::string zsh_completion() {
    std::string out =
        "#compdef lockstep kubectl-lockstep\n\n_lockstep_commands() {\n"
        "    local -a commands\n    commands=(\n";
    for (const CommandRow& row : commands())
        out += "        '" + std::string(row.name) + ":" + escaped(row.summary) + "'\n";
    out +=
        "    )\n    _describe command commands\n}\n\n_lockstep() {\n"
        "    local curcontext=$curcontext state line\n"
        "    _arguments -C '1:command:_lockstep_commands' '*::argument:->argument' && return\n"
        "    [[ $state == argument ]] || return 1\n    case $line[1] in\n";
    for (const CommandRow& row : commands()) {
        out += "        " + std::string(row.name) + ")\n            _arguments \\\n";
        for (const Flag& flag : flags())
            if (flag.belongs_to(row.command))
                out += "                " + specification(flag) + " \\\n";
        if (!row.argument.empty())
            out += "                '1:" + escaped(row.argument) + ":" +
                   action(row.complete, row.choices, false) + "' \\\n";
        out += "                '(-h --help)'{-h,--help}'[Show its help]'\n            ;;\n";
    }
    out +=
        "    esac\n}\n\n"
        "if [[ $funcstack[1] == _lockstep ]]; then\n    _lockstep \"$@\"\nelse\n"
        "    compdef _lockstep lockstep kubectl-lockstep\nfi\n";
    return out;
}

}  // namespace lockstep::cli
