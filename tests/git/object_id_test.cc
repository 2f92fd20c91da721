#include "git/object_id.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::git {
namespace {

TEST(ObjectId, GoesFromDigitsToDigits) {
    for (const std::string hex :
         {"0123456789abcdef0123456789abcdef01234567",
          "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) {
        const auto id = ObjectId::parse(hex);
        ASSERT_TRUE(id.has_value());
        EXPECT_EQ(id->hex(), hex);
        EXPECT_EQ(id->bytes().size(), hex.size() / 2);
        EXPECT_EQ(ObjectId::from_bytes(id->bytes()), id);
        EXPECT_FALSE(id->is_null());
    }
    EXPECT_EQ(ObjectId::parse("ABCDEF0000000000000000000000000000000000")->hex(),
              "abcdef0000000000000000000000000000000000");
}

TEST(ObjectId, IsNothingElse) {
    const std::string forty(40, 'a');
    for (const std::string& text : {std::string(), forty.substr(1), forty + "a", forty + "aa",
                                    forty.substr(1) + "g", forty.substr(1) + " "})
        EXPECT_FALSE(ObjectId::parse(text).has_value()) << text;
    EXPECT_FALSE(ObjectId::from_bytes("short").has_value());
    EXPECT_TRUE(ObjectId().is_null());
}

TEST(ObjectId, OfDifferentSizesDiffer) {
    EXPECT_NE(*ObjectId::parse(std::string(40, '0')), *ObjectId::parse(std::string(64, '0')));
    EXPECT_NE(*ObjectId::parse(std::string(40, '0')), ObjectId());
}

}  // namespace
}  // namespace lockstep::git
