#pragma once

#include <string>

#include "base/result.h"
#include "http/client.h"

namespace lockstep::http {

/// Whom to believe and who we are when TLS is spoken with one host, as libcurl takes it.
struct Trust {
    std::string file;                        // of CA certificates; empty: none
    std::string directory;                   // of CA certificates named by their hash; empty: none
    std::string bundle;                      // CA certificates instead of `file`, PEM; empty: none
    std::string certificate, key;            // files; empty: none
    std::string certificate_text, key_text;  // PEM, instead of the files
    std::string server_name;                 // instead of the URL's host
    bool is_verified = true;
};

/// The system's CA certificates: `SSL_CERT_FILE` and `SSL_CERT_DIR` where they are set, as OpenSSL
/// reads them, else where distributions keep them. Found when the program runs, since it is linked
/// statically and may run on another distribution than it was built on.
Trust system_trust();

/// `base` with what `tls` says. Authorities in files are added to the system's, those in a text
/// stand instead of them. Errors of reading the files.
Result<Trust> with(const Trust& base, const Tls& tls);

}  // namespace lockstep::http
