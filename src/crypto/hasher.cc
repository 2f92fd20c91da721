#include "crypto/hasher.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include <array>
#include <utility>
#include <variant>

#include "base/check.h"
#include "crypto/hexadecimal.h"

namespace lockstep::crypto {

namespace {

// nettle's SHA-384 works on the context of SHA-512; a type tells them apart here.
struct Sha384 {
    sha512_ctx context;
};

const std::uint8_t* octets(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

}  // namespace

struct Hasher::State {
    std::variant<sha1_ctx, sha256_ctx, Sha384, sha512_ctx> context;
};

Hasher::Hasher(Algorithm algorithm) : state_(std::make_unique<State>()) {
    switch (algorithm) {
        case Algorithm::sha1:
            sha1_init(&state_->context.emplace<sha1_ctx>());
            break;
        case Algorithm::sha256:
            sha256_init(&state_->context.emplace<sha256_ctx>());
            break;
        case Algorithm::sha384:
            sha384_init(&state_->context.emplace<Sha384>().context);
            break;
        case Algorithm::sha512:
            sha512_init(&state_->context.emplace<sha512_ctx>());
            break;
    }
}

Hasher::Hasher(Hasher&& other) noexcept = default;
Hasher& Hasher::operator=(Hasher&& other) noexcept = default;
Hasher::~Hasher() = default;

void Hasher::update(std::string_view bytes) {
    CHECK(state_ != nullptr);
    count_ += bytes.size();
    if (auto* sha1 = std::get_if<sha1_ctx>(&state_->context))
        return sha1_update(sha1, bytes.size(), octets(bytes));
    if (auto* sha256 = std::get_if<sha256_ctx>(&state_->context))
        return sha256_update(sha256, bytes.size(), octets(bytes));
    if (auto* sha384 = std::get_if<Sha384>(&state_->context))
        return sha384_update(&sha384->context, bytes.size(), octets(bytes));
    sha512_update(&std::get<sha512_ctx>(state_->context), bytes.size(), octets(bytes));
}

std::string Hasher::finish() {
    CHECK(state_ != nullptr);
    const std::unique_ptr<State> state = std::move(state_);
    std::array<unsigned char, SHA512_DIGEST_SIZE> digest;
    std::size_t size = SHA512_DIGEST_SIZE;
    if (auto* sha1 = std::get_if<sha1_ctx>(&state->context)) {
        size = SHA1_DIGEST_SIZE;
        sha1_digest(sha1, size, digest.data());
    } else if (auto* sha256 = std::get_if<sha256_ctx>(&state->context)) {
        size = SHA256_DIGEST_SIZE;
        sha256_digest(sha256, size, digest.data());
    } else if (auto* sha384 = std::get_if<Sha384>(&state->context)) {
        size = SHA384_DIGEST_SIZE;
        sha384_digest(&sha384->context, size, digest.data());
    } else {
        sha512_digest(&std::get<sha512_ctx>(state->context), size, digest.data());
    }
    return hexadecimal(std::span(digest).first(size));
}

}  // namespace lockstep::crypto
