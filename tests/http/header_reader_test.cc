#include "http/header_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::http {
namespace {

std::string read(std::initializer_list<std::string_view> lines, std::size_t bytes_max = 1000) {
    HeaderReader reader(bytes_max);
    for (const std::string_view line : lines)
        if (const Result<void> taken = reader.take(line); !taken) return taken.error().message;
    std::string text = std::to_string(reader.status()) + (reader.is_complete() ? "" : " …");
    for (const auto& [name, value] : reader.headers().fields())
        text += " " + name + "=[" + value + "]";
    return text;
}

TEST(HeaderReader, ReadsStatusAndFields) {
    EXPECT_EQ(read({"HTTP/1.1 200 OK\r\n", "A: 1\r\n", "B:2 \r\n", "C:\r\n", "\r\n"}),
              "200 A=[1] B=[2] C=[]");
    EXPECT_EQ(read({"HTTP/2 404 \r\n", "a: 1\r\n"}), "404 … a=[1]");
}

TEST(HeaderReader, ReadsOverInterimAnswers) {
    EXPECT_EQ(read({"HTTP/1.1 103 Early\r\n", "Link: x\r\n", "\r\n", "HTTP/1.1 200\r\n", "\r\n"}),
              "200");
}

TEST(HeaderReader, TakesNoTrailers) {
    EXPECT_EQ(read({"HTTP/1.1 200 OK\r\n", "A: 1\r\n", "\r\n", "A: 2\r\n", "HTTP/1.1 500 x\r\n"}),
              "200 A=[1]");
}

TEST(HeaderReader, TakesNoLinesThatAreNoFields) {
    EXPECT_EQ(read({"HTTP/1.1 200 OK\r\n", "no field\r\n", "A: 1\r\n", " more: 2\r\n", "\r\n"}),
              "200 A=[1]");
    EXPECT_EQ(read({"HTTP/1.1 20x OK\r\n", "\r\n"}), "0");
}

TEST(HeaderReader, CountsAllLines) {
    EXPECT_EQ(read({"HTTP/1.1 100 A\r\n", "\r\n", "HTTP/1.1 100 A\r\n", "\r\n"}, 30),
              "more than 30 bytes of headers");
}

}  // namespace
}  // namespace lockstep::http
