#include "yaml/parse.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::yaml {
namespace {

std::shared_ptr<const Document> parse(std::string text, Dialect dialect = Dialect::resource) {
    auto document =
        Document::parse("a.yaml", std::make_shared<std::string>(std::move(text)), dialect);
    if (!document) {
        ADD_FAILURE() << to_string(document.error());
        return nullptr;
    }
    return *document;
}

/// Why `text` is refused, in one line.
std::string error_of(std::string text, Dialect dialect = Dialect::resource, Limits limits = {}) {
    const auto document =
        Document::parse("a.yaml", std::make_shared<std::string>(std::move(text)), dialect, limits);
    return document ? "parsed" : to_string(document.error());
}

/// "line:column, bytes as they stand in the file".
std::string place_of(const Node& node) {
    const Mark& mark = node.mark;
    return std::to_string(mark.line) + ":" + std::to_string(mark.column) + " " +
           mark.source->text->substr(mark.offset, mark.length);
}

Type type_of(const std::string& value, Dialect dialect) {
    return parse("a: " + value + "\n", dialect)->roots()[0]->find("a")->type;
}

TEST(Parse, PlainScalarsMeanWhatTheDialectSays) {
    struct Row {
        const char* text;
        Type resource;
        Type kustomization;
    };
    const Row rows[] = {
        {"yes", Type::string, Type::boolean},
        {"n", Type::string, Type::boolean},
        {"True", Type::boolean, Type::boolean},
        {"tRue", Type::string, Type::string},
        {"~", Type::null, Type::null},
        {"", Type::null, Type::null},
        {"010", Type::integer, Type::integer},
        {"08", Type::real, Type::real},
        {"0x_1F", Type::integer, Type::integer},
        {"0o-7", Type::integer, Type::string},
        {"1_000", Type::integer, Type::integer},
        {"_1", Type::string, Type::string},
        {"18446744073709551615", Type::integer, Type::integer},
        {"18446744073709551616", Type::real, Type::real},
        {"1.", Type::real, Type::real},
        {".5", Type::real, Type::real},
        {"1e400", Type::string, Type::string},
        {"12:30", Type::string, Type::string},
        {"2020-01-01", Type::timestamp, Type::string},
        {"2020-02-30", Type::string, Type::string},
        {"2020-01-01T00:00:00Z", Type::timestamp, Type::string},
        {"2020-01-01T00:00:00", Type::string, Type::string},
        {"-.inf", Type::real, Type::real},
        {"'1'", Type::string, Type::string},
        {"!!str 1", Type::string, Type::string},
        {"!local 1", Type::string, Type::string},
        {"!!int '3'", Type::integer, Type::integer},
        {"!!binary aGk=", Type::binary, Type::string},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(type_of(row.text, Dialect::resource), row.resource) << row.text;
        EXPECT_EQ(type_of(row.text, Dialect::kustomization), row.kustomization) << row.text;
    }
}

TEST(Parse, PlacesAreExactBytes) {
    const auto document = parse(
        "a: 'it''s'\n"
        "b: \"x\"   # no\n"
        "c: !!str &x 12\n"
        "d: |\n  one\n\n  two\n\n\n"
        "e: *x\n"
        "f:\n"
        "g: >-\n"
        "  last");
    const Node& root = *document->roots()[0];
    EXPECT_EQ(place_of(*root.find("a")), "1:4 'it''s'");
    EXPECT_EQ(place_of(*root.find("b")), "2:4 \"x\"");
    EXPECT_EQ(place_of(*root.find("c")), "3:13 12");
    EXPECT_EQ(place_of(*root.find("d")), "4:4 |\n  one\n\n  two");
    EXPECT_EQ(place_of(*root.find("e")), "3:13 12");
    EXPECT_EQ(place_of(*root.find("f")), "11:3 ");
    EXPECT_EQ(place_of(*root.find("g")), "12:4 >-\n  last");
    EXPECT_EQ(place_of(*root.find_key("c")), "3:1 c");
}

TEST(Parse, ColumnsCountCharactersAndOffsetsBytes) {
    const auto document = parse("ключ: {é: 'ü', x: y}\nz: 1\n");
    const Node& root = *document->roots()[0];
    EXPECT_EQ(place_of(*root.find("ключ")->find("é")), "1:11 'ü'");
    EXPECT_EQ(place_of(*root.find("ключ")->find("x")), "1:19 y");
    EXPECT_EQ(place_of(*root.find("z")), "2:4 1");
}

TEST(Parse, PlacesHoldWithCrlfAndAByteOrderMark) {
    const auto document = parse(
        "\xEF\xBB\xBF"
        "a: 1\r\nb: |\r\n  x\r\n  é\r\n---\r\nc: 'é'\r\n");
    ASSERT_EQ(document->roots().size(), 2U);
    EXPECT_EQ(place_of(*document->roots()[0]->find("a")), "1:4 1");
    EXPECT_EQ(place_of(*document->roots()[0]->find("b")), "2:4 |\r\n  x\r\n  é");
    EXPECT_EQ(document->roots()[0]->find("b")->text, "x\né\n");
    EXPECT_EQ(place_of(*document->roots()[1]->find("c")), "6:4 'é'");
}

TEST(Parse, ReadsUtf16) {
    std::string text = "\xFF\xFE";
    for (const char c : std::string("a: b\n")) text.append({c, '\0'});
    const auto document = parse(text);
    EXPECT_EQ(document->roots()[0]->text_of("a"), "b");
    EXPECT_EQ(document->roots()[0]->find("a")->mark.offset, 8U);
}

TEST(Parse, ResourcesAreCutAtSeparatorsAndEmptyOnesDropped) {
    const auto document = parse(
        "# only a comment\n---\na: 1\n--- # next\n{}\n---\n~\n---\n---\nb: 2\n...\nignored\n");
    ASSERT_EQ(document->roots().size(), 2U);
    EXPECT_EQ(place_of(*document->roots()[0]->find("a")), "3:4 1");
    EXPECT_EQ(place_of(*document->roots()[1]->find("b")), "10:4 2");
}

TEST(Parse, AKustomizationIsItsFirstDocument) {
    const auto document = parse("a: 1\na: 2\n---\nb: [\n", Dialect::kustomization);
    ASSERT_EQ(document->roots().size(), 1U);
    EXPECT_EQ(document->roots()[0]->text_of("a"), "2");
}

TEST(Parse, KeysOfAKustomizationBecomeStrings) {
    const auto document = parse("y: 1\nno: 2\n0x10: 3\n", Dialect::kustomization);
    const Node& root = *document->roots()[0];
    EXPECT_EQ(root.text_of("true"), "1");
    EXPECT_EQ(root.text_of("false"), "2");
    EXPECT_EQ(root.text_of("16"), "3");
}

TEST(Parse, MergeKeysGiveWayToExplicitOnesInResources) {
    const auto document = parse("x: &x {a: 1, b: 1}\ny: {a: 2, <<: [*x, {b: 9, c: 3}]}\n");
    const Node& y = *document->roots()[0]->find("y");
    EXPECT_EQ(y.pairs.size(), 3U);
    EXPECT_EQ(y.text_of("a"), "2");
    EXPECT_EQ(y.text_of("b"), "1");
    EXPECT_EQ(y.text_of("c"), "3");
}

TEST(Parse, MergeKeysOfAKustomizationOverrideWhatStandsBeforeThem) {
    const auto document = parse("a: 1\n<<: {a: 2, b: 2}\nb: 3\n", Dialect::kustomization);
    EXPECT_EQ(document->roots()[0]->text_of("a"), "2");
    EXPECT_EQ(document->roots()[0]->text_of("b"), "3");
}

TEST(Parse, AliasesAreCopiesOfTheirOwn) {
    const auto document = parse("a: &x {k: [1]}\nb: *x\n");
    const Node& root = *document->roots()[0];
    EXPECT_TRUE(equal(*root.find("a"), *root.find("b")));
    EXPECT_NE(root.find("a")->find("k"), root.find("b")->find("k"));
}

TEST(Parse, ErrorsNameThePlace) {
    EXPECT_EQ(error_of("a: 1\nb: [\n"),
              "a.yaml:3:1: this is no YAML: while parsing a flow node: did not find expected node "
              "content");
    EXPECT_EQ(error_of("é: 1\na: 1\n  b: 2\n"),
              "a.yaml:3:4: this is no YAML: mapping values are not allowed in this context");
    EXPECT_EQ(error_of("a: 1\n---\nb: 1\nb: 2\n"),
              "a.yaml:4:1: mapping key `b` already defined at line 3");
    EXPECT_EQ(error_of("a: {1: 2}\n"), "a.yaml:1:5: unsupported type: the key `1` is no string");
    EXPECT_EQ(error_of("a: {[x]: 2}\n"),
              "a.yaml:1:5: invalid map key: a mapping or a list, not a string");
    EXPECT_EQ(
        error_of("a: 1\n---text\nb: 2\n"),
        "a.yaml:2:1: invalid document separator: `---text`: behind `---` only a comment may stand");
    EXPECT_EQ(error_of("a: \"x\\/\"\n"), "a.yaml:1:6: kustomize does not know the escape `\\/`");
    EXPECT_EQ(error_of("a: 1\n\xEF\xBB\xBF"
                       "b: 2\n"),
              "a.yaml:2:1: a byte order mark in the middle of the text");
    EXPECT_EQ(error_of("a: [x?y]\n"),
              "a.yaml:1:5: kustomize cannot read an unquoted `?` between brackets");
    EXPECT_EQ(
        error_of("a: *b\n"),
        "a.yaml:1:4: unknown anchor: the alias `*b` names an anchor that is not defined before it");
    EXPECT_EQ(error_of("a: &b [*b]\n"), "a.yaml:1:8: the anchor `&b` contains itself");
    EXPECT_EQ(error_of("a: &b [1]\nc: {<<: *b}\n"),
              "a.yaml:1:7: `<<` merges a mapping or a list of mappings, nothing else");
    EXPECT_EQ(error_of("a: !!int x\n"), "a.yaml:1:10: `x` is tagged !!int but reads as !!str");
    EXPECT_EQ(error_of("%YAML 1.2\n---\na: 1\n"),
              "a.yaml:2:1: this is no YAML: did not find expected <document start>");
    EXPECT_EQ(error_of("a:\n\t- b\n"),
              "a.yaml:2:1: this is no YAML: while scanning for the next token: found character "
              "that cannot start any token");
    EXPECT_EQ(error_of("a: 1\n---\n\xFF\xFE"
                       "a:1"),
              "a.yaml:3:1: unsupported: a UTF-16 document in a text of UTF-8");
}

TEST(Parse, ErrorsSayWhatToLookFor) {
    const auto hint_of = [](const char* text) {
        const auto blob = std::make_shared<const std::string>(text);
        return Document::parse("a.yaml", blob, Dialect::resource, {}).error().hint;
    };
    EXPECT_EQ(hint_of("a: [\nb: 1\n"),
              "a bracket or a quote is not closed, here or on a line above");
    EXPECT_EQ(hint_of("a: \"b\n"), "a bracket or a quote is not closed, here or on a line above");
    EXPECT_EQ(hint_of("a: b: c\n"),
              "quote a text that holds `: `, or mend the indentation of this line");
    EXPECT_EQ(hint_of("a:\n\t- b\n"),
              "indent with spaces, and quote a text that begins with this character");
    EXPECT_EQ(hint_of("a:\n  - b\n c: 1\n"), "look at the indentation here and on the line above");
    EXPECT_EQ(hint_of("a: \xFF\n"), "save it as a UTF-8 text");
}

TEST(Parse, RefusesWhatIsNotUtf8) {
    EXPECT_EQ(error_of("a: 1\nb: é\xFF\n"),
              "a.yaml:2:5: this is no YAML: invalid leading UTF-8 octet");
    EXPECT_EQ(error_of("a: \xC3\n"), "a.yaml:1:5: this is no YAML: invalid trailing UTF-8 octet");
    EXPECT_EQ(error_of("a: \x01\n"),
              "a.yaml:1:4: this is no YAML: control characters are not allowed");
}

TEST(Parse, LimitsStopWhatGrows) {
    EXPECT_EQ(error_of(std::string(300, '[')), "a.yaml:1:201: nested deeper than 200 levels");
    std::string laughs = "a0: &a0 [x, x]\n";
    for (int at = 1; at < 40; ++at) {
        const std::string before = "*a" + std::to_string(at - 1);
        const std::string name = "a" + std::to_string(at);
        laughs += name + ": &" + name + " [" + before + ", " + before + "]\n";
    }
    EXPECT_EQ(error_of(laughs),
              "a.yaml:16:18: the aliases of this file stand for more than 200000 values: too many");
    EXPECT_EQ(error_of("[1, 2, 3]", Dialect::resource, {.nodes = 3}),
              "a.yaml:1:8: more than 3 values: too many for one file");
    EXPECT_EQ(error_of("abc", Dialect::resource, {.bytes = 2}), "a.yaml: larger than 2 bytes");
}

TEST(Parse, ManyKeysAreCheckedForDuplicatesInTime) {
    std::string text;
    for (int at = 0; at < 100'000; ++at) text += "k" + std::to_string(at) + ": 1\n";
    EXPECT_EQ(parse(text)->roots()[0]->pairs.size(), 100'000U);
    EXPECT_EQ(error_of(text + "k7: 2\n"),
              "a.yaml:100001:1: mapping key `k7` already defined at line 8");
}

}  // namespace
}  // namespace lockstep::yaml
