#include "os/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "base/result.h"

namespace lockstep::os {
namespace {

TEST(ParallelMap, KeepsTheOrder) {
    std::vector<int> items(1000);
    for (int at = 0; at < 1000; ++at) items[static_cast<std::size_t>(at)] = at;
    for (const unsigned limit : {0u, 1u, 2u, 7u}) {
        const std::vector<std::string> texts =
            parallel_map(items, limit, [](int item) { return std::to_string(item * 2); });
        ASSERT_EQ(texts.size(), 1000u);
        for (std::size_t at = 0; at < 1000; ++at) ASSERT_EQ(texts[at], std::to_string(at * 2));
    }
}

TEST(ParallelMap, RunsNoMoreThanItsLimitAtOnce) {
    std::atomic<int> running = 0;
    std::atomic<int> most = 0;
    const std::vector<int> items(200);
    parallel_map(items, 3, [&](int) {
        const int now = ++running;
        for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
        }
        --running;
        return 0;
    });
    EXPECT_LE(most, 3);
    EXPECT_GE(most, 1);
}

TEST(ParallelMap, TakesResultsThatCannotBeCopiedOrFail) {
    const std::vector<int> items = {1, 2, 3};
    const auto results = parallel_map(items, 2, [](int item) -> Result<std::unique_ptr<int>> {
        if (item == 2) return fail(Error::Kind::invalid, "two");
        return std::make_unique<int>(item);
    });
    EXPECT_EQ(*results[0].value(), 1);
    EXPECT_EQ(results[1].error().message, "two");
    EXPECT_EQ(*results[2].value(), 3);
}

TEST(ParallelMap, OfNothingIsNothing) {
    EXPECT_TRUE(parallel_map(std::vector<int>(), 0, [](int item) { return item; }).empty());
}

}  // namespace
}  // namespace lockstep::os
