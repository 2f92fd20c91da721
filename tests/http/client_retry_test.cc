// Tries, pauses and time limits.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

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

constexpr auto quick = 20ms;

/// Says `answers` in turn, the last one for ever; each is written as it is, and "" ends the
/// connection without an answer.
class Scripted {
  public:
    explicit Scripted(std::vector<std::string> answers)
        : answers_(std::move(answers)), server_([this](const RawRequest&, RawConnection& to) {
              const std::size_t at = std::min<std::size_t>(count_++, answers_.size() - 1);
              if (answers_[at].empty() || answers_[at].contains("cut")) to.close();
              to.write(answers_[at]);
          }) {}

    Url url() const { return Url::parse(server_.url()).value(); }
    const std::string host_port() const { return server_.host_port(); }
    std::size_t asked() const { return count_; }
    std::vector<RawRequest> requests() const { return server_.requests(); }

  private:
    std::vector<std::string> answers_;
    std::atomic<std::size_t> count_ = 0;
    RawServer server_;
};

const std::string fine = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";
const std::string busy = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy";
const std::string cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut";

std::string busy_for(const std::string& retry_after, int status = 503) {
    return "HTTP/1.1 " + std::to_string(status) + " Busy\r\nRetry-After: " + retry_after +
           "\r\nContent-Length: 4\r\n\r\nbusy";
}

std::string send(const Scripted& server, Request request, Options options = {}) {
    options.pause_first = quick;
    request.url = server.url();
    request.is_trusted = true;
    Client client(options);
    const std::string text = text_of(client.send(request), server.host_port());
    return text + ", asked " + std::to_string(server.asked());
}

Request any() {
    return {.url = url("http://a/")};
}

TEST(ClientRetry, TriesAgainWhatMayPass) {
    for (const int status : {429, 500, 502, 503, 504})
        EXPECT_EQ(send(Scripted({busy_for("0", status), busy, "", fine}), any()),
                  "200 fine, asked 4")
            << status;
    EXPECT_EQ(send(Scripted({cut, fine}), any()), "200 fine, asked 2");
    EXPECT_EQ(send(Scripted({"HTTP/1.1 501 x\r\nContent-Length: 1\r\n\r\nx", fine}), any()),
              "501 x, asked 1");
}

TEST(ClientRetry, TheLastAnswerCounts) {
    EXPECT_EQ(send(Scripted({busy}), any(), {.tries = 3}), "503 busy, asked 3");
    EXPECT_EQ(send(Scripted({busy}), any(), {.tries = 1}), "503 busy, asked 1");
    EXPECT_EQ(send(Scripted({cut}), any(), {.tries = 2}),
              "invalid: GET http://HOST/: the body is shorter than announced, asked 2");
    EXPECT_EQ(send(Scripted({""}), any(), {.tries = 2}),
              "unavailable: GET http://HOST/: the connection broke, asked 2");
}

TEST(ClientRetry, PausesGrow) {
    const Scripted server({busy});
    const auto begin = steady_clock::now();
    EXPECT_EQ(send(server, any(), {.tries = 4}), "503 busy, asked 4");
    // 20 + 40 + 80 ms, of which jitter leaves at least half
    EXPECT_GE(steady_clock::now() - begin, 70ms);
}

TEST(ClientRetry, HonoursRetryAfter) {
    const Scripted server({busy_for("1"), fine});
    const auto begin = steady_clock::now();
    EXPECT_EQ(send(server, any()), "200 fine, asked 2");
    EXPECT_GE(steady_clock::now() - begin, 1s);
}

TEST(ClientRetry, ARetryAfterThatIsTooLongEndsIt) {
    EXPECT_EQ(send(Scripted({busy_for("31"), fine}), any()), "503 busy, asked 1");
    EXPECT_EQ(send(Scripted({busy_for("2"), fine}), any(), {.exchange_timeout = 1s}),
              "503 busy, asked 1");
    EXPECT_EQ(send(Scripted({busy_for("tomorrow"), fine}), any()), "200 fine, asked 2");
    EXPECT_EQ(send(Scripted({busy_for("Sun, 06 Nov 1994 08:49:37 GMT"), fine}), any()),
              "200 fine, asked 2");
}

TEST(ClientRetry, OnlyWhatIsRepeatable) {
    EXPECT_EQ(send(Scripted({busy, fine}), {.method = Method::head, .url = url("http://a/")}),
              "200 , asked 2");
    EXPECT_EQ(
        send(Scripted({busy, fine}), {.method = Method::put, .url = url("http://a/"), .body = "x"}),
        "200 fine, asked 2");
    for (const Method method : {Method::post, Method::patch, Method::remove}) {
        EXPECT_EQ(send(Scripted({busy, fine}), {.method = method, .url = url("http://a/")}),
                  "503 busy, asked 1");
        EXPECT_EQ(send(Scripted({"", fine}), {.method = method, .url = url("http://a/")}),
                  "unavailable: " + std::string(to_string(method)) +
                      " http://HOST/: the connection broke, asked 1");
        EXPECT_EQ(send(Scripted({busy, fine}),
                       {.method = method, .url = url("http://a/"), .is_repeatable = true}),
                  "200 fine, asked 2");
    }
    Request get = any();
    get.is_repeatable = false;
    EXPECT_EQ(send(Scripted({busy, fine}), get), "503 busy, asked 1");
}

// libcurl on its own sends a request again where a connection that it kept turns out to be closed.
TEST(ClientRetry, WhatIsNotRepeatableIsSentOnce) {
    const RawServer server([](const RawRequest& request, RawConnection& connection) {
        if (request.target == "/act")
            connection.close();
        else
            connection.answer("HTTP/1.1 200 OK", "");
    });
    Client client({.tries = 1});
    for (const Method method : {Method::post, Method::put}) {
        const std::size_t before = server.requests().size();
        EXPECT_EQ(text_of(client.send({.url = url(server.url("/")), .is_trusted = true})), "200 ");
        EXPECT_EQ(text_of(client.send({.method = method,
                                       .url = url(server.url("/act")),
                                       .body = "x",
                                       .is_repeatable = method == Method::put,
                                       .is_trusted = true}),
                          server.host_port()),
                  "unavailable: " + std::string(to_string(method)) +
                      " http://HOST/act: the connection broke");
        EXPECT_EQ(server.requests().size() - before, method == Method::put ? 3u : 2u);
    }
}

TEST(ClientRetry, NeverBehindBytesThatASinkTook) {
    TextSink sink;
    Request request = any();
    request.sink = &sink;
    EXPECT_EQ(send(Scripted({cut, fine}), request),
              "invalid: GET http://HOST/: the body is shorter than announced, asked 1");
    EXPECT_EQ(sink.text, "cut");

    TextSink other;
    request.sink = &other;
    EXPECT_EQ(send(Scripted({busy, "", fine}), request), "200 , asked 3");
    EXPECT_EQ(other.text, "fine");
    EXPECT_EQ(other.overs, 1);
}

TEST(ClientRetry, ASourceBeginsAgainWhereItCan) {
    TextSource source("12345", 2);
    const Scripted server({busy, fine});
    Request request = {
        .method = Method::put, .url = url("http://a/"), .source = &source, .body_bytes = 5};
    EXPECT_EQ(send(server, request), "200 fine, asked 2");
    TextSource once("12345", 2, /*can_rewind=*/false);
    request.source = &once;
    EXPECT_EQ(send(Scripted({busy, fine}), request), "503 busy, asked 1");
}

TEST(ClientRetry, OneThatWaitsHoldsUpNoOther) {
    const RawServer server([](const RawRequest& request, RawConnection& connection) {
        if (request.target == "/busy")
            connection.answer("HTTP/1.1 503 Busy\r\nRetry-After: 1", "");
        else
            connection.answer("HTTP/1.1 200 OK", "");
    });
    Client client({.connections_per_host = 1, .tries = 2});
    std::vector<Request> requests(3, {.url = url(server.url("/")), .is_trusted = true});
    requests[0].url = url(server.url("/busy"));
    client.send_all(requests);
    std::string order;
    for (const RawRequest& request : server.requests()) order += request.target + " ";
    EXPECT_EQ(order, "/busy / / /busy ");
}

TEST(ClientRetry, NobodyListens) {
    unsigned port = 0;
    {
        const RawServer server([](const RawRequest&, RawConnection&) {});
        port = server.port();
    }
    const std::string host_port = "127.0.0.1:" + std::to_string(port);
    Client client({.tries = 2, .pause_first = quick});
    const auto answer =
        client.send({.url = url("http://" + host_port + "/v2/?token=secret"), .is_trusted = true});
    EXPECT_EQ(text_of(answer, host_port),
              "unavailable: GET http://HOST/v2/: could not connect: Connection refused");
}

TEST(ClientRetry, ANameThatNobodyKnows) {
    Client client({.tries = 1});
    const auto answer =
        client.send({.url = url("http://no-such-host.invalid/?secret"), .is_trusted = true});
    EXPECT_EQ(text_of(answer),
              "unavailable: GET http://no-such-host.invalid/: Could not resolve host: "
              "no-such-host.invalid");
}

TEST(ClientRetry, TimeLimitsEndWhatHangs) {
    const RawServer server(
        [](const RawRequest&, RawConnection& connection) { connection.pause(60s); });
    const auto took = [&](const Options& options, std::string& text) {
        const auto begin = steady_clock::now();
        Client client(options);
        text = text_of(client.send({.url = url(server.url("/x?secret")), .is_trusted = true}),
                       server.host_port());
        return steady_clock::now() - begin;
    };
    std::string text;
    EXPECT_LT(took({.exchange_timeout = 300ms}, text), 20s);
    EXPECT_TRUE(text.starts_with("unavailable: GET http://HOST/x: Operation timed out after "))
        << text;
    EXPECT_LT(took({.deadline = steady_clock::now() + 300ms}, text), 20s);
    EXPECT_TRUE(text.starts_with("unavailable: GET http://HOST/x: ")) << text;
    EXPECT_LT(took({.deadline = steady_clock::now() - 1s}, text), 20s);
    EXPECT_EQ(text, "unavailable: GET http://HOST/x: the time is up");
}

TEST(ClientRetry, ADeadlineEndsWhatWaitsForAnotherTry) {
    const Scripted server({busy_for("20"), fine});
    const auto begin = steady_clock::now();
    EXPECT_EQ(send(server, any(), {.deadline = steady_clock::now() + 15s}), "503 busy, asked 1");
    EXPECT_LT(steady_clock::now() - begin, 10s);
}

TEST(ClientRetry, ABodyThatStallsEndsItsExchange) {
    const RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx");
        while (connection.pause(1500ms) && connection.write("x")) {
        }
    });
    Client client({.stall_timeout = 2s, .tries = 1});
    TextSink sink;
    const auto begin = steady_clock::now();
    const auto answer = client.send({.url = url(server.url()), .sink = &sink, .is_trusted = true});
    EXPECT_EQ(text_of(answer, server.host_port()),
              "unavailable: GET http://HOST/: nothing moves any more");
    EXPECT_LT(steady_clock::now() - begin, 4s);
}

}  // namespace
}  // namespace lockstep::http
