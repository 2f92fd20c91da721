#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "os/subprocess.h"
#include "support/temp_dir.h"

namespace lockstep::testing {

/// A private certificate authority, made with the openssl program.
class CertificateAuthority {
  public:
    explicit CertificateAuthority(std::string_view name = "lockstep test authority");

    /// Its own certificate, a PEM file.
    std::string file() const { return folder_ / "ca.pem"; }

    struct Pair {
        std::string certificate, key;  // PEM files
    };
    /// A certificate for `subject`, valid for servers of these names ("DNS:localhost") and for
    /// clients. Files of the same subject are replaced.
    Pair issue(std::string_view subject,
               std::string_view names = "DNS:localhost,IP:127.0.0.1") const;

  private:
    TempDir folder_;
};

/// nginx on loopback with TLS and HTTP/2, for what an HTTP server in this process cannot show. It
/// listens when its constructor returns; its destructor ends it.
///
/// Files below `folder()` are served, PUT makes new ones. Each answer has the headers
/// X-Protocol ("HTTP/2.0"), X-Connection (a number) and X-Client (the subject of the client's
/// certificate).
class TlsServer {
  public:
    struct Options {
        CertificateAuthority::Pair certificate;
        std::string client_authority = {};  // clients must have a certificate of this authority
        std::string extra = {};             // more of nginx's configuration, in its server block
    };
    explicit TlsServer(const Options& options);

    unsigned port() const { return port_; }
    std::string host_port() const { return "127.0.0.1:" + std::to_string(port_); }
    std::string url(std::string_view target = "/") const {
        return "https://" + host_port() + std::string(target);
    }
    const TempDir& folder() const { return folder_; }

  private:
    bool start(const Options& options);

    TempDir folder_, own_;
    unsigned port_ = 0;
    std::optional<os::Subprocess> nginx_;
};

}  // namespace lockstep::testing
