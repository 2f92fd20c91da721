// Servers that lie, never end, or speak something else.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>

#include "http/answer_text.h"
#include "http/client.h"
#include "http/streams.h"

namespace lockstep::http {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;

std::string get_from(const std::function<void(RawConnection&)>& handler, Options options = {},
                     Request request = {.url = url("http://a/"), .body_bytes_max = 10'000}) {
    const RawServer server([&](const RawRequest&, RawConnection& connection) {
        handler(connection);
        connection.close();
    });
    options.tries = 1;
    Client client(options);
    request.url = url(server.url("/x?token=secret"));
    request.is_trusted = true;
    const auto begin = steady_clock::now();
    const std::string text = text_of(client.send(request), server.host_port());
    EXPECT_LT(steady_clock::now() - begin, 20s);
    return text;
}

std::string get(const std::string& answer) {
    return get_from([&](RawConnection& connection) { connection.write(answer); });
}

const std::string prefix = "GET http://HOST/x: ";
const std::string no_http = "invalid: " + prefix + "the answer is no HTTP";
const std::string too_large =
    "invalid: " + prefix + "a body of more than 10000 bytes, where none that large is expected";
const std::string head = "HTTP/1.1 200 OK\r\n";

TEST(ClientHostile, LengthsThatLie) {
    EXPECT_EQ(get(head + "Content-Length: 5\r\n\r\nabc"),
              "invalid: " + prefix + "the body is shorter than announced");
    EXPECT_EQ(get(head + "Content-Length: 2\r\n\r\nabc"), "200 ab");
    for (const char* length : {"99999999999999999999999", "9223372036854775807", "-1", "x", "",
                               "3, 3", "3\r\nContent-Length: 2"})
        EXPECT_TRUE(get(head + "Content-Length: " + length + "\r\n\r\nabc").starts_with(no_http))
            << length;
    EXPECT_EQ(get(head + "Content-Length: 999999999999999999\r\n\r\nabc"),
              "invalid: " + prefix + "the body is shorter than announced");
    EXPECT_EQ(get(head + "Content-Length: 3\r\ncontent-length: 3\r\n\r\nabc"), "200 abc");
}

TEST(ClientHostile, ChunksThatLie) {
    const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(get(chunked + "3\r\nabc\r\n0\r\n\r\n"), "200 abc");
    EXPECT_EQ(get(chunked + "3\r\nabc\r\n"),
              "invalid: " + prefix + "the body is shorter than announced");
    EXPECT_EQ(get(chunked + "zz\r\nabc\r\n"), no_http);
    EXPECT_EQ(get(chunked + "ffffffffffffffffff\r\nabc"), no_http);
    EXPECT_EQ(get(chunked + "3\r\nabc\r\n0\r\nX-Status: fine\r\n\r\n"), "200 abc");
}

TEST(ClientHostile, BodiesThatDoNotEnd) {
    const auto endless = [](RawConnection& connection) {
        connection.write(head + "\r\n");
        while (connection.write(std::string(1000, 'x'))) {
        }
    };
    EXPECT_EQ(get_from(endless), too_large);
    EXPECT_EQ(get_from([](RawConnection& connection) {
                  connection.write("HTTP/1.1 500 x\r\n\r\n");
                  while (connection.write(std::string(1000, 'x'))) {
                  }
              }),
              too_large);
    const std::string large = std::string(10'000, 'x');
    EXPECT_EQ(get(head + "Content-Length: 10000\r\n\r\n" + large), "200 " + large);
    EXPECT_EQ(get(head + "Content-Length: 10001\r\n\r\n" + large + "x"), too_large);
}

TEST(ClientHostile, HeadersThatDoNotEnd) {
    const std::string too_many = "invalid: " + prefix + "more than 65536 bytes of headers";
    EXPECT_EQ(get_from([](RawConnection& connection) {
                  connection.write(head);
                  while (connection.write("X-More: " + std::string(1000, 'x') + "\r\n")) {
                  }
              }),
              too_many);
    EXPECT_EQ(get_from([](RawConnection& connection) {
                  while (connection.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")) {
                  }
              }),
              too_many);
    EXPECT_EQ(get_from([](RawConnection& connection) {
                  connection.write(head + "X-Long: ");
                  while (connection.write(std::string(1000, 'x'))) {
                  }
              }),
              "invalid: " + prefix + "the answer has a header that is too long");
    EXPECT_EQ(get_from([](RawConnection& connection) {
                  connection.write(head + "Transfer-Encoding: chunked\r\n\r\n0\r\n");
                  while (connection.write("X-Trailer: " + std::string(1000, 'x') + "\r\n")) {
                  }
              }),
              too_many);
}

TEST(ClientHostile, WhatIsNoHttp) {
    EXPECT_EQ(get("SSH-2.0-OpenSSH_9.2\r\n"), no_http);
    EXPECT_EQ(get("<html></html>"), no_http);
    EXPECT_EQ(get("HTTP/1.1 20x OK\r\n\r\n"), no_http);
    EXPECT_EQ(get(head + std::string("X: a\0b\r\n\r\n", 10)), no_http);
    EXPECT_EQ(get(""), "unavailable: " + prefix + "the connection broke");
    EXPECT_EQ(get("HTTP/1.1 200 OK\r\nContent-Le"),
              "unavailable: " + prefix + "the connection broke");
    EXPECT_EQ(get_from([](RawConnection& connection) { connection.reset(); }),
              "unavailable: " + prefix + "the connection broke");
}

TEST(ClientHostile, NothingIsDecoded) {
    const std::string bomb = "\x1f\x8b\x08 not even gzip";
    EXPECT_EQ(get(head + "Content-Encoding: gzip\r\nContent-Length: " +
                  std::to_string(bomb.size()) + "\r\n\r\n" + bomb),
              "200 " + bomb);
}

TEST(ClientHostile, ASlowDripIsBounded) {
    const std::string text = get_from(
        [](RawConnection& connection) {
            connection.write(head + "Content-Length: 100000\r\n\r\n");
            while (connection.write("x") && connection.pause(20ms)) {
            }
        },
        {.exchange_timeout = 1s});
    EXPECT_TRUE(text.starts_with("unavailable: " + prefix + "Operation timed out after ")) << text;
}

// The bytes behind an answer that is over are no answer to the next request.
TEST(ClientHostile, AnswersThatNobodyAskedFor) {
    const RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.write(head + "Content-Length: 4\r\n\r\nfine" + head +
                         "Content-Length: 4\r\n\r\nevil");
    });
    Client client;
    for (int at = 0; at < 5; ++at)
        EXPECT_EQ(text_of(client.send({.url = url(server.url()), .is_trusted = true})), "200 fine");
}

TEST(ClientHostile, HeadersThatWouldBeSeveral) {
    const RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK", "");
    });
    Client client;
    const auto send = [&](const std::string& name, const std::string& value) {
        return text_of(
            client.send({.url = url(server.url()), .headers = {{name, value}}, .is_trusted = true}),
            server.host_port());
    };
    const std::string refused =
        "invalid: GET http://HOST/: a header that cannot be sent as one line";
    EXPECT_EQ(send("Authorization", "Bearer secret\r\nX-Evil: 1"), refused);
    EXPECT_EQ(send("X", std::string("a\0b", 3)), refused);
    EXPECT_EQ(send("X: y\r\nZ", "a"), refused);
    EXPECT_EQ(send("", "a"), refused);
    EXPECT_EQ(server.connections(), 0u);
    EXPECT_EQ(send("X-Empty", ""), "200 ");
    EXPECT_EQ(server.requests().back().headers.back(),
              (std::pair<std::string, std::string>("X-Empty", "")));
}

}  // namespace
}  // namespace lockstep::http
