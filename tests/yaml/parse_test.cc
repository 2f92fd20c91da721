#include "yaml/parse.h"

#include <gtest/gtest.h>

namespace lockstep::yaml {
namespace {

TEST(Parse, ReadsAMapping) {
    const auto document = Document::parse(
        "a.yaml", std::make_shared<std::string>("a: 1\nb: [x, 'y']\n"), Dialect::resource);
    ASSERT_TRUE(document.has_value()) << to_string(document.error());
    ASSERT_EQ((*document)->roots().size(), 1U);
    const Node& root = *(*document)->roots()[0];
    EXPECT_EQ(root.text_of("a"), "1");
    EXPECT_EQ(root.find("b")->items.size(), 2U);
    EXPECT_EQ(root.find("b")->items[1]->mark.length, 3U);
}

}  // namespace
}  // namespace lockstep::yaml
