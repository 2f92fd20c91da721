#include "http/retry.h"

#include <gtest/gtest.h>

namespace lockstep::http {
namespace {

using std::chrono::milliseconds;

// 1994-11-06T08:49:37Z, the date in RFC 9110.
const auto now = std::chrono::system_clock::from_time_t(784'111'777);

long seconds_of(const std::string& value, std::chrono::system_clock::time_point from = now) {
    const auto pause = parse_retry_after(value, from);
    return pause ? static_cast<long>(pause->count() / 1000) : -1;
}

TEST(RetryAfter, IsSeconds) {
    EXPECT_EQ(seconds_of("0"), 0);
    EXPECT_EQ(seconds_of("120"), 120);
    EXPECT_EQ(seconds_of("99999999999999999999999999"), 31'536'000);
}

TEST(RetryAfter, IsOneOfThreeDates) {
    const auto before = now - std::chrono::seconds(90);
    EXPECT_EQ(seconds_of("Sun, 06 Nov 1994 08:49:37 GMT", before), 90);
    EXPECT_EQ(seconds_of("Sunday, 06-Nov-94 08:49:37 GMT", before), 90);
    EXPECT_EQ(seconds_of("Sun Nov  6 08:49:37 1994", before), 90);
    EXPECT_EQ(seconds_of("Sun, 06 Nov 1994 08:49:36 GMT"), 0);
    EXPECT_EQ(seconds_of("Sun, 06 Nov 9994 08:49:36 GMT"), 31'536'000);
}

TEST(RetryAfter, IsNothingElse) {
    for (const char* value : {"", "-1", "1.5", "soon", "+3", "3 s", "Sun, 06 Nov 1994 08:49:37 CET",
                              "Sun, 06 Nov 1994 08:49:37 GMT x", "06 Nov 1994"})
        EXPECT_EQ(seconds_of(value), -1) << value;
}

TEST(Pause, DoublesUpToAMaximum) {
    const auto pause = [](unsigned failures, double random) {
        return pause_after(failures, milliseconds(200), milliseconds(1000), random).count();
    };
    EXPECT_EQ(pause(1, 1), 200);
    EXPECT_EQ(pause(2, 1), 400);
    EXPECT_EQ(pause(3, 1), 800);
    EXPECT_EQ(pause(4, 1), 1000);
    EXPECT_EQ(pause(1'000'000, 1), 1000);
    EXPECT_EQ(pause(1, 0), 100);
    EXPECT_EQ(pause(1, 0.5), 150);
    EXPECT_EQ(pause_after(5, milliseconds(0), milliseconds(1000), 1).count(), 0);
}

TEST(Passing, AreTheStatusesOfServersThatAreBusy) {
    for (const int status : {429, 500, 502, 503, 504}) EXPECT_TRUE(is_passing(status)) << status;
    for (const int status : {200, 404, 408, 501, 505}) EXPECT_FALSE(is_passing(status)) << status;
}

}  // namespace
}  // namespace lockstep::http
