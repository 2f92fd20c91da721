#include "yaml/key_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lockstep::yaml {
namespace {

/// `keys`, each a word of its own, in the order they are printed; the message where they have none.
std::string in_order(const std::vector<std::string>& keys) {
    Arena arena;
    std::vector<Pair> pairs;
    std::vector<const Pair*> order;
    for (const std::string& key : keys) pairs.push_back({make_string(arena, key), nullptr});
    for (const Pair& pair : pairs) order.push_back(&pair);
    if (const auto sorted = sort_by_key(order); !sorted) return sorted.error().message;
    std::string text;
    for (const Pair* const pair : order)
        text += (text.empty() ? "" : " ") + std::string(pair->key->text);
    return text;
}

TEST(KeyOrder, IsNatural) {
    EXPECT_EQ(in_order({"b", "a", "B", "_", "a10", "a2", "1", "ab"}), "_ 1 B a a2 a10 ab b");
    EXPECT_EQ(in_order({"a105", "a11", "a100", "a1-", "a1"}), "a1 a1- a11 a100 a105");
    EXPECT_EQ(in_order({"a01", "a1", "a001"}), "a1 a01 a001");
    EXPECT_EQ(in_order({"é", "z", "e", "a-b", "a.b", "aéb"}), "a-b a.b aéb e z é");
}

TEST(KeyOrder, FindsCirclesHoweverManyKeysThereAre) {
    std::vector<std::string> keys = {"a1a", "a2", "a10"};
    for (int at = 0; at < 200; ++at) keys.push_back("other" + std::to_string(at));
    EXPECT_EQ(in_order(keys),
              "kustomize has no fixed order for the keys `a2`, `a10` and `a1a`: it prints them "
              "differently from run to run");
}

TEST(KeyOrder, SortsManyNumberedKeysInTime) {
    std::vector<std::string> keys;
    std::string expected;
    for (int at = 0; at < 20'000; ++at) {
        keys.insert(at % 2 == 0 ? keys.begin() : keys.end(), "k" + std::to_string(at));
        expected += (at == 0 ? "" : " ") + ("k" + std::to_string(at));
    }
    EXPECT_EQ(in_order(keys), expected);
}

}  // namespace
}  // namespace lockstep::yaml
