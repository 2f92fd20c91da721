#pragma once

#include <string>
#include <vector>

#include "support/temp_dir.h"

namespace lockstep::testing {

/// A certificate and its key, as PEM files.
struct KeyPair {
    std::string certificate, key;
};

/// A certificate authority that nobody else trusts, made by the openssl program in a fresh folder.
/// Files live as long as this. Throws where openssl does not do as told.
class Authority {
  public:
    explicit Authority(const std::string& name = "lockstep test authority");

    /// Its own certificate, for who is to trust it.
    const KeyPair& own() const { return own_; }
    /// Of a server at these names and addresses ("localhost", "127.0.0.1").
    KeyPair server(const std::vector<std::string>& names = {"localhost", "127.0.0.1"});
    /// The same, over since yesterday.
    KeyPair expired_server(const std::vector<std::string>& names = {"localhost", "127.0.0.1"});
    KeyPair client(const std::string& name);

  private:
    KeyPair issue(const std::string& name, const std::string& extensions, int days);

    TempDir dir_;
    KeyPair own_;
    unsigned issued_ = 0;
};

/// An RSA key with a certificate signed by itself, in `dir`: what token servers sign with.
KeyPair make_signing_key(const TempDir& dir);

}  // namespace lockstep::testing
