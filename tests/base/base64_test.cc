#include "base/base64.h"

#include <gtest/gtest.h>

namespace lockstep {
namespace {

// RFC 4648 section 10.
TEST(Base64, TheStandardsVectors) {
    const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(encode_base64(plain), encoded);
        EXPECT_EQ(decode_base64(encoded), plain);
    }
}

TEST(Base64, EveryByteComesBack) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    EXPECT_EQ(decode_base64(encode_base64(bytes)), bytes);
}

TEST(Base64, LineEndsAreSkippedAndNothingElse) {
    EXPECT_EQ(decode_base64("Zm9v\r\nYmFy\n"), "foobar");
    for (const char* text : {"Zm9v YmFy", "Zg", "Zg=", "Zg===", "Z", "=Zg=", "Zm9-"})
        EXPECT_EQ(decode_base64(text), std::nullopt) << text;
}

}  // namespace
}  // namespace lockstep
