#include "http/client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "http/answer_text.h"
#include "support/raw_server.h"

namespace lockstep::http {
namespace {

using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;

TEST(Client, BringsTheAnswer) {
    const RawServer server([](const RawRequest& request, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK\r\nX-Asked: " + request.header("X-Ask"),
                          request.method + " " + request.target);
    });
    Client client;
    const Result<Response> answer = client.send(
        {.url = url(server.url("/v2/?n=1")), .headers = {{"X-Ask", "this"}}, .is_trusted = true});
    EXPECT_EQ(text_of(answer), "200 GET /v2/?n=1");
    EXPECT_EQ(*answer->headers.find("x-asked"), "this");
}

TEST(Client, KeepsOrderAndConnections) {
    const RawServer server([](const RawRequest& request, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK", request.target);
    });
    Client client({.connections_per_host = 4});
    std::vector<Request> requests;
    for (int at = 0; at < 500; ++at)
        requests.push_back({.url = url(server.url("/" + std::to_string(at))), .is_trusted = true});
    for (int round = 0; round < 2; ++round) {
        const auto answers = client.send_all(requests);
        ASSERT_EQ(answers.size(), requests.size());
        for (std::size_t at = 0; at < answers.size(); ++at)
            EXPECT_EQ(text_of(answers[at]), "200 /" + std::to_string(at));
    }
    EXPECT_LE(server.connections(), 4u);
}

TEST(Client, SendsBodies) {
    const RawServer server([](const RawRequest& request, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK", request.method + " " + request.body + " [" +
                                                 request.header("Content-Type") + "] [" +
                                                 request.header("Content-Length") + "]");
    });
    Client client;
    const auto send = [&](Method method, const std::string& body, Headers headers = {}) {
        return text_of(client.send({.method = method,
                                    .url = url(server.url()),
                                    .headers = std::move(headers),
                                    .body = body,
                                    .is_trusted = true}));
    };
    EXPECT_EQ(send(Method::put, "text", {{"Content-Type", "a/b"}}), "200 PUT text [a/b] [4]");
    EXPECT_EQ(send(Method::post, "text"), "200 POST text [] [4]");
    EXPECT_EQ(send(Method::post, ""), "200 POST  [] [0]");
    EXPECT_EQ(send(Method::patch, "text"), "200 PATCH text [] [4]");
    EXPECT_EQ(send(Method::remove, ""), "200 DELETE  [] []");
    EXPECT_EQ(send(Method::get, ""), "200 GET  [] []");
    EXPECT_EQ(send(Method::head, ""), "200 ");
    const std::string large(3'000'000, 'x');
    EXPECT_EQ(send(Method::put, large), "200 PUT " + large + " [] [3000000]");
}

TEST(Client, LimitsRequestsAtOnce) {
    RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.pause(std::chrono::milliseconds(2));
        connection.answer("HTTP/1.1 200 OK", "");
    });
    Client client({.connections_per_host = 3});
    const std::vector<Request> requests(60, {.url = url(server.url()), .is_trusted = true});
    for (const auto& answer : client.send_all(requests)) EXPECT_EQ(text_of(answer), "200 ");
    EXPECT_EQ(server.most_at_once(), 3u);
    EXPECT_EQ(server.connections(), 3u);
}

TEST(Client, ServesManyThreads) {
    const RawServer server([](const RawRequest& request, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK", request.target);
    });
    Client client;
    std::vector<std::thread> threads;
    std::atomic<int> fine = 0;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([&, number] {
            const std::string target = "/" + std::to_string(number);
            for (int round = 0; round < 50; ++round) {
                const auto answer =
                    client.send({.url = url(server.url(target)), .is_trusted = true});
                if (text_of(answer) == "200 " + target) ++fine;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(fine, 200);
    EXPECT_LE(server.connections(), 4u);
}

TEST(Client, AsksNobodyForNothing) {
    Client client;
    EXPECT_TRUE(client.send_all({}).empty());
}

}  // namespace
}  // namespace lockstep::http
