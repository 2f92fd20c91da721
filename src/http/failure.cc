#include "http/failure.h"

#include <curl/curl.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace lockstep::http {

namespace {

using Kind = Error::Kind;

/// Certificates hold texts of strangers, which must not reach a terminal as they are.
std::string printable(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~') c = '?';
    return text;
}

Failure unavailable(std::string message, std::string hint = {}) {
    return {{Kind::unavailable, std::move(message), std::move(hint), {}}, true};
}

Failure refused(Kind kind, std::string message, std::string hint = {}) {
    return {{kind, std::move(message), std::move(hint), {}}, false};
}

/// What OpenSSL says of an answer that is no record of TLS. Most often it is one in plain HTTP.
bool is_no_tls(std::string_view said) {
    return said.contains("wrong version number") || said.contains("packet length too long");
}

Failure refused_to_speak_tls(const std::string& host_port) {
    return refused(
        Kind::unavailable, "what answers there speaks no TLS",
        "if it is meant to be asked by plain HTTP, allow that: --plain-http " + host_port);
}

}  // namespace

Failure failure_of(const Ending& ending) {
    const auto& [code, said, system_error, host_port] = ending;
    const std::string text =
        printable(said.empty() ? curl_easy_strerror(static_cast<CURLcode>(code)) : said);
    // The same code as for a connection that broke, but the server meant it.
    if (code == CURLE_RECV_ERROR && said.contains("chunked-encoding"))
        return refused(Kind::invalid, "the answer is no HTTP");
    switch (code) {
        case CURLE_COULDNT_RESOLVE_PROXY:
            // libcurl's own words may hold its password.
            return unavailable("the proxy that the environment names cannot be found",
                               "see `http_proxy`, `https_proxy` and `all_proxy`");
        case CURLE_COULDNT_RESOLVE_HOST:
            return unavailable(text, "see that the host is spelt right and the network is up");
        case CURLE_COULDNT_CONNECT:
            return unavailable(
                "could not connect" +
                    (system_error == 0
                         ? std::string()
                         : std::string(": ") + std::strerror(static_cast<int>(system_error))),
                system_error == ECONNREFUSED
                    ? "see that the port is right and something listens there"
                    : "");
        case CURLE_OPERATION_TIMEDOUT:
            return unavailable(text);
        case CURLE_SSL_CONNECT_ERROR:
            if (is_no_tls(said)) return refused_to_speak_tls(host_port);
            return unavailable("TLS: " + text);
        case CURLE_PEER_FAILED_VERIFICATION:
            return refused(Kind::denied, "TLS: " + text,
                           "if the certificate is of your own authority, put the authority's into "
                           "~/.config/containers/certs.d/" +
                               host_port + "/ca.crt");
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return refused(Kind::usage, "TLS: " + text, "see that the certificate files are PEM");
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_AGAIN:
        case CURLE_SEND_FAIL_REWIND:
            return unavailable("the connection broke");
        case CURLE_URL_MALFORMAT:
            return refused(Kind::invalid, "its address, or that of the proxy, is none");
        case CURLE_PROXY:
            return unavailable("the proxy did not let it through");
        case CURLE_PARTIAL_FILE: {
            Failure failure = refused(Kind::invalid, "the body is shorter than announced");
            failure.may_mend = true;
            return failure;
        }
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM: {
            Failure failure = refused(Kind::unavailable, "the server broke off (HTTP/2)");
            failure.may_mend = true;
            return failure;
        }
        case CURLE_OUT_OF_MEMORY:
            // Also what libcurl says of a header line past 100 KiB.
            return refused(Kind::invalid, "the answer has a header that is too long");
        default:
            return refused(Kind::invalid, "the answer is no HTTP");
    }
}

}  // namespace lockstep::http
