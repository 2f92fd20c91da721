#include "yaml/block_reader.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "yaml/both_readers.h"
#include "yaml/known_characters.h"

namespace lockstep::yaml {
namespace {

namespace fs = std::filesystem;

Source source_of(std::string text) {
    return {"a.yaml", std::make_shared<const std::string>(std::move(text))};
}

/// Whether `text` is read; where it is, what is read has to be libyaml's.
bool reads(const Source& source, const Piece& piece) {
    BlockReader reader(source);
    const auto ours = block_events(reader, piece);
    if (!ours) return false;
    BytePositions positions(*source.text, Encoding::utf8, false);
    EXPECT_EQ(*ours, library_events(source, positions, piece)) << piece.text;
    return true;
}

bool reads(std::string text) {
    const Source source = source_of(std::move(text));
    return reads(source, {*source.text, 0, 0});
}

TEST(BlockReader, ReadsWhatManifestsAreWrittenIn) {
    const char* const texts[] = {
        "a: b\n",
        "a: b",
        "---\na: b\n",
        "# why\n\n--- # first\n  # indented\na: b # c\n#last",
        "a:\nb:   \n\nc: # d\n",
        "a:\n  b:\n    c: d\n  e: f\ng: h\n",
        "a:\n- b\n- c\nd:\n  - e\n  -   f\n",
        "a:\n-\n- b: c\n  d:\n  - e\n-\nf: g\n",
        "- a\n- - b\n  -   - c\n      - d: e\n        f:\n- g: h\n",
        "  a: b\n  c:\n  - d\n",
        "a: b c  d \ne: http://f:80/g#h # i\nj: k:l\n",
        "a: -b\nc:\n- --d=e\n- -1\n- a-b\n",
        "'a': 'b''c'\n\"d\": \"e f\" # g\nh: ''\ni: \"\"\n",
        "a: \"b\\\"c\\\\d\\n\\t\"\n",
        "a: 'b\tc'\n",
        "a: []\nb: {}\nc: [d, \"e\" , 'f g',h]\ni: {j: k, \"l\": [m, {n: o}]} # p\n",
        "- [a]\n- {b: c}\n- [http://d, -e]\n",
        "[a, b]\n",
        "{}\n",
        "a:\n  b c\nd:\n  \"e\"\nf:\n  [g]\n",
        "a: |\n  b\n   c\n\n  d  \n\ne: f\n",
        "a: |-\n\n  b\n# c\n  \nd: |+\n    e\n\n\nf: |\n g\n",
        "a: |\n  b\n    \nc: |+\n  d\n     \n\n",
        "a:\n- |\n  b: c\n- |-\n  # d\n  --- e\n",
        "a\n",
        "\"\xC3\xA9\": \xE2\x82\xAC \xF0\x9F\x98\x80 b\nc: [\xC3\xA9, d]\n",
        "",
        "\n\n",
        "# only a comment",
    };
    for (const char* const text : texts) EXPECT_TRUE(reads(text)) << text;
}

TEST(BlockReader, LeavesAllElseToTheLibrary) {
    const char* const texts[] = {
        "a: &b c\n",
        "a: *b\n",
        "a: !!str b\n",
        "%YAML 1.1\n---\na: b\n",
        "? a\n: b\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "--- a\n",
        "---\n",
        "--- |\n a\n",
        "a: b: c\n",
        "a: b\n c\n",
        "a: \"b\n  c\"\n",
        "a: [b,\n  c]\n",
        "a: >\n  b\n",
        "a: |2\n  b\n",
        "a: | # b\n  c\n",
        "a: |\n    \n  b\n",
        "a: |\nb: c\n",
        "a: |\n  b",
        "a: |\n",
        "a:\tb\n",
        "\ta: b\n",
        "a: b\tc\n",
        "a: b\r\n",
        "\xEF\xBB\xBF"
        "a: b\n",
        "a: \xC2\x85\n",
        "a: \xE2\x80\xA8\n",
        "a: \xFF\n",
        "a: \x7F\n",
        "a: \"\\u0041\"\n",
        "a: \"\\/\"\n",
        "a: |\n  b\n  ",
        "a : b\n",
        "\"a\":b\n",
        "a\nb: c\n",
        "a: b\nc\n",
        "a: b\n\"c\"\n",
        "a: b \t\n",
        "a: - b\n",
        "a: b\n- c\n",
        "- a\nb: c\n",
        "a:\n    b: c\n  d: e\n",
        "  a: b\nc: d\n",
        "a: b\n  c: d\n",
        "a: ?b\nc: :d\n",
        "a: @b\n",
        "a: `b\n",
        "a: [b: c]\n",
        "a: [b, ]\n",
        "a: [b?]\n",
        "a: {b}\n",
        "a: {b: }\n",
        "a: {b:c}\n",
        "a: {\"b\":c}\n",
        "a: [b] c\n",
        "a: [b]]\n",
        "a: [b\n",
        "a: [b}\n",
        "[a]: b\n",
        "a: 'b\n",
        "a: 'b'c\n",
        "a: 'b'#c\n",
    };
    for (const char* const text : texts) EXPECT_FALSE(reads(text)) << text;
}

TEST(BlockReader, LeavesKeysThatMayBeTooLongToTheLibrary) {
    EXPECT_TRUE(reads(std::string(1000, 'k') + ": v\n"));
    EXPECT_FALSE(reads(std::string(1001, 'k') + ": v\n"));
    EXPECT_TRUE(reads("k: " + std::string(5000, 'v') + "\n"));
}

TEST(BlockReader, LeavesDeepNestingToTheLibrary) {
    std::string dashes;
    for (int depth = 0; depth < 999; ++depth) dashes += "- ";
    EXPECT_TRUE(reads(dashes + "a\n"));
    EXPECT_FALSE(reads(dashes + "- - a\n"));
    EXPECT_FALSE(reads("a: " + std::string(1001, '[') + std::string(1001, ']') + "\n"));
}

// Places count in the file, not in the piece.
TEST(BlockReader, ReadsAPieceInTheMiddle) {
    const Source source = source_of("a: b\n---\n- \"\xC3\xA9\": c\n  d: |\n    e\n---\nf: g\n");
    const auto pieces = cut_documents(*source.text, source.path);
    ASSERT_EQ(pieces->size(), 3U);
    for (const Piece& piece : *pieces) EXPECT_TRUE(reads(source, piece));
}

TEST(BlockReader, LeavesATextWhoseLinesEndedInCrlf) {
    const Source source = source_of("a: b\r\nc: d\r\n");
    const std::string seen = "a: b\nc: d\n";
    EXPECT_FALSE(BlockReader(source).read({seen, 0, 0}));
}

TEST(KnownCharacters, AreThoseThatBothReadersCountTheSame) {
    EXPECT_EQ(characters_of("a\tb\n~"), Characters::ascii);
    for (const char* const known :
         {"\xC2\xA0", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBD",
          "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_EQ(characters_of(known), Characters::utf8) << known;
    }
    for (const char* const other :
         {"\r", "\x01", "\x1B", "\x7F", "\xC2\x80", "\xC2\x85", "\xC0\x80", "\xC3", "\xE0\x9F\xBF",
          "\xE2\x80\xA8", "\xE2\x80\xA9", "\xED\xA0\x80", "\xEF\xBB\xBF", "\xEF\xBF\xBE",
          "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80"}) {
        EXPECT_EQ(characters_of(other), Characters::others) << other;
    }
    EXPECT_EQ(characters_of(std::string(1, '\0')), Characters::others);
}

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Share {
    std::size_t pieces = 0;
    std::size_t read = 0;
};

void read_all(const fs::path& path, Share& share) {
    const Source source{path.string(), std::make_shared<const std::string>(content_of(path))};
    const auto pieces = cut_documents(*source.text, source.path);
    if (!pieces) return;
    for (const Piece& piece : *pieces) {
        ++share.pieces;
        if (reads(source, piece)) ++share.read;
    }
    reads(source, {*source.text, 0, 0});
}

/// Real texts recorded beside the checkout.
fs::path shared() {
    const char* const given = std::getenv("LOCKSTEP_SHARED");
    return given != nullptr ? fs::path(given) : fs::path(LOCKSTEP_TEST_DIR) / "../../shared";
}

TEST(BlockReader, AgreesWithTheLibraryOnEveryFileOfTheCorpora) {
    if (!fs::exists(shared() / "conformance")) GTEST_SKIP() << "no corpora beside the checkout";
    Share yaml;
    Share others;
    for (const char* const folder : {"conformance", "corpora"}) {
        for (const auto& entry : fs::recursive_directory_iterator(shared() / folder)) {
            if (!entry.is_regular_file()) continue;
            const fs::path extension = entry.path().extension();
            read_all(entry.path(), extension == ".yaml" || extension == ".yml" ? yaml : others);
        }
    }
    std::cout << yaml.read << " of " << yaml.pieces << " YAML documents read, " << others.read
              << " of " << others.pieces << " other texts\n";
    EXPECT_GT(yaml.pieces, 5000U);
    EXPECT_GT(yaml.read * 10, yaml.pieces * 9);
}

}  // namespace
}  // namespace lockstep::yaml
