#include "cli/completion.h"
#include "cli/option_table.h"

namespace lockstep::cli {
namespace {

std::string joined(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) text += (text.empty() ? "" : " ") + std::string(word);
    return text;
}

/// What may stand first: commands and groups, each once.
std::string command_names() {
    std::string names;
    for (const CommandRow& row : commands())
        if (row.group().empty()) names += (names.empty() ? "" : " ") + std::string(row.name);
    for (const std::string_view group : groups()) names += ' ' + std::string(group);
    return names;
}

std::string action_names(std::string_view group) {
    std::string names;
    for (const CommandRow& row : commands())
        if (row.group() == group) names += (names.empty() ? "" : " ") + std::string(row.action());
    return names;
}

/// The name in a pattern of `case`.
std::string in_pattern(const CommandRow& row) {
    return row.group().empty() ? std::string(row.name)
                               : std::string(row.group()) + "\\ " + std::string(row.action());
}

/// The statement that fills COMPREPLY with what may stand there.
std::string reply(Complete kind, std::span<const std::string_view> choices) {
    if (!choices.empty()) return "COMPREPLY=($(compgen -W '" + joined(choices) + "' -- \"$cur\"))";
    switch (kind) {
        case Complete::file:
            return "COMPREPLY=($(compgen -f -- \"$cur\"))";
        case Complete::directory:
            return "COMPREPLY=($(compgen -d -- \"$cur\"))";
        case Complete::tag:
            return "COMPREPLY=($(compgen -W \"$(git tag 2>/dev/null)\" -- \"$cur\"))";
        case Complete::rule:
            return "COMPREPLY=($(compgen -W \"$(lockstep rules 2>/dev/null | sed -n "
                   "'s/^\\([a-z-]\\{1,\\}\\).*/\\1/p')\" -- \"$cur\"))";
        case Complete::command:
            return "COMPREPLY=($(compgen -W '" + command_names() + "' -- \"$cur\"))";
        case Complete::nothing:
            break;
    }
    return "COMPREPLY=()";
}

/// "verify:-o|verify:--output|audit:-o|…": the words behind which a flag's value stands.
std::string pattern(const Flag& flag) {
    std::string text;
    for (const CommandRow& row : commands()) {
        if (!flag.belongs_to(row.command)) continue;
        const std::string before = (text.empty() ? "" : "|") + in_pattern(row) + ":";
        text += before + "--" + std::string(flag.name);
        if (flag.letter != 0) text += "|" + in_pattern(row) + ":-" + flag.letter;
    }
    return text;
}

std::string flag_words(Command command) {
    std::string words = "--help";
    for (const Flag& flag : flags())
        if (flag.belongs_to(command)) words += " --" + std::string(flag.name);
    return words;
}

}  // namespace

std::string bash_completion() {
    std::string out =
        "# bash completion of lockstep\n"
        "_lockstep() {\n"
        "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= group= "
        "word\n"
        "    if [[ $cur == = ]]; then cur=; fi\n"
        "    if [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
        "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
        "        case ${group:+$group }$word in\n            ";
    for (const CommandRow& row : commands())
        out += (row.command == Command::verify ? "" : "|") + in_pattern(row);
    out += ") command=${group:+$group }$word; break ;;\n";
    for (const std::string_view group : groups())
        out += "            " + std::string(group) + ") group=$word ;;\n";
    out += "        esac\n    done\n    case $command:$prev in\n";
    for (const Flag& flag : flags())
        if (!flag.is_switch())
            out += "        " + pattern(flag) + ") " + reply(flag.complete, flag.choices) +
                   "; return ;;\n";
    out += "    esac\n    case $group:$command:$cur in\n        ::*) " +
           reply(Complete::command, {}) + " ;;\n";
    for (const std::string_view group : groups())
        out += "        " + std::string(group) + "::*) COMPREPLY=($(compgen -W '" +
               action_names(group) + "' -- \"$cur\")) ;;\n";
    for (const CommandRow& row : commands()) {
        const std::string name = std::string(row.group()) + ':' + in_pattern(row);
        out += "        " + name + ":-*) COMPREPLY=($(compgen -W '" + flag_words(row.command) +
               "' -- \"$cur\")) ;;\n";
        if (!row.argument.empty())
            out += "        " + name + ":*) " + reply(row.complete, row.choices) + " ;;\n";
    }
    out += "    esac\n}\ncomplete -F _lockstep lockstep kubectl-lockstep\n";
    return out;
}

}  // namespace lockstep::cli
