#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "http/answer_text.h"
#include "http/client.h"
#include "http/redirect.h"
#include "http/streams.h"

namespace lockstep::http {
namespace {

using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;

/// "/302/to" redirects with 302 to the rest of the target; anything else says who asked.
void serve(const RawRequest& request, RawConnection& connection) {
    const std::string& target = request.target;
    if (target.starts_with("/3")) {
        connection.answer("HTTP/1.1 " + target.substr(1, 3) + " x\r\nLocation: " + target.substr(5),
                          "moved");
        return;
    }
    connection.answer("HTTP/1.1 200 OK", request.method + " " + target + " [" +
                                             request.header("Authorization") + "] [" +
                                             request.header("Cookie") + "] [" +
                                             request.header("Accept") + "]");
}

std::string send(Client& client, const std::string& from, Request request) {
    request.url = url(from);
    request.headers = {{"authorization", "Bearer secret"}, {"Cookie", "c"}, {"Accept", "a/b"}};
    request.is_trusted = true;
    return text_of(client.send(request));
}

TEST(ClientRedirect, FollowsWhereReadingIsSent) {
    const RawServer server(serve);
    Client client;
    for (const char* status : {"301", "302", "303", "307", "308"}) {
        EXPECT_EQ(send(client, server.url("/" + std::string(status) + "//x?y=1"),
                       {.url = url("http://a")}),
                  "200 GET /x?y=1 [Bearer secret] [c] [a/b]");
    }
    EXPECT_EQ(send(client, server.url("/300//x"), {.url = url("http://a")}), "300 moved");
    EXPECT_EQ(send(client, server.url("/304//x"), {.url = url("http://a")}), "304 ");
    Response answer =
        client.send({.method = Method::head, .url = url(server.url("/302//x")), .is_trusted = true})
            .value();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.url.str(), server.url("/x"));
    EXPECT_EQ(server.requests().back().method, "HEAD");
}

TEST(ClientRedirect, WritingStays) {
    const RawServer server(serve);
    Client client;
    for (const Method method : {Method::post, Method::put, Method::patch, Method::remove})
        EXPECT_EQ(send(client, server.url("/307//x"), {.method = method, .url = url("http://a")}),
                  "307 moved");
    EXPECT_EQ(send(client, server.url("/302//x"), {.url = url("http://a"), .redirects_max = 0}),
              "302 moved");
}

TEST(ClientRedirect, CredentialsStayWithTheirOrigin) {
    const RawServer server(serve);
    const RawServer other(serve);
    Client client({.may_reach_private = true});
    EXPECT_EQ(send(client, server.url("/302/" + other.url("/x")), {.url = url("http://a")}),
              "200 GET /x [] [] [a/b]");
    // Nor do they come back.
    EXPECT_EQ(send(client, server.url("/302/" + other.url("/302/" + server.url("/x"))),
                   {.url = url("http://a")}),
              "200 GET /x [] [] [a/b]");
}

TEST(ClientRedirect, TrustStaysWithItsOrigin) {
    const RawServer server(serve);
    const RawServer other(serve);
    Client client;
    EXPECT_EQ(send(client, server.url("/302/" + other.url("/x")), {.url = url("http://a")}),
              "denied: GET " + other.url("/x") + ": it leads to an address that is not public");
    EXPECT_EQ(other.connections(), 0u);
    EXPECT_EQ(send(client, server.url("/302/" + server.url("/x")), {.url = url("http://a")}),
              "200 GET /x [Bearer secret] [c] [a/b]");
}

TEST(ClientRedirect, LoopsEnd) {
    const RawServer server([](const RawRequest& request, RawConnection& connection) {
        connection.answer("HTTP/1.1 302 x\r\nLocation: " + request.target + "x?token=secret", "");
    });
    Client client;
    EXPECT_EQ(text_of(client.send({.url = url(server.url("/?q")), .is_trusted = true}),
                      server.host_port()),
              "invalid: GET http://HOST/: more than 5 redirects");
    EXPECT_EQ(server.requests().size(), 6u);
}

TEST(ClientRedirect, RefusesWhatItDoesNotSpeak) {
    const RawServer server(serve);
    Client client;
    for (const std::string to : {"ftp://a/", "file:///etc/passwd", "gopher://a/", "dict://a:11/"})
        EXPECT_EQ(send(client, server.url("/302/" + to), {.url = url("http://a")}),
                  "invalid: GET " + server.url("/302/" + to) +
                      ": it redirects to what lockstep does not follow: "
                      "a URL that begins with neither http:// nor https://");
    const RawServer with_user([](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 302 x\r\nLocation: http://user:secret@127.0.0.1/", "");
    });
    EXPECT_EQ(send(client, with_user.url("/x"), {.url = url("http://a")}),
              "invalid: GET " + with_user.url("/x") +
                  ": it redirects to what lockstep does not follow: "
                  "a URL with a user or a password in it");
}

TEST(ClientRedirect, ASinkTakesTheLastAnswerOnly) {
    const RawServer server(serve);
    Client client;
    TextSink sink;
    EXPECT_EQ(send(client, server.url("/302//x"), {.url = url("http://a"), .sink = &sink}), "200 ");
    EXPECT_EQ(sink.text, "GET /x [Bearer secret] [c] [a/b]");
}

TEST(Redirect, NeverFromHttpsToHttp) {
    const Url from = url("https://a/v2/?token=secret");
    EXPECT_EQ(redirect_target(from, "/x").value().str(), "https://a/x");
    EXPECT_EQ(redirect_target(from, "https://b/x").value().str(), "https://b/x");
    const auto down = redirect_target(from, "http://a/x?sig=secret");
    EXPECT_EQ(to_string(down.error()), "it redirects from https to http://a/x");
    EXPECT_EQ(down.error().kind, Error::Kind::denied);
    EXPECT_EQ(redirect_target(url("http://a/"), "https://a/x").value().str(), "https://a/x");
}

}  // namespace
}  // namespace lockstep::http
