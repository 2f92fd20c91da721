#include "verify/rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "project/project.h"

namespace lockstep::verify {
namespace {

TEST(Rules, AreThoseThatAConfigurationMayName) {
    std::vector<std::string_view> ids;
    for (const Rule& rule : rules()) ids.push_back(rule.id);
    const std::vector<std::string_view> configurable(std::begin(project::rule_ids),
                                                     std::end(project::rule_ids));
    EXPECT_EQ(ids, configurable);
}

TEST(Rules, StandInOrderOfId) {
    EXPECT_TRUE(std::ranges::is_sorted(rules(), {}, &Rule::id));
}

TEST(Rules, AreFoundById) {
    for (const Rule& rule : rules()) EXPECT_EQ(find_rule(rule.id), &rule);
    EXPECT_EQ(find_rule("declared"), nullptr);
}

}  // namespace
}  // namespace lockstep::verify
