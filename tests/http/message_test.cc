#include "http/message.h"

#include <gtest/gtest.h>

namespace lockstep::http {
namespace {

TEST(Headers, AreFoundInAnyCase) {
    Headers headers = {{"Link", "one"}, {"Content-Type", "text/plain"}};
    headers.add("LINK", "two");
    EXPECT_EQ(*headers.find("content-type"), "text/plain");
    EXPECT_EQ(headers.all("link"), (std::vector<std::string_view>{"one", "two"}));
    headers.remove("link");
    EXPECT_EQ(headers.find("Link"), nullptr);
    EXPECT_EQ(headers.fields().size(), 1u);
    EXPECT_EQ(headers.find("Content-Typ"), nullptr);
}

TEST(Method, HasItsName) {
    EXPECT_EQ(to_string(Method::patch), "PATCH");
    EXPECT_EQ(to_string(Method::remove), "DELETE");
}

}  // namespace
}  // namespace lockstep::http
