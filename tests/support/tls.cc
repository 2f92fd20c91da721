#include "support/tls.h"

#include "support/peer.h"

namespace lockstep::testing {

namespace {

void openssl(std::vector<std::string> args) {
    args.insert(args.begin(), "openssl");
    run_tool(args);
}

bool is_address(const std::string& name) {
    return name.find_first_not_of("0123456789.") == std::string::npos || name.contains(':');
}

std::string server_extensions(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) {
        all += (all.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
    }
    return "subjectAltName=" + all + "\nextendedKeyUsage=serverAuth\n";
}

}  // namespace

Authority::Authority(const std::string& name) : own_{dir_ / "ca.crt", dir_ / "ca.key"} {
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-days", "2", "-subj", "/CN=" + name, "-addext", "keyUsage=critical,keyCertSign",
             "-keyout", own_.key, "-out", own_.certificate});
}

KeyPair Authority::issue(const std::string& name, const std::string& extensions, int days) {
    const std::string number = std::to_string(++issued_), stem = dir_ / number;
    const KeyPair pair = {.certificate = stem + ".crt", .key = stem + ".key"};
    dir_.write(number + ".ext", "basicConstraints=critical,CA:FALSE\n" + extensions);
    openssl({"req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", "/CN=" + name, "-keyout", pair.key, "-out", stem + ".csr"});
    openssl({"x509", "-req", "-in", stem + ".csr", "-CA", own_.certificate, "-CAkey", own_.key,
             "-CAcreateserial", "-extfile", stem + ".ext", "-days", std::to_string(days), "-out",
             pair.certificate});
    return pair;
}

KeyPair Authority::server(const std::vector<std::string>& names) {
    return issue("server", server_extensions(names), 2);
}

KeyPair Authority::expired_server(const std::vector<std::string>& names) {
    return issue("server", server_extensions(names), -1);
}

KeyPair Authority::client(const std::string& name) {
    return issue(name, "extendedKeyUsage=clientAuth\n", 2);
}

KeyPair make_signing_key(const TempDir& dir) {
    KeyPair pair = {.certificate = dir / "token.crt", .key = dir / "token.key"};
    openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tokens",
             "-keyout", pair.key, "-out", pair.certificate});
    return pair;
}

}  // namespace lockstep::testing
