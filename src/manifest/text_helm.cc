#include "manifest/text_helm.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "base/file_tree.h"
#include "manifest/text_words.h"
#include "manifest/version_like.h"

namespace lockstep::manifest {

namespace {

constexpr int continued_limit = 40;  // lines of one command
constexpr std::string_view verbs[] = {"install", "upgrade", "template", "pull", "fetch"};
constexpr std::string_view switches[] = {"--install",
                                         "-i",
                                         "--create-namespace",
                                         "--wait",
                                         "--atomic",
                                         "--debug",
                                         "--dry-run",
                                         "--devel",
                                         "--force",
                                         "--generate-name",
                                         "-g",
                                         "--untar",
                                         "--dependency-update",
                                         "--reset-values",
                                         "--reuse-values",
                                         "--skip-crds",
                                         "--verify",
                                         "--cleanup-on-fail",
                                         "--render-subchart-notes"};

template <std::size_t count>
bool is_one_of(const std::string_view (&words)[count], std::string_view word) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

struct Argument {
    Word word;
    unsigned number;
    std::string_view line;
};

/// The words of the command behind its verb, over all its lines; empty where there is none.
std::vector<Argument> arguments_of(Lines& lines) {
    std::vector<Argument> arguments;
    bool in_command = false;
    for (int count = 0; count < continued_limit; ++count) {
        bool helm = false;
        for (const Word& word : words_of(lines.line())) {
            if (in_command) arguments.push_back({word, lines.number(), lines.line()});
            in_command = in_command || (helm && is_one_of(verbs, word.text));
            helm = word.text == "helm" || word.text.ends_with("/helm");
        }
        if (!in_command || !lines.line().ends_with('\\') || !lines.next()) break;
    }
    return arguments;
}

/// The part of an argument that is the value of `--version`; null where there is none.
struct Parsed {
    const Argument* version = nullptr;
    std::string_view value;
    std::vector<std::string_view> positional;
};

Parsed parse(const std::vector<Argument>& arguments) {
    constexpr std::string_view joined = "--version=";
    Parsed parsed;
    std::string_view flag;  // that waits for its value
    for (const Argument& argument : arguments) {
        const std::string_view text = argument.word.text;
        if (text.starts_with(joined)) {
            parsed.version = &argument;
            parsed.value = text.substr(joined.size());
        } else if (text.starts_with('-')) {
            const bool takes_value =
                text.find('=') == std::string_view::npos && !is_one_of(switches, text);
            flag = takes_value ? text : std::string_view();
            continue;
        } else if (flag == "--version") {
            parsed.version = &argument;
            parsed.value = text;
        } else if (flag.empty()) {
            parsed.positional.push_back(text);
        }
        flag = {};
    }
    return parsed;
}

/// `helm install NAME CHART`: the first that has a slash, else the last.
std::string_view chart_of(const std::vector<std::string_view>& positional) {
    for (const std::string_view text : positional)
        if (text.find('/') != std::string_view::npos) return text;
    return positional.empty() ? std::string_view() : positional.back();
}

}  // namespace

void read_helm_command(std::string_view path, Lines lines, std::vector<Declaration>& found) {
    if (lines.line().find("helm") == std::string_view::npos) return;
    const std::vector<Argument> arguments = arguments_of(lines);
    const Parsed parsed = parse(arguments);
    const std::string_view chart = chart_of(parsed.positional);
    if (parsed.version == nullptr || chart.empty() || !is_version_like(parsed.value)) return;
    Declaration declaration{.surface = Surface::text, .subject = Subject::chart_version};
    declaration.image = file_name(chart);
    declaration.declared = parsed.value;
    const auto offset = static_cast<std::size_t>(parsed.value.data() - parsed.version->line.data());
    found.push_back(at_place(place_in_line(path, parsed.version->number, parsed.version->line,
                                           offset, parsed.value.size()),
                             std::move(declaration)));
}

}  // namespace lockstep::manifest
