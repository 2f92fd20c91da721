#include "release/state.h"

#include <gtest/gtest.h>

#include "report/json_schema.h"

namespace lockstep::release {
namespace {

constexpr Step all_steps[] = {Step::prepared, Step::built,    Step::tagging, Step::published,
                              Step::recorded, Step::aborting, Step::burned};

std::string digest(char digit) {
    return "sha256:" + std::string(64, digit);
}

/// Every field says something, and something else than the others.
State kite() {
    State state;
    state.step = Step::published;
    state.tag = "kite/v1.2.0";
    state.version = "1.2.0";
    state.component = "kite";
    state.mode = "digest";
    state.source = std::string(40, '1');
    state.commit = std::string(40, '2');
    state.tag_object = std::string(40, '3');
    state.branch = "refs/heads/main";
    state.merged = std::string(40, '4');
    state.candidate = "refs/lockstep/candidates/kite/v1.2.0";
    state.origin = "kite/v1.2.0-rc.1";
    state.items = {{.kind = Item::Kind::image,
                    .name = "registry.example.com/kite/kite",
                    .staging = "registry.example.com/kite/kite-staging:v1.2.0-0123456789ab",
                    .published = "registry.example.com/kite/kite:v1.2.0",
                    .digest = digest('a'),
                    .platforms = {{"linux/amd64", digest('b')}, {"linux/arm64/v8", digest('c')}}},
                   {.kind = Item::Kind::chart,
                    .name = "charts/kite",
                    .staging = "registry.example.com/charts/kite-staging:1.2.0-0123456789ab",
                    .published = "registry.example.com/charts/kite:1.2.0",
                    .digest = {},
                    .platforms = {}}};
    state.person = "Kim \"K\" Kite";
    state.email = "kim@example.com";
    state.time = 1'769'860'800;
    state.runner = "ann@build-7 (run 12)";
    state.changed = 1'769'860'801;
    state.tool = "lockstep 0.1.0";
    state.reason = "given\nup: \xc3\xa9";
    return state;
}

/// The state as it begins: all that may be left out is.
State smallest() {
    State state;
    state.tag = "v1.2.0";
    state.version = "1.2.0";
    state.mode = "digest";
    state.source = std::string(40, '1');
    state.branch = "refs/heads/main";
    state.candidate = "refs/lockstep/candidates/v1.2.0";
    state.person = "Kim Kite";
    state.email = "kim@example.com";
    state.runner = "ann@build-7";
    state.tool = "lockstep 0.1.0";
    return state;
}

std::string with(const std::string& from, const std::string& to) {
    std::string text = write(kite());
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// The error of the state of kite, with `from` replaced by `to`.
Error fault_of(const std::string& from, const std::string& to) {
    const auto state = parse_state("release.json", with(from, to));
    EXPECT_FALSE(state.has_value()) << to;
    return state ? Error{} : state.error();
}

TEST(State, ReadsBackEveryField) {
    const auto again = parse_state("release.json", write(kite()));
    ASSERT_TRUE(again.has_value()) << to_string(again.error());
    EXPECT_EQ(*again, kite());
    EXPECT_EQ(write(*again), write(kite()));
}

TEST(State, ReadsBackWhatIsLeftOut) {
    const auto again = parse_state("release.json", write(smallest()));
    ASSERT_TRUE(again.has_value()) << to_string(again.error());
    EXPECT_EQ(*again, smallest());
}

TEST(State, ReadsBackEveryStep) {
    for (const Step step : all_steps) {
        State state = kite();
        state.step = step;
        const auto again = parse_state("release.json", write(state));
        ASSERT_TRUE(again.has_value()) << to_string(step);
        EXPECT_EQ(again->step, step) << to_string(step);
        EXPECT_EQ(state.is_over(), step == Step::recorded || step == Step::burned);
    }
}

TEST(State, TakesNoStepThatItDoesNotKnow) {
    const Error error = fault_of("\"published\"", "\"polished\"");
    EXPECT_EQ(error.kind, Error::Kind::invalid);
    EXPECT_TRUE(error.message.contains("`polished` is no step")) << error.message;
}

TEST(State, OfANewerProgramIsNotGuessedAt) {
    const Error error = fault_of("\"schemaVersion\": 1", "\"schemaVersion\": 2");
    EXPECT_EQ(error.kind, Error::Kind::unsupported);
    EXPECT_TRUE(error.message.contains("newer lockstep")) << error.message;
}

TEST(State, OfNoVersionThatEverWasIsInvalid) {
    for (const char* const version : {"0", "-1", "\"1\"", "null", "1.5"})
        EXPECT_EQ(
            fault_of("\"schemaVersion\": 1", "\"schemaVersion\": " + std::string(version)).kind,
            Error::Kind::invalid)
            << version;
}

TEST(State, ThatIsBrokenIsInvalid) {
    for (const char* const text : {"", "{", "[]", "1", "{\"schemaVersion\": 1}", "\xff"}) {
        const auto state = parse_state("release.json", text);
        ASSERT_FALSE(state.has_value()) << text;
        EXPECT_EQ(state.error().kind, Error::Kind::invalid) << text;
        EXPECT_TRUE(to_string(state.error()).contains("release.json")) << to_string(state.error());
    }
}

TEST(State, WithWrongTypesIsInvalid) {
    const std::pair<std::string, std::string> faults[] = {
        {"\"version\": \"1.2.0\"", "\"version\": 1"},
        {"\"time\": 1769860800", "\"time\": \"now\""},
        {"\"changed\": 1769860801", "\"changed\": 1.5"},
        {"\"items\": [", "\"items\": 1, \"others\": ["},
        {"\"kind\": \"image\"", "\"kind\": \"song\""},
        {"\"kind\": \"image\"", "\"kind\": 1"},
        {"\"platforms\": [", "\"platforms\": [1, "},
        {"\"tag\": ", "\"gat\": "},
        {"\"source\": ", "\"sauce\": "}};
    for (const auto& [from, to] : faults)
        EXPECT_EQ(fault_of(from, to).kind, Error::Kind::invalid) << to;
}

TEST(State, IsAsItsSchemaSays) {
    constexpr const char* schema = "schemas/release.schema.json";
    std::vector<State> states = {kite(), smallest()};
    for (const Step step : all_steps) {
        states.push_back(smallest());
        states.back().step = step;
    }
    for (const State& state : states) {
        const auto said = report::testing::validate(schema, write(state));
        if (!said.is_there) GTEST_SKIP() << "needs python3 with the package jsonschema";
        EXPECT_TRUE(said.is_valid) << said.faults << write(state);
    }
    for (const auto& [from, to] :
         {std::pair{"\"published\"", "\"polished\""},
          std::pair{"\"kind\": \"chart\"", "\"kind\": \"song\""},
          std::pair{"\"tool\": ", "\"tolo\": "}, std::pair{"sha256:a", "sha256:x"}})
        EXPECT_FALSE(report::testing::validate(schema, with(from, to)).is_valid) << to;
}

}  // namespace
}  // namespace lockstep::release
