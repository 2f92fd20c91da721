#include "git/delta.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::git {
namespace {

constexpr std::size_t no_limit = 1u << 20;

std::string bytes(std::initializer_list<int> values) {
    std::string text;
    for (const int value : values) text += static_cast<char>(value);
    return text;
}

TEST(Delta, CopiesAndInserts) {
    // 10 bytes become 7: 3 from offset 2, "xy", 2 from the beginning.
    const std::string delta = bytes({10, 7, 0x91, 2, 3, 2, 'x', 'y', 0x90, 2});
    EXPECT_EQ(apply_delta("0123456789", delta, no_limit), "234xy01");
    const auto sizes = read_delta_sizes(delta).value();
    EXPECT_EQ(sizes.base, 10u);
    EXPECT_EQ(sizes.result, 7u);
    EXPECT_EQ(sizes.length, 2u);
}

TEST(Delta, CopiesSixtyFourKibibytesWhereNoLengthStands) {
    const std::string base(0x10001, 'a');
    const std::string delta = bytes({0x81, 0x80, 4, 0x80, 0x80, 4, 0x81, 1});
    EXPECT_EQ(apply_delta(base, delta, no_limit), std::string(0x10000, 'a'));
}

TEST(Delta, ThatDoesNotFitIsNone) {
    const std::string base = "0123456789";
    EXPECT_EQ(apply_delta(base, bytes({10, 3, 0x91, 2, 3}), no_limit), "234");
    EXPECT_FALSE(apply_delta(base, bytes({9, 3, 0x91, 2, 3}), no_limit)) << "of another base";
    EXPECT_FALSE(apply_delta(base, bytes({10, 3, 0x91, 8, 3}), no_limit)) << "behind the end";
    EXPECT_FALSE(apply_delta(base, bytes({10, 3, 0x91, 11, 1}), no_limit)) << "begins behind it";
    EXPECT_FALSE(apply_delta(base, bytes({10, 2, 0x91, 2, 3}), no_limit)) << "too much";
    EXPECT_FALSE(apply_delta(base, bytes({10, 4, 0x91, 2, 3}), no_limit)) << "too little";
    EXPECT_FALSE(apply_delta(base, bytes({10, 3, 0}), no_limit)) << "the reserved instruction";
    EXPECT_FALSE(apply_delta(base, bytes({10, 3, 3, 'x'}), no_limit))
        << "inserts what is not there";
    EXPECT_FALSE(apply_delta(base, bytes({10, 3, 0x91, 2}), no_limit)) << "cut short";
    EXPECT_FALSE(apply_delta(base, bytes({10, 3, 0x91, 2, 3}), 2)) << "above the limit";
    EXPECT_FALSE(apply_delta(base, bytes({10}), no_limit));
    EXPECT_FALSE(apply_delta(base, "", no_limit));
    EXPECT_FALSE(read_delta_sizes(std::string(20, '\xff'))) << "a size without end";
}

}  // namespace
}  // namespace lockstep::git
