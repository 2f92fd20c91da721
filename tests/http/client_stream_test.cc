// Bodies of any length: sinks, sources, and both joined in one thread.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <string>
#include <thread>
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

std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t at = 0; at < size; ++at) text[at] = static_cast<char>('a' + at * at % 23);
    return text;
}

double cpu_seconds() {
    rusage usage = {};
    ::getrusage(RUSAGE_THREAD, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Gives `body` to each GET, and keeps what is PUT, at a pace of its own.
class BlobServer {
  public:
    explicit BlobServer(std::string body, std::chrono::milliseconds pause_each_mib = 0ms)
        : body_(std::move(body)),
          pause_(pause_each_mib),
          server_([this](const RawRequest& request,
                         RawConnection& connection) { serve(request, connection); },
                  {.reads_bodies = false}) {}

    Url url(std::string_view target) const { return Url::parse(server_.url(target)).value(); }
    const RawServer& server() const { return server_; }
    const std::string& taken() const { return taken_; }

  private:
    void serve(const RawRequest& request, RawConnection& connection) {
        if (request.method == "GET") {
            connection.answer("HTTP/1.1 200 OK", body_);
            return;
        }
        std::vector<char> buffer(1 << 20);
        while (const std::size_t count = connection.read(buffer.data(), buffer.size())) {
            taken_.append(buffer.data(), count);
            if (pause_ > 0ms && !connection.pause(pause_)) return;
        }
        connection.answer("HTTP/1.1 201 Created", "");
    }

    std::string body_;
    std::chrono::milliseconds pause_;
    std::string taken_;
    RawServer server_;
};

TEST(ClientStream, GivesTheBodyToASink) {
    const BlobServer blobs(pattern(3'000'000));
    TextSink sink;
    Client client;
    const auto answer = client.send({.url = blobs.url("/"), .sink = &sink, .is_trusted = true});
    EXPECT_EQ(text_of(answer), "200 ");
    EXPECT_TRUE(sink.text == pattern(3'000'000));
    EXPECT_EQ(sink.overs, 1);
}

TEST(ClientStream, OffersTheSameBytesAgain) {
    const BlobServer blobs(pattern(100'000));
    TextSink sink(/*refusals=*/3);
    Client client;
    const auto answer = client.send({.url = blobs.url("/"), .sink = &sink, .is_trusted = true});
    EXPECT_EQ(text_of(answer), "200 ");
    EXPECT_TRUE(sink.text == pattern(100'000));
}

TEST(ClientStream, TakesTheBodyFromASource) {
    BlobServer blobs("");
    for (const std::size_t size : {std::size_t(0), std::size_t(1), std::size_t(5'000'000)}) {
        TextSource source(pattern(size), 70'000);
        Client client;
        const auto answer = client.send({.method = Method::put,
                                         .url = blobs.url("/"),
                                         .source = &source,
                                         .body_bytes = size,
                                         .is_trusted = true});
        EXPECT_EQ(text_of(answer), "201 ");
        EXPECT_EQ(source.overs, 1);
    }
    EXPECT_TRUE(blobs.taken() == pattern(1) + pattern(5'000'000));
    EXPECT_EQ(blobs.server().requests().back().header("Content-Length"), "5000000");
    EXPECT_EQ(blobs.server().requests().back().header("Expect"), "");
}

TEST(ClientStream, JoinsAGetAndAPutInOneThread) {
    constexpr std::size_t size = 64u << 20;
    const std::string body = pattern(size);
    BlobServer blobs(body, /*pause_each_mib=*/2ms);
    Ring ring(256u << 10);
    Client client;
    const std::vector<Request> requests = {
        {.url = blobs.url("/from"), .sink = &ring, .is_trusted = true},
        {.method = Method::put,
         .url = blobs.url("/to"),
         .source = &ring,
         .body_bytes = size,
         .is_trusted = true}};
    const auto answers = client.send_all(requests);
    EXPECT_EQ(text_of(answers[0]), "200 ");
    EXPECT_EQ(text_of(answers[1]), "201 ");
    EXPECT_TRUE(blobs.taken() == body);
    EXPECT_GT(ring.refusals, 10u);  // both have waited
    EXPECT_GT(ring.empties, 0u);
    EXPECT_LE(ring.used_max, 256u << 10);
    // Writes come in pieces of 16 KiB; beyond those that moved few were in vain: nobody asks in a
    // loop.
    EXPECT_LT(ring.writes, 3 * size / (16u << 10));
    EXPECT_LT(ring.reads, 3 * size / (16u << 10));
}

TEST(ClientStream, ManyPairsShareOneConnectionLimit) {
    const std::string body = pattern(2u << 20);
    const RawServer server([&body](const RawRequest& request, RawConnection& connection) {
        if (request.method == "GET")
            connection.answer("HTTP/1.1 200 OK", body);
        else
            connection.answer("HTTP/1.1 201 Created", request.body == body ? "same" : "other");
    });
    Client client({.connections_per_host = 1});
    std::vector<Ring> rings(6, Ring(64u << 10));
    std::vector<Request> requests;
    for (Ring& ring : rings) {
        requests.push_back({.url = url(server.url("/from")), .sink = &ring, .is_trusted = true});
        requests.push_back({.method = Method::put,
                            .url = url(server.url("/to")),
                            .source = &ring,
                            .body_bytes = body.size(),
                            .is_trusted = true});
    }
    const auto answers = client.send_all(requests);
    for (std::size_t at = 0; at < answers.size(); ++at)
        EXPECT_EQ(text_of(answers[at]), at % 2 == 0 ? "200 " : "201 same");
}

TEST(ClientStream, WaitsWithoutWork) {
    const RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
        connection.pause(1s);
        connection.write("b");
    });
    Ring ring(16u << 10);
    Client client;
    const std::vector<Request> requests = {
        {.url = url(server.url()), .sink = &ring, .is_trusted = true},
        {.method = Method::post,
         .url = url(server.url()),
         .source = &ring,
         .body_bytes = 2,
         .is_trusted = true}};
    const double cpu = cpu_seconds();
    const auto begin = steady_clock::now();
    const auto answers = client.send_all(requests);
    EXPECT_GT(steady_clock::now() - begin, 900ms);
    EXPECT_LT(cpu_seconds() - cpu, 0.2);
    EXPECT_EQ(text_of(answers[0]), "200 ");
    EXPECT_LT(ring.reads, 200u);
}

TEST(ClientStream, AnErrorOfASinkEndsTheExchange) {
    const BlobServer blobs(pattern(1'000'000));
    Ring ring(64u << 10);
    ring.failure = Error{Error::Kind::corrupt, "not what its digest says", {}, {}};
    Client client;
    const auto answer = client.send({.url = blobs.url("/"), .sink = &ring, .is_trusted = true});
    EXPECT_EQ(text_of(answer, blobs.server().host_port()),
              "corrupt: GET http://HOST/: not what its digest says");
    EXPECT_EQ(ring.writes, 1u);
}

// Each end of a ring learns that the other one is over, so neither waits for it.
TEST(ClientStream, TheOtherEndOfARingDoesNotWait) {
    const RawServer server(
        [](const RawRequest& request, RawConnection& connection) {
            if (request.target == "/broken") {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc");
                connection.close();
            } else if (request.target == "/refusing") {
                connection.answer("HTTP/1.1 401 Unauthorized", "who?");
                connection.close();
            } else if (request.method == "GET") {
                connection.answer("HTTP/1.1 200 OK", std::string(10'000'000, 'x'));
            } else {
                std::vector<char> buffer(65536);
                while (connection.read(buffer.data(), buffer.size()) > 0) {
                }
                connection.answer("HTTP/1.1 201 Created", "");
            }
        },
        {.reads_bodies = false});
    Client client;
    const auto copy = [&](std::string_view from, std::string_view to) {
        Ring ring(64u << 10);
        const std::vector<Request> requests = {
            {.url = url(server.url(from)), .sink = &ring, .is_trusted = true},
            {.method = Method::put,
             .url = url(server.url(to)),
             .source = &ring,
             .body_bytes = 10'000'000,
             .is_trusted = true}};
        const auto answers = client.send_all(requests);
        return text_of(answers[0], server.host_port()) + " | " +
               text_of(answers[1], server.host_port());
    };
    const auto begin = steady_clock::now();
    EXPECT_EQ(copy("/broken", "/to"),
              "invalid: GET http://HOST/broken: the body is shorter than announced | "
              "unavailable: PUT http://HOST/to: the other end is over");
    EXPECT_EQ(copy("/from", "/refusing"),
              "unavailable: GET http://HOST/from: the other end is over | 401 who?");
    EXPECT_LT(steady_clock::now() - begin, 5s);
}

TEST(ClientStream, WhoNeverGoesOnIsGivenUp) {
    const RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK", std::string(100'000, 'x'));
    });
    TextSink sink(/*refusals=*/1'000'000);
    Client client({.stall_timeout = 1s, .tries = 1});
    const auto answer = client.send({.url = url(server.url()), .sink = &sink, .is_trusted = true});
    EXPECT_EQ(text_of(answer, server.host_port()),
              "unavailable: GET http://HOST/: who reads or writes its body does not go on");
}

TEST(ClientStream, AnErrorPageIsNoBodyForTheSink) {
    const RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 404 Not Found", "no such blob");
    });
    TextSink sink;
    Client client;
    const auto answer = client.send({.url = url(server.url()), .sink = &sink, .is_trusted = true});
    EXPECT_EQ(text_of(answer), "404 no such blob");
    EXPECT_EQ(sink.text, "");
    EXPECT_EQ(sink.overs, 1);
}

}  // namespace
}  // namespace lockstep::http
