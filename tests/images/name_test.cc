#include "images/name.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::images {
namespace {

const std::string digest = "sha256:" + std::string(64, 'a');

LayoutName layout(std::string_view text) {
    const Result<Name> name = parse_name(text);
    if (!name.has_value()) return {.directory = to_string(name.error()), .tag = "", .digest = ""};
    EXPECT_EQ(to_string(*name), text);
    return std::get<LayoutName>(*name);
}

std::string failure(std::string_view text) {
    const Result<Name> name = parse_name(text);
    if (name.has_value()) return "parsed";
    EXPECT_EQ(name.error().kind, Error::Kind::usage);
    EXPECT_FALSE(name.error().hint.empty());
    return name.error().message;
}

TEST(Name, OfAnImageInARegistry) {
    EXPECT_EQ(std::get<oci::Reference>(*parse_name("registry.example.com/app:1.2")),
              *oci::Reference::parse("registry.example.com/app:1.2"));
    EXPECT_EQ(std::get<oci::Reference>(*parse_name("docker://app:1.2@" + digest)),
              *oci::Reference::parse("app:1.2@" + digest));
    EXPECT_EQ(to_string(*parse_name("docker://app:1.2")), "app:1.2");
    // What could be read as something else is written so that it is not.
    EXPECT_EQ(to_string(*parse_name("docker://oci:v1")), "docker://oci:v1");
}

TEST(Name, OfAnImageInALayout) {
    EXPECT_EQ(layout("oci:images"), (LayoutName{"images", "", ""}));
    EXPECT_EQ(layout("oci:images:1.2"), (LayoutName{"images", "1.2", ""}));
    EXPECT_EQ(layout("oci:images@" + digest), (LayoutName{"images", "", digest}));
    EXPECT_EQ(layout("oci:/a:b/c d/images:1.2"), (LayoutName{"/a:b/c d/images", "1.2", ""}));
    EXPECT_EQ(layout("oci:/a:b/images"), (LayoutName{"/a:b/images", "", ""}));
    EXPECT_EQ(layout("oci:a@b"), (LayoutName{"a@b", "", ""}));
    EXPECT_EQ(layout("oci:images/"), (LayoutName{"images/", "", ""}));
    EXPECT_EQ(layout("oci:../images:v1"), (LayoutName{"../images", "v1", ""}));
}

TEST(Name, RefusesWhatIsNone) {
    EXPECT_EQ(failure("oci:"), "`oci:` names no folder");
    EXPECT_EQ(failure("oci::tag"), "`oci::tag` names no folder");
    EXPECT_EQ(failure("oci:a:b@" + digest), "`oci:a:b@" + digest + "` has both a tag and a digest");
    EXPECT_EQ(failure("oci:a:"),
              "`oci:a:` has `` for a tag, which is none: letters, digits, `_`, `.` and "
              "`-` were expected, at most 128");
    EXPECT_TRUE(failure("oci:a:b:c").contains("for a tag, which is none"));
    EXPECT_TRUE(failure("oci:a:b c").contains("for a tag, which is none"));
    EXPECT_EQ(failure("oci:a@sha256:abc"),
              "`oci:a@sha256:abc` has a wrong digest: `sha256:abc` is no digest: sha256 has 64 "
              "lower-case hexadecimal digits");
    EXPECT_EQ(failure(std::string("oci:a\0b", 7)).substr(8), "` names a folder with a zero byte");
    EXPECT_EQ(failure("App"),
              "image `App` has upper-case letters in its repository, which must be "
              "lower case");
    EXPECT_EQ(failure(""), "the image is empty");
    EXPECT_TRUE(failure(std::string(5000, 'a')).contains("has 5000 characters"));
    EXPECT_EQ(failure("docker-archive:app.tar"),
              "`docker-archive:app.tar` is not where lockstep reads images");
}

}  // namespace
}  // namespace lockstep::images
