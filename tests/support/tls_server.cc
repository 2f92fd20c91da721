#include "support/tls_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <vector>

#include "os/descriptor.h"

namespace lockstep::testing {

namespace {

void run_openssl(std::vector<std::string> args) {
    args.insert(args.begin(), "openssl");
    const auto ran = os::run({.argv = args});
    if (!ran || !ran->exit.ok())
        throw std::runtime_error("openssl: " + (ran ? ran->err : to_string(ran.error())));
}

std::vector<std::string> new_certificate(std::string_view subject, const std::string& certificate,
                                         const std::string& key) {
    return {"req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=" + std::string(subject),
            "-out",
            certificate,
            "-keyout",
            key};
}

sockaddr_in loopback(unsigned port) {
    sockaddr_in place = {};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(port));
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return place;
}

unsigned free_port() {
    const os::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in place = loopback(0);
    auto* generic = reinterpret_cast<sockaddr*>(&place);
    socklen_t size = sizeof place;
    if (::bind(socket.number(), generic, size) != 0 ||
        ::getsockname(socket.number(), generic, &size) != 0)
        throw std::runtime_error("no free port");
    return ntohs(place.sin_port);
}

bool listens(unsigned port) {
    const os::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in place = loopback(port);
    return ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0;
}

std::string configuration(const TlsServer::Options& options, unsigned port,
                          const std::string& files, const std::string& own) {
    std::string text = "daemon off; master_process off; pid " + own + "/pid; error_log " + own +
                       "/log;\nevents {}\nhttp {\naccess_log off; client_max_body_size 0;\n";
    for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
        text += std::string(kind) + "_temp_path " + own + "/" + kind + ";\n";
    text += "server {\nlisten 127.0.0.1:" + std::to_string(port) + " ssl http2;\nroot " + files +
            ";\nssl_certificate " + options.certificate.certificate + ";\nssl_certificate_key " +
            options.certificate.key + ";\n";
    if (!options.client_authority.empty())
        text += "ssl_verify_client on;\nssl_client_certificate " + options.client_authority + ";\n";
    return text +
           "add_header X-Protocol $server_protocol always;\n"
           "add_header X-Connection $connection always;\n"
           "add_header X-Client $ssl_client_s_dn always;\n"
           "dav_methods PUT DELETE;\n" +
           options.extra + "\n}\n}\n";
}

}  // namespace

CertificateAuthority::CertificateAuthority(std::string_view name) {
    run_openssl(new_certificate(name, file(), folder_ / "ca.key"));
}

CertificateAuthority::Pair CertificateAuthority::issue(std::string_view subject,
                                                       std::string_view names) const {
    const Pair pair = {folder_ / (std::string(subject) + ".pem"),
                       folder_ / (std::string(subject) + ".key")};
    std::vector<std::string> args = new_certificate(subject, pair.certificate, pair.key);
    args.insert(args.end(), {"-CA", file(), "-CAkey", folder_ / "ca.key", "-addext",
                             "basicConstraints=critical,CA:FALSE", "-addext",
                             "subjectAltName=" + std::string(names)});
    run_openssl(std::move(args));
    return pair;
}

TlsServer::TlsServer(const Options& options) {
    // Somebody else may take the port before nginx does.
    for (int round = 0; round < 5; ++round)
        if (start(options)) return;
    const auto log = os::run({.argv = {"cat", own_ / "log"}});
    throw std::runtime_error("nginx does not start: " + (log ? log->out : ""));
}

bool TlsServer::start(const Options& options) {
    port_ = free_port();
    own_.write("nginx.conf", configuration(options, port_, folder_.path(), own_.path()));
    auto started = os::Subprocess::start(
        {.argv = {"nginx", "-e", own_ / "log", "-c", own_ / "nginx.conf"}},
        {.out = os::Subprocess::Stream::null, .err = os::Subprocess::Stream::null});
    if (!started) throw std::runtime_error(to_string(started.error()));
    nginx_ = *std::move(started);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < deadline) {
        if (nginx_->poll()) return false;
        if (listens(port_)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

}  // namespace lockstep::testing
