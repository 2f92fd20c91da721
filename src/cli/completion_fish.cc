#include "cli/completion.h"
#include "cli/option_table.h"

namespace lockstep::cli {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

/// What follows -a, and whether files are offered too.
std::string values(Complete kind, std::span<const std::string_view> choices) {
    if (!choices.empty()) {
        std::string words;
        for (const std::string_view word : choices)
            words += (words.empty() ? "" : " ") + std::string(word);
        return " -x -a " + quoted(words);
    }
    switch (kind) {
        case Complete::file:
            return " -r -F";
        case Complete::directory:
            return " -x -a '(__fish_complete_directories)'";
        case Complete::tag:
            return " -x -a '(git tag 2>/dev/null)'";
        case Complete::rule:
            return " -x -a '(lockstep rules 2>/dev/null | string match -r \"^[a-z-]+\")'";
        case Complete::command:
            return " -x -a '(__lockstep_commands)'";
        case Complete::nothing:
            break;
    }
    return " -x";
}

/// The condition that the words so far name this command.
std::string seen(const CommandRow& row) {
    std::string condition = "__fish_seen_subcommand_from " + std::string(row.action());
    if (!row.group().empty())
        condition =
            "__fish_seen_subcommand_from " + std::string(row.group()) + "; and " + condition;
    return condition;
}

std::string seen_any(const Flag& flag) {
    std::string alone;
    std::string conditions;
    for (const CommandRow& row : commands()) {
        if (!flag.belongs_to(row.command)) continue;
        if (row.group().empty())
            alone += " " + std::string(row.name);
        else
            conditions += (conditions.empty() ? "" : "; or ") + ("begin; " + seen(row) + "; end");
    }
    if (!alone.empty())
        conditions = "__fish_seen_subcommand_from" + alone +
                     (conditions.empty() ? "" : "; or " + conditions);
    return quoted(conditions);
}

/// The commands of one level, as names and what they do.
std::string rows_of(std::string_view group) {
    std::string out;
    for (const CommandRow& row : commands())
        if (row.group() == group)
            out += "    printf '%s\\t%s\\n' " + std::string(row.action()) + " " +
                   quoted(row.summary) + "\n";
    return out;
}

}  // namespace

std::string fish_completion() {
    std::string first;
    for (const CommandRow& row : commands())
        if (row.group().empty()) first += " " + std::string(row.name);
    std::string out = "# fish completion of lockstep\nfunction __lockstep_commands\n" + rows_of({});
    for (const std::string_view group : groups()) {
        first += " " + std::string(group);
        out += "    printf '%s\\t%s\\n' " + std::string(group) + " 'Several commands, see help'\n";
    }
    out +=
        "end\ncomplete -c lockstep -f\n"
        "complete -c lockstep -n 'not __fish_seen_subcommand_from" +
        first + "' -a '(__lockstep_commands)'\n";
    for (const std::string_view group : groups()) {
        const std::string name(group);
        std::string actions;
        for (const CommandRow& row : commands())
            if (row.group() == group) actions += " " + std::string(row.action());
        out += "function __lockstep_" + name + "\n" + rows_of(group) + "end\n" +
               "complete -c lockstep -n '__fish_seen_subcommand_from " + name +
               "; and not __fish_seen_subcommand_from" + actions + "' -a '(__lockstep_" + name +
               ")'\n";
    }
    for (const Flag& flag : flags()) {
        out += "complete -c lockstep -n " + seen_any(flag);
        if (flag.letter != 0) out += std::string(" -s ") + flag.letter;
        out += " -l " + std::string(flag.name);
        if (!flag.is_switch()) out += values(flag.complete, flag.choices);
        out += " -d " + quoted(flag.help) + "\n";
    }
    for (const CommandRow& row : commands())
        if (!row.argument.empty())
            out += "complete -c lockstep -n " + quoted(seen(row)) +
                   values(row.complete, row.choices) + "\n";
    out += "complete -c lockstep -s h -l help -d 'Show help'\n";
    return out;
}

}  // namespace lockstep::cli
