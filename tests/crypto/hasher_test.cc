#include "crypto/hasher.h"

#include <gtest/gtest.h>

namespace lockstep::crypto {
namespace {

using Algorithm = Hasher::Algorithm;

std::string in_pieces(Algorithm algorithm, std::string_view text, std::size_t piece) {
    Hasher hasher(algorithm);
    for (std::size_t at = 0; at < text.size(); at += piece) hasher.update(text.substr(at, piece));
    EXPECT_EQ(hasher.count(), text.size());
    return hasher.finish();
}

// FIPS 180-4, the examples "abc".
TEST(Hasher, ComputesTheStandardsExamples) {
    for (const std::size_t piece : {1u, 2u, 3u}) {
        EXPECT_EQ(in_pieces(Algorithm::sha256, "abc", piece),
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        EXPECT_EQ(in_pieces(Algorithm::sha384, "abc", piece),
                  "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                  "8086072ba1e7cc2358baeca134c825a7");
        EXPECT_EQ(in_pieces(Algorithm::sha512, "abc", piece),
                  "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                  "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    }
}

TEST(Hasher, OfNothing) {
    EXPECT_EQ(Hasher(Algorithm::sha256).finish(),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace lockstep::crypto
