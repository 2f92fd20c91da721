#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/hasher.h"

namespace lockstep::oci {

/// What names content: `algorithm:hex` (OCI image specification 1.1, descriptor.md, "Digests"). Of
/// the registered algorithms those that this can compute: sha256, sha384, sha512.
class Digest {
  public:
    /// `invalid`: another algorithm, or not as many lower-case hexadecimal digits as it has.
    static Result<Digest> parse(std::string_view text);
    /// Of `bytes`, by SHA-256.
    static Digest of(std::string_view bytes);

    crypto::Hasher::Algorithm algorithm() const;
    std::string_view algorithm_name() const;  // "sha256"
    std::string_view hex() const;
    const std::string& str() const { return text_; }  // "sha256:…"

    auto operator<=>(const Digest&) const = default;

  private:
    explicit Digest(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace lockstep::oci
