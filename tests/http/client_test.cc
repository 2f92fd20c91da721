#include "http/client.h"

#include <gtest/gtest.h>

#include <string>
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

}  // namespace
}  // namespace lockstep::http
