#include "json/writer.h"

#include <limits>
#include <sstream>

namespace lockstep::json {
namespace {

TEST(JsonWriter, IndentsByTwoSpacesAndKeepsTheOrderOfMembers) {
    std::ostringstream out;
    Writer writer(out, Style::pretty);
    writer.begin_object();
    writer.key("tag").string("v0.29.0");
    writer.key("declarations").begin_array().integer(12).null().boolean(true).end_array();
    writer.key("notices").begin_array().end_array();
    writer.key("summary").begin_object().end_object();
    writer.end_object();
    EXPECT_EQ(out.str(), R"({
  "tag": "v0.29.0",
  "declarations": [
    12,
    null,
    true
  ],
  "notices": [],
  "summary": {}
})");
}

TEST(JsonWriter, IsValidUtf8WhateverItIsGiven) {
    EXPECT_EQ(quoted("caf\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x9a\x80"),
              "\"caf\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x9a\x80\"");
    EXPECT_EQ(quoted("a\xff"
                     "b"),
              "\"a\xef\xbf\xbd"
              "b\"");
    EXPECT_EQ(quoted("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");  // a surrogate
    EXPECT_EQ(quoted("\xc0\xaf"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");                  // overlong '/'
    EXPECT_EQ(quoted("\xe6\xbc"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");                  // cut short
}

TEST(JsonWriter, EscapesWhatJsonForbidsAndTerminalsObey) {
    EXPECT_EQ(quoted(std::string_view("\"\\/\b\f\n\r\t\x1b[31m\x7f\0", 15)),
              R"("\"\\/\u0008\u000c\n\r\t\u001b[31m\u007f\u0000")");
    EXPECT_EQ(quoted("\xc2\x9b"
                     "2J \xe2\x80\xae"),
              R"("\u009b2J \u202e")");
}

TEST(JsonWriter, WritesNumbersThatReadBackAsTheSame) {
    EXPECT_EQ(write({0.1}, Style::compact), "0.1");
    EXPECT_EQ(write({1e300}, Style::compact), "1e+300");
    EXPECT_EQ(write({std::numeric_limits<std::int64_t>::min()}, Style::compact),
              "-9223372036854775808");
    EXPECT_EQ(write({std::numeric_limits<double>::infinity()}, Style::compact), "null");
}

TEST(JsonWriterDeathTest, AValueWithoutItsKeyIsAFaultOfTheProgram) {
    std::ostringstream out;
    Writer writer(out, Style::compact);
    writer.begin_object();
    EXPECT_DEATH(writer.integer(1), "does not hold");
}

}  // namespace
}  // namespace lockstep::json
