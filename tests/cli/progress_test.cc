#include "cli/progress.h"

#include <gtest/gtest.h>

namespace lockstep::cli {
namespace {

TEST(Progress, IsABarAndTwoNumbers) {
    EXPECT_EQ(progress_line(0, 1024, "MiB copied"), "[--------------------] 0/1024 MiB copied");
    EXPECT_EQ(progress_line(256, 1024, "MiB copied"), "[#####---------------] 256/1024 MiB copied");
    EXPECT_EQ(progress_line(3, 3, "trees"), "[####################] 3/3 trees");
}

TEST(Progress, NeverLeavesItsBar) {
    EXPECT_EQ(progress_line(5, 3, "trees"), "[####################] 5/3 trees");
    EXPECT_EQ(progress_line(5, 0, "trees"), "5 trees");
}

}  // namespace
}  // namespace lockstep::cli
