#include "git/object_cache.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::git {
namespace {

ObjectId id(char digit) {
    return *ObjectId::parse(std::string(40, digit));
}

ReadObject blob(std::size_t size) {
    return {.blob = std::make_shared<const std::string>(size, 'x'), .tree = nullptr};
}

TEST(ObjectCache, DropsWhatWasUsedLongestAgo) {
    ObjectCache cache(4000);
    cache.insert(id('a'), blob(1000));
    cache.insert(id('b'), blob(1000));
    cache.insert(id('c'), blob(1000));
    EXPECT_TRUE(cache.find(id('a')).has_value());
    cache.insert(id('d'), blob(1000));
    EXPECT_TRUE(cache.contains(id('a')));
    EXPECT_FALSE(cache.contains(id('b')));
    EXPECT_TRUE(cache.contains(id('c')));
    EXPECT_TRUE(cache.contains(id('d')));
    EXPECT_LE(cache.bytes(), 4000u);
}

TEST(ObjectCache, KeepsNothingAboveItsBudget) {
    ObjectCache cache(4000);
    cache.insert(id('a'), blob(1000));
    cache.insert(id('b'), blob(5000));
    EXPECT_TRUE(cache.contains(id('a')));
    EXPECT_FALSE(cache.contains(id('b')));
}

TEST(ObjectCache, CountsTheSameObjectOnce) {
    ObjectCache cache(10'000);
    cache.insert(id('a'), blob(1000));
    const std::size_t bytes = cache.bytes();
    cache.insert(id('a'), blob(1000));
    EXPECT_EQ(cache.bytes(), bytes);
}

}  // namespace
}  // namespace lockstep::git
