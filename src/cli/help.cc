#include "cli/help.h"

#include <vector>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/wrap.h"

namespace lockstep::cli {
namespace {

void append_row(std::string& out, std::string_view term, std::string_view text,
                std::size_t column) {
    const std::size_t start = out.size();
    out += "  ";
    out += term;
    pad_to(out, start, column);
    append_wrapped(out, text, column);
}

void append_flags(std::string& out, Command command) {
    out += "\nFlags:\n";
    for (const Flag& flag : flags()) {
        if (!flag.belongs_to(command)) continue;
        std::string text(flag.help);
        if (flag.has_variable) text += " [$" + variable_of(flag) + "]";
        append_row(out, spelling(flag), text, 32);
    }
    append_row(out, "-h, --help", "Show this", 32);
}

void append_examples(std::string& out, std::string_view examples, std::string_view program) {
    out += "\nExamples:\n";
    while (!examples.empty()) {
        std::string_view line = examples.substr(0, examples.find('\n'));
        examples.remove_prefix(line.size() + 1);
        out += "  ";
        if (line.starts_with("lockstep ")) {
            line.remove_prefix(std::string_view("lockstep").size());
            out += program;
        }
        out += line;
        out += '\n';
    }
}

}  // namespace

std::string spelling(const Flag& flag) {
    std::string text = flag.letter == 0 ? "    " : std::string("-") + flag.letter + ", ";
    text += "--" + std::string(flag.name);
    if (!flag.is_switch()) text += " " + std::string(flag.value);
    return text;
}

std::string overview_text(std::string_view program) {
    std::string out =
        "lockstep keeps the Git tag, the container image and the deployment manifests of a release "
        "saying the same.\n\nUsage: ";
    out += program;
    out += " COMMAND [FLAGS] [ARGUMENT]\n\nCommands:\n";
    for (const CommandRow& row : commands()) {
        std::string term(row.name);
        if (!row.argument.empty()) term += " " + std::string(row.argument);
        append_row(out, term, row.summary, 26);
    }
    out +=
        "\nExit status: 0 consistent, 1 findings, 2 wrong usage or configuration,\n"
        "3 not everything could be checked.\n\n`";
    out += program;
    out += " help COMMAND` lists a command's flags; each has a LOCKSTEP_* variable.\n";
    return out;
}

std::string help_text(Command command, std::string_view program) {
    const CommandRow& row = row_of(command);
    std::string out(row.summary);
    out += "\n\nUsage: ";
    out += program;
    out += " " + std::string(row.name);
    out += " [FLAGS]";
    if (!row.argument.empty()) out += " " + std::string(row.argument);
    out += "\n";
    if (!row.text.empty()) out += "\n" + std::string(row.text);
    append_flags(out, command);
    append_examples(out, row.examples, program);
    return out;
}

Result<int> run_help(const Options& options, Output& out, std::string_view program) {
    if (options.names.empty()) {
        out.write(overview_text(program));
        return exit_ok;
    }
    const std::vector<std::string_view> words(options.names.begin(), options.names.end());
    const std::string name = command_name(words);
    const CommandRow* const row = find_command(name);
    if (row == nullptr) return unknown_command(name);
    out.write(help_text(row->command, program));
    return exit_ok;
}

}  // namespace lockstep::cli
