#include "images/link_header.h"

#include <gtest/gtest.h>

namespace lockstep::images {
namespace {

TEST(NextLink, IsFoundAmongOthers) {
    EXPECT_EQ(next_link(R"(</v2/a/tags/list?last=b&n=2>; rel="next")"),
              "/v2/a/tags/list?last=b&n=2");
    EXPECT_EQ(next_link("<x>; rel=next"), "x");
    EXPECT_EQ(next_link(R"(<p>; rel="prev"; title="a, <b>", <n>; rel="next")"), "n");
}

TEST(NextLink, IsNoneWhereNoneIsSaid) {
    for (const char* field : {"", "<", "<x>", "<x>; rel=\"prev\"", "x; rel=next", "<x"})
        EXPECT_EQ(next_link(field), std::nullopt) << field;
}

}  // namespace
}  // namespace lockstep::images
