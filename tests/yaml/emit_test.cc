#include "yaml/emit.h"

#include <gtest/gtest.h>

#include <string>

#include "yaml/parse.h"

namespace lockstep::yaml {
namespace {

/// `text` read as a resource and printed again, or why not.
std::string again(std::string text) {
    const auto document = Document::parse("a.yaml", std::make_shared<std::string>(std::move(text)),
                                          Dialect::resource);
    if (!document) return to_string(document.error());
    std::string out;
    for (const Node* const root : (*document)->roots()) {
        if (const auto done = emit(*root, out); !done) return to_string(done.error());
    }
    return out;
}

std::string value(const std::string& text) {
    const std::string out = again("a: " + text + "\n");
    return out.starts_with("a: ") ? out.substr(3, out.size() - 4) : out;
}

TEST(Emit, IndentsAsKustomizeDoes) {
    EXPECT_EQ(again("b: {d: [1, {x: y, w: [[1, 2], []]}], c: {}}\na: [{k: v}, [z]]\n"),
              "a:\n"
              "- k: v\n"
              "- - z\n"
              "b:\n"
              "  c: {}\n"
              "  d:\n"
              "  - 1\n"
              "  - w:\n"
              "    - - 1\n"
              "      - 2\n"
              "    - []\n"
              "    x: \"y\"\n");
}

TEST(Emit, NumbersAreNormalised) {
    const std::pair<const char*, const char*> rows[] = {
        {"010", "8"},
        {"0x1F", "31"},
        {"-0b11", "-3"},
        {"1_000", "1000"},
        {"08", "8"},
        {"1.0", "1"},
        {"-0.0", "0"},
        {"1.0e10", "10000000000"},
        {"1e18", "1000000000000000000"},
        {"1e20", "1e+20"},
        {"0.000001", "1e-06"},
        {"123456789.123456789", "1.2345678912345679e+08"},
        {"1.2345678901234567e18", "1234567890123456800"},
        {"18446744073709551615", "18446744073709551615"},
        {"18446744073709551616", "1.8446744073709552e+19"},
        {"-9223372036854775809", "-9.223372036854776e+18"},
        {"1e400", "1e400"},
        {"1e-400", "0"},
        {"!!float 9007199254740993", "9007199254740992"},
    };
    for (const auto& [read, printed] : rows) EXPECT_EQ(value(read), printed) << read;
}

TEST(Emit, StringsAreQuotedWhereOthersWouldReadSomethingElse) {
    const std::pair<const char*, const char*> rows[] = {
        {"yes", "\"yes\""},
        {"'1'", "\"1\""},
        {"12:30", "\"12:30\""},
        {"12:60", "12:60"},
        {"'2020-01-01'", "\"2020-01-01\""},
        {"'~'", "\"~\""},
        {"''", "\"\""},
        {"=", "="},
        {"'- a'", "'- a'"},
        {"'a: b'", "'a: b'"},
        {"'a #b'", "'a #b'"},
        {"a#b", "a#b"},
        {"' a'", "' a'"},
        {"'it''s: x'", "'it''s: x'"},
        {"it's", "it's"},
        {"'---x'", "'---x'"},
        {"\"a\\tb\"", "\"a\\tb\""},
        {"\"\\U0001F600\"", "\"\\U0001F600\""},
        {"é", "é"},
        {"\"a \\nb\"", "\"a \\nb\""},
        {"\"a\\u2028b\"", "'a\xE2\x80\xA8  b'"},
        {"\"a\\Nb\"", "a b"},
        {"\"\\uFEFFb\"", "\"\\uFEFF\\x62\""},
    };
    for (const auto& [read, printed] : rows) EXPECT_EQ(value(read), printed) << read;
}

TEST(Emit, DatesBecomeRfc3339) {
    EXPECT_EQ(value("2020-1-2"), "\"2020-01-02T00:00:00Z\"");
    EXPECT_EQ(value("2020-01-02 3:4:5.50"), "\"2020-01-02T03:04:05.5Z\"");
    EXPECT_EQ(value("2020-01-02T03:04:05-02:30"), "\"2020-01-02T03:04:05-02:30\"");
    EXPECT_EQ(again("a: {b: 2020-01-02 3:4:5}\n"), "a:\n  b: \"2020-01-02 3:4:5\"\n");
}

TEST(Emit, TagsAreAppliedAndDropped) {
    EXPECT_EQ(value("!!binary aGVsbG8="), "hello");
    EXPECT_EQ(value("!!binary /w=="), "\xEF\xBF\xBD");
    EXPECT_EQ(value("!local 1"), "\"1\"");
    EXPECT_EQ(again("a: !!set {x, y: ~}\n"), "a:\n  x: \"\"\n  \"y\": null\n");
}

TEST(Emit, BlocksSayHowTheyEnd) {
    EXPECT_EQ(value("\"x\\ny\""), "|-\n  x\n  y");
    EXPECT_EQ(value("\"x\\ny\\n\""), "|\n  x\n  y");
    EXPECT_EQ(again("a: \"x\\n\\n\"\nb: 1\n"), "a: |+\n  x\n\nb: 1\n");
    EXPECT_EQ(value("\" x\\ny\""), "|2-\n   x\n  y");
}

TEST(Emit, PlainAndQuotedTextIsFoldedBehindColumn80) {
    const std::string word(38, 'x');
    EXPECT_EQ(value(word + " " + word + " tail"), word + " " + word + " tail");
    EXPECT_EQ(value(word + " " + word + "y tail"), word + " " + word + "y\n  tail");
    EXPECT_EQ(value("'" + word + ": " + word + " tail'"), "'" + word + ": " + word + "\n  tail'");
    const std::string wide = "é" + std::string(37, 'x');  // characters count, not bytes
    EXPECT_EQ(value(wide + " " + wide + " tail"), wide + " " + wide + " tail");
}

TEST(Emit, FoldedScalarsGrowWhereALineIsMoreIndented) {
    EXPECT_EQ(again("a: >\n  one\n    two\n  three\n"), "a: |\n  one\n\n    two\n  three\n");
    EXPECT_EQ(again("a: >+\n  one\n\n"), "a: |+\n  one\n\n\n");
    EXPECT_EQ(again("a: >\n  one\n  two\n"), "a: |\n  one two\n");
}

TEST(Emit, LongKeysAreExplicit) {
    const std::string key(129, 'k');
    EXPECT_EQ(again(key + ": {a: b}\n"), "? " + key + "\n: a: b\n");
    EXPECT_EQ(again("? " + std::string(1023, 'k') + "\n: 1\n"),
              "a.yaml:1:3: kustomize cannot print a key of 1023 bytes");
}

TEST(Emit, RefusesWhatKustomizeFailsToPrint) {
    EXPECT_EQ(value(".inf"), "a.yaml:1:4: kustomize cannot print the number `.inf`");
    EXPECT_EQ(value("\"\\x7f\""),
              "a.yaml:1:4: kustomize cannot print a text with control characters");
    EXPECT_EQ(value("2020-01-01T00:00:00+24:00"),
              "a.yaml:1:4: kustomize cannot print the timestamp `2020-01-01T00:00:00+24:00`");
}

TEST(Emit, RefusesCircularKeys) {
    EXPECT_EQ(again("a: {v1beta1: 1, v2: 2, v10: 3}\n"),
              "a.yaml:1:4: kustomize has no fixed order for the keys `v1beta1`, `v2` and `v10`: it "
              "prints them differently from run to run");
    EXPECT_EQ(again("v1: 1\nv10: 3\nv2: 2\n"), "v1: 1\nv2: 2\nv10: 3\n");
}

}  // namespace
}  // namespace lockstep::yaml
