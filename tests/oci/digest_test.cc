#include "oci/digest.h"

#include <gtest/gtest.h>

namespace lockstep::oci {
namespace {

TEST(Digest, IsParsedAndTakenApart) {
    const std::string text = "sha512:" + std::string(128, 'a');
    const Result<Digest> digest = Digest::parse(text);
    ASSERT_TRUE(digest.has_value());
    EXPECT_EQ(digest->algorithm_name(), "sha512");
    EXPECT_EQ(digest->algorithm(), crypto::Hasher::Algorithm::sha512);
    EXPECT_EQ(digest->hex(), std::string(128, 'a'));
    EXPECT_EQ(digest->str(), text);
}

TEST(Digest, OfBytes) {
    EXPECT_EQ(Digest::of("{}").str(),
              "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

// Each becomes the name of a file somewhere.
TEST(Digest, RefusesWhatIsNone) {
    for (const std::string& text :
         {std::string(), std::string("sha256"), std::string("sha256:"),
          "sha256:" + std::string(63, 'a'), "sha256:" + std::string(65, 'a'),
          "sha256:" + std::string(64, 'A'), "md5:" + std::string(32, 'a'),
          "sha256:../" + std::string(61, 'a'), ":" + std::string(64, 'a'),
          "sha256:" + std::string(63, 'a') + std::string(1, '\0')}) {
        const Result<Digest> digest = Digest::parse(text);
        ASSERT_FALSE(digest.has_value()) << text;
        EXPECT_EQ(digest.error().kind, Error::Kind::invalid);
    }
}

}  // namespace
}  // namespace lockstep::oci
