#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cluster/access.h"
#include "os/file.h"
#include "support/raw_server.h"
#include "support/tls_server.h"

namespace lockstep::cluster {

/// An API server that says what a handler makes it say, over real HTTPS: nginx in front of a
/// RawServer. The handler sees the subject of the client's certificate as X-Client.
class ApiServer {
  public:
    using Handler = testing::RawServer::Handler;

    explicit ApiServer(Handler handler, std::string_view names = "IP:127.0.0.1",
                       bool wants_certificate = false)
        : inner_(std::move(handler)),
          outer_({.certificate = authority_.issue("apiserver", names),
                  .client_authority = wants_certificate ? authority_.file() : "",
                  .extra = "location / { proxy_pass http://" + inner_.host_port() +
                           "; proxy_buffering off; proxy_http_version 1.1; "
                           "proxy_set_header X-Client $ssl_client_s_dn; }"}) {}

    /// As a user without credentials.
    Access access() const {
        Access access;
        access.context = "test";
        access.name_space = "default";
        access.server.url = "https://" + outer_.host_port();
        access.server.authority_file = authority_.file();
        return access;
    }
    const testing::CertificateAuthority& authority() const { return authority_; }
    std::vector<testing::RawRequest> requests() const { return inner_.requests(); }

  private:
    testing::CertificateAuthority authority_;
    testing::RawServer inner_;
    testing::TlsServer outer_;
};

inline bool answer(testing::RawConnection& connection, int status, std::string_view body,
                   std::string_view headers = "") {
    return connection.answer("HTTP/1.1 " + std::to_string(status) +
                                 " Said\r\nContent-Type: application/json" + std::string(headers),
                             body);
}

/// As an API server says that something is wrong.
inline std::string status(int code, std::string_view reason, std::string_view message) {
    return R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":")" +
           std::string(message) + R"(","reason":")" + std::string(reason) + R"(","code":)" +
           std::to_string(code) + "}";
}

}  // namespace lockstep::cluster
