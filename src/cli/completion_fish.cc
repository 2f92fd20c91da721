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

std::string seen_any(const Flag& flag) {
    std::string names;
    for (const CommandRow& row : commands())
        if (flag.belongs_to(row.command)) names += " " + std::string(row.name);
    return quoted("__fish_seen_subcommand_from" + names);
}

}  // namespace

std::string fish_completion() {
    std::string all;
    for (const CommandRow& row : commands()) all += " " + std::string(row.name);
    std::string out = "# fish completion of lockstep\nfunction __lockstep_commands\n";
    for (const CommandRow& row : commands())
        out +=
            "    printf '%s\\t%s\\n' " + std::string(row.name) + " " + quoted(row.summary) + "\n";
    out +=
        "end\ncomplete -c lockstep -f\n"
        "complete -c lockstep -n 'not __fish_seen_subcommand_from" +
        all + "' -a '(__lockstep_commands)'\n";
    for (const Flag& flag : flags()) {
        out += "complete -c lockstep -n " + seen_any(flag);
        if (flag.letter != 0) out += std::string(" -s ") + flag.letter;
        out += " -l " + std::string(flag.name);
        if (!flag.is_switch()) out += values(flag.complete, flag.choices);
        out += " -d " + quoted(flag.help) + "\n";
    }
    for (const CommandRow& row : commands())
        if (!row.argument.empty())
            out += "complete -c lockstep -n " +
                   quoted("__fish_seen_subcommand_from " + std::string(row.name)) +
                   values(row.complete, row.choices) + "\n";
    out += "complete -c lockstep -s h -l help -d 'Show help'\n";
    return out;
}

}  // namespace lockstep::cli
