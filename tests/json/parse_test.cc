#include "json/parse.h"

#include "json/writer.h"

namespace lockstep::json {
namespace {

/// The value as compact JSON, or the error with its place.
std::string outcome(std::string_view text, const Limits& limits = {}) {
    const Result<Value> value = parse("audit.json", text, limits);
    return value ? write(*value, Style::compact) : to_string(value.error());
}

TEST(JsonParse, KeepsTheOrderOfMembersAndTheKindOfNumbers) {
    EXPECT_EQ(outcome(R"( {"z": [1, -2, 1.5, 1e3], "a": {"b": null}, "m": [true, false, "x"]} )"),
              R"({"z":[1,-2,1.5,1000.0],"a":{"b":null},"m":[true,false,"x"]})");
    EXPECT_NE(parse("a", "1")->as<std::int64_t>(), nullptr);
    EXPECT_NE(parse("a", "1.0")->as<double>(), nullptr);
}

TEST(JsonParse, ReadsEscapesAndSurrogatePairs) {
    EXPECT_EQ(*parse("a", R"("\u00e9\ud83d\ude80\n\"")")->as<std::string>(),
              "\xc3\xa9\xf0\x9f\x9a\x80\n\"");
}

TEST(JsonParse, FindsMembers) {
    const Value value = parse("a", R"({"tag": "v1", "n": 3})").value();
    EXPECT_EQ(*value.find("tag")->as<std::string>(), "v1");
    EXPECT_EQ(value.find("absent"), nullptr);
    EXPECT_EQ(value.find("tag")->find("x"), nullptr);
}

TEST(JsonParse, KeepsOnlyWhatIsWanted) {
    const Wanted wanted = {
        .members = {{.name = "a"},
                    {.name = "items", .members = {{.name = "n"}, {.name = "deep"}}}}};
    const auto kept = [&](std::string_view text, const Limits& limits = {}) {
        const Result<Value> value = parse("page", text, wanted, limits);
        return value ? write(*value, Style::compact) : to_string(value.error());
    };
    EXPECT_EQ(kept(R"({"x":{"a":[1,{"n":2}]},"a":{"x":[1,{}]},"items":[{"n":1,"m":[[{"n":3}]]},)"
                   R"({"m":0,"deep":{"x":1}},[{"n":4,"z":5}],7],"z":null})"),
              R"({"a":{"x":[1,{}]},"items":[{"n":1},{"deep":{"x":1}},[{"n":4}],7]})");
    EXPECT_EQ(kept(R"([{"a":1,"b":2},3])"), R"([{"a":1},3])");
    // What is left out is JSON all the same, and counts.
    EXPECT_EQ(kept(R"({"x":tru})"), "page:1:9: syntax error while parsing value - invalid literal");
    EXPECT_EQ(kept(R"({"x":[1,2,3]})", {.values = 3}), "page:1:11: more than 3 values");
    EXPECT_EQ(kept(R"({"x":[[[]]]})", {.depth = 3}), "page:1:8: nested deeper than 3 levels");
    EXPECT_EQ(kept(R"({"x":{"k":1,"k":2},"a":1,"a":2})"),
              "page:1:26: key `a` stands twice in one object");
}

TEST(JsonParse, SaysWhereTheTextIsNoJson) {
    EXPECT_EQ(outcome("{\n  \"a\": tru\n}"),
              "audit.json:2:11: syntax error while parsing value - invalid literal");
    EXPECT_EQ(outcome("[1, 2"),
              "audit.json:1:6: syntax error while parsing array - unexpected end of input; "
              "expected ']'");
    EXPECT_EQ(outcome(""),
              "audit.json:1:1: syntax error while parsing value - unexpected end of input; "
              "expected '[', '{', or a literal");
    EXPECT_EQ(outcome("{} x"),
              "audit.json:1:4: syntax error while parsing value - invalid literal; expected end "
              "of input");
}

TEST(JsonParse, RefusesAKeyThatStandsTwice) {
    EXPECT_EQ(outcome("{\"\xc3\xa9\": 1,\n \"a\\\"\": {\"b\": 1}, \"a\\\"\": 2}"),
              "audit.json:2:19: key `a\"` stands twice in one object");
}

TEST(JsonParse, RefusesNumbersThatItWouldChange) {
    EXPECT_EQ(outcome("9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(outcome("[9223372036854775808]"),
              "audit.json:1:22: number 9223372036854775808 is above 2^63-1");
    EXPECT_EQ(outcome("[-9223372036854775809]"),
              "audit.json:1:23: number -9223372036854775809 is beyond 64 bits");
}

TEST(JsonParse, IsBoundedInDepthSizeAndCount) {
    EXPECT_EQ(outcome("[[[]]]", {.depth = 3}), "[[[]]]");
    EXPECT_EQ(outcome("[[[]]]", {.depth = 2}), "audit.json:1:3: nested deeper than 2 levels");
    EXPECT_EQ(outcome(std::string(1'000'000, '[')),
              "audit.json:1:101: nested deeper than 100 levels");
    EXPECT_EQ(outcome("[1,2]", {.bytes = 4}),
              "audit.json: 5 bytes of JSON, more than the limit of 4");
    EXPECT_EQ(outcome("[1,2]", {.values = 2}), "audit.json:1:6: more than 2 values");
}

TEST(JsonParse, RefusesBytesThatAreNoUtf8) {
    EXPECT_EQ(outcome("[\"a\xff\"]"),
              "audit.json:1:4: syntax error while parsing value - invalid string: ill-formed "
              "UTF-8 byte");
}

}  // namespace
}  // namespace lockstep::json
