#include "oci/digest.h"

#include <algorithm>

#include "crypto/sha256.h"

namespace lockstep::oci {

namespace {

using Algorithm = crypto::Hasher::Algorithm;

struct Named {
    std::string_view name;
    Algorithm algorithm;
    std::size_t digits;
};
constexpr Named algorithms[] = {{"sha256", Algorithm::sha256, 64},
                                {"sha384", Algorithm::sha384, 96},
                                {"sha512", Algorithm::sha512, 128}};

const Named* find_algorithm(std::string_view name) {
    const auto* const found = std::ranges::find(algorithms, name, &Named::name);
    return found == std::end(algorithms) ? nullptr : found;
}

bool is_hexadecimal(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}  // namespace

Result<Digest> Digest::parse(std::string_view text) {
    const std::size_t colon = text.find(':');
    const Named* const named = find_algorithm(text.substr(0, colon));
    if (colon == std::string_view::npos || named == nullptr)
        return fail(
            Error::Kind::invalid,
            '`' + std::string(text.substr(0, 200)) + "` is no digest by sha256, sha384 or sha512",
            "a digest looks like sha256:9f86d0…, with 64 hexadecimal digits");
    const std::string_view hex = text.substr(colon + 1);
    if (hex.size() != named->digits || !std::ranges::all_of(hex, is_hexadecimal))
        return fail(Error::Kind::invalid, '`' + std::string(text.substr(0, 200)) +
                                              "` is no digest: " + std::string(named->name) +
                                              " has " + std::to_string(named->digits) +
                                              " lower-case hexadecimal digits");
    return Digest(std::string(text));
}

Digest Digest::of(std::string_view bytes) {
    return Digest("sha256:" + crypto::sha256_hex(bytes));
}

Algorithm Digest::algorithm() const {
    return find_algorithm(algorithm_name())->algorithm;
}

std::string_view Digest::algorithm_name() const {
    return std::string_view(text_).substr(0, text_.find(':'));
}

std::string_view Digest::hex() const {
    return std::string_view(text_).substr(text_.find(':') + 1);
}

}  // namespace lockstep::oci
