#include "http/trust.h"

#include <unistd.h>

#include <array>

#include "os/environment.h"
#include "os/file.h"

namespace lockstep::http {

namespace {

constexpr std::array<const char*, 7> files = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch, Gentoo
    "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, RHEL
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // RHEL and its images
    "/etc/ssl/ca-bundle.pem",                             // openSUSE
    "/etc/ssl/cert.pem",                                  // Alpine, OpenBSD
    "/etc/pki/tls/cacert.pem",                            // OpenELEC
    "/usr/local/share/certs/ca-root-nss.crt",             // FreeBSD
};
constexpr std::array<const char*, 2> directories = {"/etc/ssl/certs", "/etc/pki/tls/certs"};

bool is_there(const char* path) {
    return ::access(path, R_OK) == 0;
}

}  // namespace

Trust system_trust() {
    Trust trust;
    trust.file = os::environment("SSL_CERT_FILE").value_or("");
    trust.directory = os::environment("SSL_CERT_DIR").value_or("");
    if (!trust.file.empty() || !trust.directory.empty()) return trust;
    for (const char* file : files) {
        if (!is_there(file)) continue;
        trust.file = file;
        return trust;
    }
    for (const char* directory : directories) {
        if (!is_there(directory)) continue;
        trust.directory = directory;
        return trust;
    }
    return trust;
}

Result<Trust> with(const Trust& base, const Tls& tls) {
    Trust trust = base;
    trust.certificate = tls.certificate;
    trust.key = tls.key;
    trust.certificate_text = tls.certificate_text;
    trust.key_text = tls.key_text;
    trust.server_name = tls.server_name;
    trust.is_verified = tls.is_verified;
    if (!tls.authority_text.empty()) {
        trust.bundle = tls.authority_text;
        trust.file.clear();
        trust.directory.clear();
        return trust;
    }
    if (tls.authorities.empty()) return trust;
    if (!base.file.empty()) trust.bundle = TRY(os::read_file(base.file));
    for (const std::string& file : tls.authorities) trust.bundle += "\n" + TRY(os::read_file(file));
    trust.file.clear();
    return trust;
}

}  // namespace lockstep::http
