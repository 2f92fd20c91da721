#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "cli/help.h"
#include "cli/option_table.h"

namespace lockstep::cli {
namespace {

/// `text` as roff shows it: nothing in it is a request, a dash stays a dash.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts_line = i == 0 || text[i - 1] == '\n';
        if (starts_line && (text[i] == '.' || text[i] == '\'')) out += "\\&";
        if (text[i] == '\\')
            out += "\\e";
        else if (text[i] == '-')
            out += "\\-";
        else
            out += text[i];
    }
    return out;
}

std::string flag_entry(const Flag& flag) {
    std::string text = ".TP\n\\fB";
    if (flag.letter != 0) text += std::string("\\-") + flag.letter + "\\fR, \\fB";
    text += escaped("--" + std::string(flag.name)) + "\\fR";
    if (!flag.is_switch()) text += " \\fI" + escaped(flag.value) + "\\fR";
    text += "\n" + escaped(flag.help) + "\n";
    if (flag.has_variable) text += "[" + escaped(variable_of(flag)) + "]\n";
    return text;
}

std::string command_section(const CommandRow& row) {
    std::string text = ".SS lockstep " + std::string(row.name);
    if (!row.argument.empty()) text += " " + escaped(row.argument);
    text += "\n" + escaped(row.summary) + ".\n";
    if (!row.text.empty()) text += escaped(row.text);
    for (const Flag& flag : flags())
        if (flag.belongs_to(row.command)) text += flag_entry(flag);
    return text + ".PP\n.nf\n" + escaped(row.examples) + ".fi\n";
}

std::string man_page() {
    std::string page =
        ".\\\" Made from the option table by tests/cli/man_page_test.cc: ./dev update\n"
        ".TH LOCKSTEP 1 \"\" lockstep \"User Commands\"\n"
        ".SH NAME\nlockstep \\- keep tag, image and manifests of a release saying the same\n"
        ".SH SYNOPSIS\n.B lockstep\n.I COMMAND\n[\\fIFLAGS\\fR] [\\fIARGUMENT\\fR]\n.br\n"
        ".B kubectl lockstep\n.I COMMAND\n\\&.\\|.\\|.\n"
        ".SH DESCRIPTION\n"
        "Reads the releases of a project out of Git, learns which image the manifests at each tag "
        "really name,\njudges that against the tag, and says where and how to mend it. Neither "
        "the work tree nor the\nrepository is changed.\n"
        ".SH COMMANDS\n";
    for (const CommandRow& row : commands()) page += command_section(row);
    page +=
        ".SH EXIT STATUS\n"
        ".TP\n0\nEverything that was asked is consistent.\n"
        ".TP\n1\nThere are findings.\n"
        ".TP\n2\nThe usage or the configuration is wrong.\n"
        ".TP\n3\nNot everything that was asked could be checked. This is never called consistent.\n"
        ".SH ENVIRONMENT\n"
        "Each flag can be set by the variable named in brackets; the flag wins. An empty variable "
        "counts as unset.\n"
        ".TP\nNO_COLOR\nNo colour, unless \\fB\\-\\-color always\\fR asks for it.\n"
        ".TP\nXDG_CACHE_HOME\nWhere fetched repositories are kept; default: ~/.cache.\n"
        ".TP\nGITHUB_STEP_SUMMARY\nA file that \\fB\\-o github\\fR appends a Markdown summary to.\n"
        ".TP\nSOURCE_DATE_EPOCH\nThe time that reports carry.\n"
        ".SH FILES\n"
        ".TP\nlockstep.yaml\nThe configuration, in the root of the repository. Without it, "
        "discovery says what it assumed.\n"
        ".SH SEE ALSO\ngit(1), kubectl(1)\n";
    return page;
}

TEST(ManPage, SaysWhatTheOptionTableSays) {
    const std::string path = std::string(LOCKSTEP_TEST_DIR) + "/../docs/man/lockstep.1";
    if (std::getenv("LOCKSTEP_UPDATE") != nullptr) {
        std::ofstream(path, std::ios::binary) << man_page();
        return;
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_EQ(text.str(), man_page()) << "run with LOCKSTEP_UPDATE=1 (./dev update)";
}

}  // namespace
}  // namespace lockstep::cli
