#include "edit/scalar_edit.h"

#include <gtest/gtest.h>

namespace lockstep::edit {
namespace {

/// The content at line 1 from `column` on, replaced as a whole.
std::string replaced(const std::string& file, unsigned column, unsigned length,
                     std::string_view after, Syntax syntax = Syntax::yaml) {
    const auto scalar = find_scalar(file, {"f", 1, column}, length, syntax);
    if (!scalar) return "no place";
    const auto edit = replace_part(file, *scalar, 0, scalar->content(file).size(), after);
    return edit ? applied(file, {*edit}) : "refused";
}

TEST(ScalarEdit, KeepsQuotesAndWhatStandsAround) {
    EXPECT_EQ(replaced("tag: v1 # x\r\n", 6, 2, "v2"), "tag: v2 # x\r\n");
    EXPECT_EQ(replaced("tag: 'v1'\n", 6, 4, "v2"), "tag: 'v2'\n");
    EXPECT_EQ(replaced("{\"tag\": \"v1\"}", 9, 4, "v2"), "{\"tag\": \"v2\"}");
}

TEST(ScalarEdit, QuotesWhatYamlWouldTakeForSomethingElse) {
    for (const std::string after :
         {"1.20", "1e3", "0x10", "12:30", "2020-01-01", "on", "null", "1_0"})
        EXPECT_EQ(replaced("tag: v1\n", 6, 2, after), "tag: \"" + after + "\"\n");
    EXPECT_EQ(replaced("tag: \"1.1\"\n", 6, 5, "1.20"), "tag: \"1.20\"\n");
    EXPECT_EQ(replaced("tag 1.1\n", 5, 3, "1.20", Syntax::text), "tag 1.20\n");
}

TEST(ScalarEdit, CountsCharactersAndNoByteOrderMark) {
    EXPECT_EQ(replaced("é: v1\n", 4, 2, "v2"), "é: v2\n");
    EXPECT_EQ(replaced("\xef\xbb\xbft: v1\n", 4, 2, "v2"), "\xef\xbb\xbft: v2\n");
    EXPECT_EQ(replaced("t: v1\n", 4, 9, "v2"), "no place");
    EXPECT_EQ(replaced("t: v1\n", 40, 2, "v2"), "no place");
}

TEST(ScalarEdit, RefusesWhatCouldMeanMore) {
    EXPECT_EQ(replaced("t: v1\n", 4, 2, "v2 # x"), "refused");
    EXPECT_EQ(replaced("t: 'v1'\n", 4, 4, "v'2"), "refused");
    EXPECT_EQ(replaced("t: v1\n", 4, 2, "v2\nx: y"), "refused");
}

}  // namespace
}  // namespace lockstep::edit
