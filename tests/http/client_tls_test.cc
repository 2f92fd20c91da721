// TLS and HTTP/2, spoken with nginx.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "http/answer_text.h"
#include "http/client.h"
#include "http/streams.h"
#include "support/tls_server.h"

namespace lockstep::http {
namespace {

using testing::CertificateAuthority;
using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;
using testing::TlsServer;

/// Trusts these authorities, for each host.
Options trusting(std::vector<std::string> authorities) {
    return {.tries = 1, .tls_for = [authorities](std::string_view) {
                return Tls{.authorities = authorities, .certificate = {}, .key = {}};
            }};
}

std::string header(const Result<Response>& answer, std::string_view name) {
    const std::string* value = answer ? answer->headers.find(name) : nullptr;
    return value == nullptr ? "none" : *value;
}

class ClientTls : public ::testing::Test {
  protected:
    Request get(const TlsServer& server, std::string_view target = "/file") {
        return {.url = url(server.url(target)), .is_trusted = true};
    }
    std::string text(const Result<Response>& answer, const TlsServer& server) {
        return text_of(answer, server.host_port());
    }

    CertificateAuthority authority_;
    CertificateAuthority other_{"another authority"};
};

TEST_F(ClientTls, StrangersAreNotTrusted) {
    const TlsServer server({.certificate = authority_.issue("server")});
    server.folder().write("file", "text");
    Client client({.tries = 1});
    const Result<Response> answer = client.send(get(server, "/file?token=secret"));
    EXPECT_EQ(text(answer, server),
              "denied: GET https://HOST/file: TLS: SSL certificate problem: unable to get local "
              "issuer certificate");
    EXPECT_NE(answer.error().hint, "");
}

TEST_F(ClientTls, AuthoritiesAreAskedForOnce) {
    const TlsServer server({.certificate = authority_.issue("server")});
    server.folder().write("file", "text");
    std::vector<std::string> asked;
    Client client({.tls_for = [&](std::string_view host_port) {
        asked.emplace_back(host_port);
        return Tls{.authorities = {authority_.file()}, .certificate = {}, .key = {}};
    }});
    for (int round = 0; round < 3; ++round)
        EXPECT_EQ(text(client.send(get(server)), server), "200 text");
    EXPECT_EQ(asked, std::vector<std::string>{server.host_port()});
}

TEST_F(ClientTls, AuthoritiesAreAddedToThoseOfTheSystem) {
    const TlsServer server({.certificate = authority_.issue("server")});
    const TlsServer other({.certificate = other_.issue("server")});
    server.folder().write("file", "text");
    other.folder().write("file", "text");
    ::setenv("SSL_CERT_FILE", authority_.file().c_str(), 1);
    Client plain({.tries = 1});
    Client adding(trusting({other_.file()}));
    const std::string stranger =
        "denied: GET https://HOST/file: TLS: SSL certificate problem: unable to get local issuer "
        "certificate";
    EXPECT_EQ(text(plain.send(get(server)), server), "200 text");
    EXPECT_EQ(text(plain.send(get(other)), other), stranger);
    EXPECT_EQ(text(adding.send(get(server)), server), "200 text");
    EXPECT_EQ(text(adding.send(get(other)), other), "200 text");
    ::unsetenv("SSL_CERT_FILE");
}

TEST_F(ClientTls, AnAuthorityCountsForItsHostOnly) {
    const TlsServer server({.certificate = authority_.issue("server")});
    const TlsServer other({.certificate = authority_.issue("server")});
    server.folder().write("file", "text");
    Client client(
        {.tries = 1, .tls_for = [&](std::string_view host_port) {
             return host_port == server.host_port()
                        ? Tls{.authorities = {authority_.file()}, .certificate = {}, .key = {}}
                        : Tls{};
         }});
    EXPECT_EQ(text(client.send(get(server)), server), "200 text");
    EXPECT_EQ(text(client.send(get(other)), other),
              "denied: GET https://HOST/file: TLS: SSL certificate problem: unable to get local "
              "issuer certificate");
    EXPECT_EQ(text(client.send(get(server)), server), "200 text");
}

TEST_F(ClientTls, CertificatesAreForTheirNames) {
    const TlsServer server({.certificate = authority_.issue("server", "DNS:other.example")});
    Client client(trusting({authority_.file()}));
    const std::string said = text(client.send(get(server)), server);
    EXPECT_TRUE(said.starts_with("denied: GET https://HOST/file: TLS: SSL: ")) << said;
}

TEST_F(ClientTls, FilesThatAreNoneAreSaid) {
    const TlsServer server({.certificate = authority_.issue("server")});
    Client client(trusting({"/no/such/file"}));
    EXPECT_EQ(text(client.send(get(server)), server),
              "not found: GET https://HOST/file: reading `/no/such/file`: No such "
              "file or directory");
    ::setenv("SSL_CERT_FILE", "/no/such/file", 1);
    Client plain({.tries = 1});
    const std::string said = text(plain.send(get(server)), server);
    EXPECT_TRUE(said.starts_with("usage: GET https://HOST/file: TLS: ")) << said;
    ::unsetenv("SSL_CERT_FILE");
}

TEST_F(ClientTls, ClientsHaveCertificates) {
    const TlsServer server(
        {.certificate = authority_.issue("server"), .client_authority = authority_.file()});
    server.folder().write("file", "text");
    const auto mine = authority_.issue("us");
    const auto tls = [&](bool has_certificate) -> Options {
        return {.tries = 1, .tls_for = [&, has_certificate](std::string_view) {
                    return Tls{.authorities = {authority_.file()},
                               .certificate = has_certificate ? mine.certificate : "",
                               .key = has_certificate ? mine.key : ""};
                }};
    };
    Client client(tls(true));
    const Result<Response> answer = client.send(get(server));
    EXPECT_EQ(text(answer, server), "200 text");
    EXPECT_EQ(header(answer, "X-Client"), "CN=us");
    Client without(tls(false));
    EXPECT_EQ(without.send(get(server))->status, 400);
}

TEST_F(ClientTls, ManyRequestsShareAConnectionOfHttp2) {
    const TlsServer server({.certificate = authority_.issue("server")});
    server.folder().write("file", "text");
    Client client(trusting({authority_.file()}));
    const std::vector<Request> requests(300, get(server));
    std::set<std::string> connections;
    for (int round = 0; round < 2; ++round) {
        for (const Result<Response>& answer : client.send_all(requests)) {
            EXPECT_EQ(text(answer, server), "200 text");
            EXPECT_EQ(header(answer, "X-Protocol"), "HTTP/2.0");
            connections.insert(header(answer, "X-Connection"));
        }
    }
    EXPECT_EQ(connections.size(), 1u);
}

TEST_F(ClientTls, StreamsSpeakHttp1) {
    const TlsServer server({.certificate = authority_.issue("server")});
    const std::string body(8u << 20, 'x');
    server.folder().write("from", body);
    Client client(trusting({authority_.file()}));
    EXPECT_EQ(header(client.send(get(server, "/")), "X-Protocol"), "HTTP/2.0");
    for (int round = 0; round < 2; ++round) {
        Ring ring(256u << 10);
        Request from = get(server, "/from");
        from.sink = &ring;
        Request to = get(server, "/to");
        to.method = Method::put;
        to.source = &ring;
        to.body_bytes = body.size();
        const std::vector<Request> requests = {from, to};
        const auto answers = client.send_all(requests);
        for (const Result<Response>& answer : answers) {
            EXPECT_TRUE(answer.has_value()) << text(answer, server);
            EXPECT_EQ(header(answer, "X-Protocol"), "HTTP/1.1");
        }
    }
    TextSink sink;
    Request back = get(server, "/to");
    back.sink = &sink;
    EXPECT_EQ(text(client.send(back), server), "200 ");
    EXPECT_TRUE(sink.text == body);
}

TEST_F(ClientTls, NoRedirectLeadsOut) {
    const RawServer plain([](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK", "");
    });
    const TlsServer server(
        {.certificate = authority_.issue("server"),
         .extra = "location /out { return 302 " + plain.url("/x?secret") + "; }"});
    Client client(trusting({authority_.file()}));
    EXPECT_EQ(text(client.send(get(server, "/out")), server),
              "denied: GET https://HOST/out: it redirects from https to " + plain.url("/x"));
    EXPECT_EQ(plain.connections(), 0u);
}

TEST_F(ClientTls, WhatSpeaksNoTls) {
    const RawServer plain([](const RawRequest&, RawConnection&) {});  // waits for a request
    Client client({.connect_timeout = std::chrono::milliseconds(300), .tries = 1});
    EXPECT_EQ(text_of(client.send(
                          {.url = url("https://" + plain.host_port() + "/x"), .is_trusted = true}),
                      plain.host_port()),
              "unavailable: GET https://HOST/x: SSL connection timeout");
}

}  // namespace
}  // namespace lockstep::http
