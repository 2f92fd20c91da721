#include "cli/command_line.h"

#include <gtest/gtest.h>

#include <map>

namespace lockstep::cli {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

Result<Invocation> parse(std::vector<std::string_view> arguments, const Variables& variables = {}) {
    return parse_command_line(arguments, [&](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    });
}

std::string error_of(std::vector<std::string_view> arguments, const Variables& variables = {}) {
    const auto parsed = parse(std::move(arguments), variables);
    if (parsed.has_value()) return "no error";
    EXPECT_EQ(parsed.error().kind, Error::Kind::usage);
    return parsed.error().message + " | " + parsed.error().hint;
}

Options options_of(std::vector<std::string_view> arguments, const Variables& variables = {}) {
    auto parsed = parse(std::move(arguments), variables);
    EXPECT_TRUE(parsed.has_value()) << to_string(parsed.error());
    return parsed.has_value() ? parsed->options : Options{};
}

TEST(CommandLine, TakesFlagsBeforeAndBehindTheCommand) {
    const Options options = options_of({"-C", "a", "verify", "v1", "--expect", "v1.0.0"});
    EXPECT_EQ(options.directory, "a");
    EXPECT_EQ(options.release, "v1");
    EXPECT_EQ(options.expect, "v1.0.0");
}

TEST(CommandLine, TakesAValueInEveryUsualWriting) {
    for (const std::vector<std::string_view>& flag : std::vector<std::vector<std::string_view>>{
             {"-o", "json"}, {"-ojson"}, {"-o=json"}, {"--output", "json"}, {"--output=json"}}) {
        std::vector<std::string_view> arguments = {"audit"};
        arguments.insert(arguments.end(), flag.begin(), flag.end());
        EXPECT_EQ(options_of(arguments).format, report::Format::json) << flag.front();
    }
}

TEST(CommandLine, JoinsLetters) {
    const Options options = options_of({"audit", "-qj4"});
    EXPECT_TRUE(options.quiet);
    EXPECT_EQ(options.jobs, 4u);
}

TEST(CommandLine, CollectsListsFromCommasAndRepetition) {
    using enum manifest::Surface;
    EXPECT_EQ(options_of({"audit", "--surface", "helm,text", "--surface=yaml"}).surfaces,
              (std::vector{helm, text, yaml}));
}

TEST(CommandLine, ReadsDurations) {
    using namespace std::chrono_literals;
    EXPECT_EQ(options_of({"audit", "--timeout", "30s"}).timeout, 30s);
    EXPECT_EQ(options_of({"audit", "--timeout", "5m"}).timeout, 5min);
    EXPECT_EQ(options_of({"audit", "--timeout", "250ms"}).timeout, 250ms);
    EXPECT_EQ(options_of({"audit", "--timeout", "7"}).timeout, 7s);
    EXPECT_EQ(error_of({"audit", "--timeout", "soon"}),
              "`--timeout`: `soon` is no duration | write it as 30s, 5m or 1h");
}

TEST(CommandLine, TakesTheEnvironmentUnlessTheFlagIsThere) {
    EXPECT_TRUE(options_of({"audit"}, {{"LOCKSTEP_OFFLINE", "1"}}).offline);
    EXPECT_FALSE(options_of({"audit", "--offline=false"}, {{"LOCKSTEP_OFFLINE", "1"}}).offline);
    EXPECT_EQ(options_of({"audit"}, {{"LOCKSTEP_LIMIT", ""}}).limit, 0u);
    EXPECT_EQ(error_of({"audit"}, {{"LOCKSTEP_JOBS", "many"}}),
              "the variable LOCKSTEP_JOBS: `many` is no whole number | ");
}

TEST(CommandLine, LeavesVariablesOfOtherCommandsAlone) {
    EXPECT_EQ(error_of({"audit"}, {{"LOCKSTEP_LOAD_RESTRICTOR", "nonsense"}}), "no error");
    EXPECT_EQ(options_of({"version"}, {{"LOCKSTEP_OUTPUT", "sarif"}}).format, report::Format::text);
}

TEST(CommandLine, GivesEveryFlagOfTheTablesAVariableOfItsOwn) {
    std::map<std::string, std::string_view> names;
    for (const Flag& flag : flags()) {
        const auto [found, is_new] = names.emplace(variable_of(flag), flag.name);
        EXPECT_TRUE(is_new || found->second == flag.name) << found->first;
    }
    EXPECT_EQ(names.count("LOCKSTEP_HELM_RENDER"), 1u);
}

TEST(CommandLine, ReadsNothingAsAFlagBehindTwoDashes) {
    EXPECT_EQ(options_of({"verify", "--", "-odd-tag"}).release, "-odd-tag");
}

TEST(CommandLine, NamesTheNearestWord) {
    EXPECT_EQ(error_of({"audti"}), "there is no command `audti` | did you mean `lockstep audit`?");
    EXPECT_EQ(error_of({"audit", "--sinse", "v1"}),
              "there is no flag `--sinse` | did you mean `--since`?");
    EXPECT_EQ(error_of({"audit", "-o", "jsn"}),
              "`-o`: `jsn` is none of text, json, sarif, junit, github, markdown or html | did you "
              "mean `json`?");
}

TEST(CommandLine, RefusesWhatDoesNotBelongTogether) {
    EXPECT_EQ(error_of({}), "no command is given | `lockstep help` lists the commands");
    EXPECT_EQ(
        error_of({"audit", "--expect", "1"}),
        "`--expect` is no flag of audit, but of verify | `lockstep help audit` lists those it "
        "has");
    EXPECT_EQ(error_of({"audit", "v1"}),
              "`v1` is one argument more than `lockstep audit` takes | `lockstep help audit` shows "
              "its usage");
    EXPECT_EQ(error_of({"render"}), "`lockstep render` needs DIR | lockstep render DIR");
    EXPECT_EQ(error_of({"verify", "-k", "a", "b"}),
              "`-k` names the release already; `b` is a second one | ");
    EXPECT_EQ(error_of({"audit", "-qv"}), "`--quiet` and `--verbose` contradict each other | ");
    EXPECT_EQ(error_of({"audit", "--since"}), "`--since` needs a value: --since TAG | ");
    EXPECT_EQ(error_of({"audit", "--offline=perhaps"}),
              "`--offline`: `perhaps` is neither true nor false | ");
}

TEST(CommandLine, AsksForHelpWhereverItStands) {
    const auto parsed = parse({"verify", "--help"});
    ASSERT_TRUE(parsed.has_value());
    EXPECT_TRUE(parsed->wants_help);
    EXPECT_EQ(parsed->command, Command::verify);
    EXPECT_EQ(parse({"-h"})->command, Command::help);
    EXPECT_EQ(parse({"--version"})->command, Command::version);
}

TEST(OptionTable, IsInTheOrderOfTheCommands) {
    for (const CommandRow& row : commands()) EXPECT_EQ(&row_of(row.command), &row) << row.name;
}

}  // namespace
}  // namespace lockstep::cli
