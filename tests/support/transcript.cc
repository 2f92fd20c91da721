#include "support/transcript.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "os/subprocess.h"
#include "support/temp_dir.h"

namespace lockstep::testing {

namespace {

constexpr std::string_view anything = "<…>";
constexpr char mark = '\x1e';  // before and after what the shell says about a command's end

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

std::vector<std::string> read_lines(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_TRUE(file) << path;
    return split_lines(text.str());
}

bool matches_line(std::string_view pattern, std::string_view line) {
    const std::size_t wild = pattern.find(anything);
    if (wild == std::string_view::npos) return pattern == line;
    if (!line.starts_with(pattern.substr(0, wild))) return false;
    const std::string_view rest = pattern.substr(wild + anything.size());
    for (std::size_t at = wild; at <= line.size(); ++at)
        if (matches_line(rest, line.substr(at))) return true;
    return false;
}

bool matches_from(const std::vector<std::string>& expected, std::size_t e,
                  const std::vector<std::string>& actual, std::size_t a) {
    if (e == expected.size()) return a == actual.size();
    if (expected[e] == anything) {
        for (std::size_t next = a; next <= actual.size(); ++next)
            if (matches_from(expected, e + 1, actual, next)) return true;
        return false;
    }
    return a < actual.size() && matches_line(expected[e], actual[a]) &&
           matches_from(expected, e + 1, actual, a + 1);
}

std::string quoted_for_shell(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

/// The commands as one script, each followed by a mark, its number and its status.
std::string script_for(const std::vector<Step>& steps) {
    std::string script = "exec 2>&1\n";
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        if (step.kind == Step::Kind::file) {
            script += "mkdir -p \"$(dirname " + quoted_for_shell(step.path) + ")\"\nprintf %s " +
                      quoted_for_shell(step.text) + " >" + quoted_for_shell(step.path) + "\n";
        } else {
            script += step.text + "\n";
        }
        script += "printf '\\036%d %d\\036' " + std::to_string(i) + " $?\n";
    }
    return script;
}

struct Outcome {
    std::string output;
    std::string status;
};

/// What was printed by each step; shorter than `steps` where the shell ended early.
std::vector<Outcome> cut(std::string_view printed) {
    std::vector<Outcome> outcomes;
    for (;;) {
        const std::size_t begin = printed.find(mark);
        const std::size_t end =
            begin == std::string_view::npos ? begin : printed.find(mark, begin + 1);
        if (end == std::string_view::npos) return outcomes;
        const std::string_view said = printed.substr(begin + 1, end - begin - 1);
        outcomes.push_back(
            {std::string(printed.substr(0, begin)), std::string(said.substr(said.find(' ') + 1))});
        printed.remove_prefix(end + 1);
    }
}

os::Captured run_script(const std::string& script, const TranscriptTools& tools) {
    const TempDir folder;
    folder.write("script", script);
    folder.write("home/.keep", "");
    folder.write("here/.keep", "");
    std::filesystem::remove(folder / "here/.keep");
    std::string path;
    for (const std::string& part : tools.path) path += part + ":";
    path += std::getenv("PATH");
    const os::Command command = {
        .argv = {"/usr/bin/env", "-i", "PATH=" + path, "HOME=" + (folder / "home"),
                 "LC_ALL=C.UTF-8", "TZ=UTC", "TERM=dumb", "GIT_CONFIG_NOSYSTEM=1",
                 "SOURCE_DATE_EPOCH=1700000000", "LOCKSTEP_RECORDS=off",
                 "ASAN_OPTIONS=detect_leaks=0", "/bin/sh", folder / "script"},
        .directory = folder / "here"};
    auto captured = os::run(command, {.timeout = std::chrono::minutes(2)});
    EXPECT_TRUE(captured.has_value()) << to_string(captured.error());
    if (!captured.has_value()) return {};
    // The folder's name differs from run to run.
    std::string& out = captured->out;
    const std::string name = folder.path().string();
    for (std::size_t at = out.find(name); at != std::string::npos; at = out.find(name, at))
        out.replace(at, name.size(), "$TMP");
    return std::move(*captured);
}

std::vector<std::string> shown(const Outcome& outcome) {
    std::vector<std::string> lines = split_lines(outcome.output);
    if (outcome.status != "0") lines.push_back("[exit status " + outcome.status + "]");
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

}  // namespace

std::vector<Step> parse_transcript(const std::vector<std::string>& lines) {
    std::vector<Step> steps;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const unsigned number = static_cast<unsigned>(i) + 1;
        if (lines[i].starts_with("<!-- $ ") && lines[i].ends_with(" -->")) {
            steps.push_back({.kind = Step::Kind::setup,
                             .text = lines[i].substr(7, lines[i].size() - 11),
                             .line = number});
        } else if (lines[i] == "```console") {
            for (++i; i < lines.size() && lines[i] != "```"; ++i) {
                if (lines[i].starts_with("$ ")) {
                    steps.push_back({.text = lines[i].substr(2),
                                     .line = static_cast<unsigned>(i) + 1,
                                     .output_begin = i + 1,
                                     .output_end = i + 1});
                } else if (!steps.empty() && steps.back().kind == Step::Kind::command) {
                    Step& step = steps.back();
                    if (lines[i].starts_with("> ") && step.output_end == step.output_begin) {
                        step.text += "\n" + lines[i].substr(2);
                        step.output_begin = i + 1;
                    }
                    step.output_end = i + 1;
                }
            }
        } else if (lines[i].starts_with("```")) {
            const std::size_t space = lines[i].find(' ');
            Step file{.kind = Step::Kind::file, .line = number};
            if (space != std::string::npos) file.path = lines[i].substr(space + 1);
            for (++i; i < lines.size() && lines[i] != "```"; ++i) file.text += lines[i] + "\n";
            if (!file.path.empty()) steps.push_back(std::move(file));
        }
    }
    return steps;
}

bool matches_transcript(const std::vector<std::string>& expected,
                        const std::vector<std::string>& actual) {
    return matches_from(expected, 0, actual, 0);
}

void run_transcript(const std::string& path, const TranscriptTools& tools) {
    std::vector<std::string> lines = read_lines(path);
    const std::vector<Step> steps = parse_transcript(lines);
    ASSERT_TRUE(std::any_of(steps.begin(), steps.end(),
                            [](auto& step) { return step.kind == Step::Kind::command; }))
        << path << " has no command in a console block";
    const os::Captured captured = run_script(script_for(steps), tools);
    const std::vector<Outcome> outcomes = cut(captured.out);
    ASSERT_EQ(outcomes.size(), steps.size())
        << path << ": the shell ended early: " << captured.out << captured.err;

    const bool update = std::getenv("LOCKSTEP_UPDATE") != nullptr;
    // From the end, so that the places of earlier steps stay right while lines are replaced.
    for (std::size_t i = steps.size(); i-- > 0;) {
        const Step& step = steps[i];
        const std::string place = path + ":" + std::to_string(step.line);
        if (step.kind != Step::Kind::command) {
            EXPECT_EQ(outcomes[i].status, "0") << place << ": " << outcomes[i].output;
            continue;
        }
        const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(step.output_begin);
        const auto end = lines.begin() + static_cast<std::ptrdiff_t>(step.output_end);
        const std::vector<std::string> expected(begin, end);
        const std::vector<std::string> actual = shown(outcomes[i]);
        if (matches_transcript(expected, actual)) continue;
        if (update) {
            lines.insert(lines.erase(begin, end), actual.begin(), actual.end());
        } else {
            EXPECT_EQ(joined(expected), joined(actual))
                << place << ": $ " << step.text
                << "\nafter reading the difference, run with LOCKSTEP_UPDATE=1 (./dev update)";
        }
    }
    if (update) std::ofstream(path, std::ios::binary) << joined(lines);
}

}  // namespace lockstep::testing
