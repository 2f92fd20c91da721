#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace lockstep {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0)
        return fail(Error::Kind::invalid, std::to_string(number) + " is odd", "take an even number",
                    Location{"numbers", 3, 7});
    return number / 2;
}

Result<int> quarter(int number) {
    return TRY(half(TRY(half(number), "the first half")));
}

Result<void> check(int number) {
    TRY(half(number));
    return {};
}

TEST(Result, TryGivesTheValueOrPassesTheErrorUp) {
    EXPECT_EQ(*quarter(8), 2);
    EXPECT_EQ(quarter(6).error().message, "3 is odd");
    EXPECT_EQ(quarter(5).error(), (Error{Error::Kind::invalid, "the first half: 5 is odd",
                                         "take an even number", Location{"numbers", 3, 7}}));
    EXPECT_TRUE(check(2).has_value());
    EXPECT_EQ(to_string(check(1).error()), "numbers:3:7: 1 is odd");
}

TEST(Result, TrySaysWhatWasDoneOnlyOnFailure) {
    int asked = 0;
    const auto doing = [&asked] {
        ++asked;
        return std::string("halving");
    };
    const auto run = [&](int number) -> Result<int> { return TRY(half(number), doing()); };
    EXPECT_EQ(*run(4), 2);
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(run(3).error().message, "halving: 3 is odd");
    EXPECT_EQ(asked, 1);
}

TEST(Result, TryMovesOutWhatCannotBeCopied) {
    const auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); };
    const auto pass = [&]() -> Result<std::unique_ptr<int>> { return TRY(make()); };
    EXPECT_EQ(**pass(), 7);
}

TEST(Location, LeavesOutWhatIsUnknown) {
    EXPECT_EQ(to_string(Location{"a.yaml", 3, 5}), "a.yaml:3:5");
    EXPECT_EQ(to_string(Location{"a.yaml", 3, 0}), "a.yaml:3");
    EXPECT_EQ(to_string(Location{"a.yaml", 0, 0}), "a.yaml");
    EXPECT_EQ(to_string(Error{Error::Kind::denied, "no", "", std::nullopt}), "no");
}

TEST(Location, EveryKindOfErrorHasItsWord) {
    EXPECT_STREQ(to_string(Error::Kind::usage), "usage");
    EXPECT_STREQ(to_string(Error::Kind::not_found), "not found");
    EXPECT_STREQ(to_string(Error::Kind::internal), "internal");
}

}  // namespace
}  // namespace lockstep
