#include "oci/reference.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lockstep::oci {
namespace {

const std::string sha256 = "sha256:" + std::string(64, 'f');
const std::string sha512 = "sha512:" + std::string(128, 'f');

std::string repeated(std::string_view text, int times) {
    std::string result;
    for (int time = 0; time < times; ++time) result += text;
    return result;
}

std::string reason(std::string_view text) {
    const Result<Reference> reference = Reference::parse(text);
    return reference.has_value() ? "valid" : to_string(reference.error());
}

struct Valid {
    std::string text, name, tag, digest;
};

// The cases of the grammar's own test suite (distribution/reference v0.6), read as it reads them.
TEST(Reference, ReadsWhatTheGrammarAllows) {
    const std::vector<Valid> cases = {
        {"test_com", "test_com", "", ""},
        {"test.com:tag", "test.com", "tag", ""},
        {"test.com:5000", "test.com", "5000", ""},
        {"test.com/repo:tag", "test.com/repo", "tag", ""},
        {"test:5000/repo", "test:5000/repo", "", ""},
        {"test:5000/repo:tag", "test:5000/repo", "tag", ""},
        {"test:5000/repo@" + sha256, "test:5000/repo", "", sha256},
        {"test:5000/repo:tag@" + sha256, "test:5000/repo", "tag", sha256},
        {"lowercase:Uppercase", "lowercase", "Uppercase", ""},
        {repeated("a/", 127) + "a:tag-puts-this-over-max", repeated("a/", 127) + "a",
         "tag-puts-this-over-max", ""},
        {"sub-dom1.foo.com/bar/baz/quux:some-long-tag", "sub-dom1.foo.com/bar/baz/quux",
         "some-long-tag", ""},
        {"b.gcr.io/test.example.com/my-app:test.example.com", "b.gcr.io/test.example.com/my-app",
         "test.example.com", ""},
        {"xn--n3h.com/myimage:xn--n3h.com", "xn--n3h.com/myimage", "xn--n3h.com", ""},
        {"xn--7o8h.com/myimage:xn--7o8h.com@" + sha512, "xn--7o8h.com/myimage", "xn--7o8h.com",
         sha512},
        {"foo_bar.com:8080", "foo_bar.com", "8080", ""},
        {"foo/foo_bar.com:8080", "foo/foo_bar.com", "8080", ""},
        {"192.168.1.1:5000/repo:5050", "192.168.1.1:5000/repo", "5050", ""},
        {"[2001:db8::1]/repo", "[2001:db8::1]/repo", "", ""},
        {"[2001:db8:1:2:3:4:5:6]/repo:tag", "[2001:db8:1:2:3:4:5:6]/repo", "tag", ""},
        {"[2001:db8::1]:5000/repo:tag@" + sha256, "[2001:db8::1]:5000/repo", "tag", sha256},
        {"[::1]:5000/repo", "[::1]:5000/repo", "", ""},
        {"example.com/" + std::string(255, 'a'), "example.com/" + std::string(255, 'a'), "", ""},
        {"a__b/c--d/e.f_g:v1", "a__b/c--d/e.f_g", "v1", ""},
        {"Uppercase/lowercase:tag", "Uppercase/lowercase", "tag", ""},
        {"app:" + std::string(128, 't'), "app", std::string(128, 't'), ""},
        {"app:_1", "app", "_1", ""},
        {std::string(64, 'f') + ":tag", std::string(64, 'f'), "tag", ""},
    };
    for (const Valid& valid : cases) {
        const Result<Reference> reference = Reference::parse(valid.text);
        ASSERT_TRUE(reference.has_value()) << valid.text << ": " << to_string(reference.error());
        EXPECT_EQ(reference->name(), valid.name);
        EXPECT_EQ(reference->tag(), valid.tag);
        EXPECT_EQ(reference->digest(), valid.digest);
        EXPECT_EQ(reference->str(), valid.text);
    }
}

TEST(Reference, RefusesWhatTheGrammarRefuses) {
    const std::vector<std::string> cases = {
        "",
        ":justtag",
        "@" + sha256,
        "repo@sha256:" + std::string(34, 'f'),
        "repo@sha256:" + std::string(64, 'F'),
        "repo@sha256",
        "repo@",
        "repo@" + sha256 + "@" + sha256,
        "validname@invaliddigest:" + std::string(64, 'f'),
        "Uppercase:tag",
        "test:5000/Uppercase/lowercase:tag",
        "example.com/" + std::string(256, 'a') + ":tag",
        repeated("a/", 129) + "a",
        "aa/asdf$$^/aa",
        "[2001:db8::1]",
        "[2001:db8::1]:5000",
        "[2001:db8::1]:tag",
        "[fe80::1%eth0]:5000/repo",
        "[fe80::1%@invalidzone]:5000/repo",
        "[]/repo",
        "app:",
        "app:.1",
        "app:-1",
        "app:1+build",
        "app:1 ",
        " app:1",
        "app:" + std::string(129, 't'),
        "a//b",
        "/a",
        "a/",
        "a..b",
        "a___b",
        "a-",
        "_a",
        "host:port/app",
        "host:/app",
        "-host/App",
        "https://example.com/app",
        "app:$(TAG)",
        "app:v1\n",
        std::string("app:v1\0", 7),
        std::string(64, 'f'),
    };
    for (const std::string& text : cases) EXPECT_NE(reason(text), "valid") << text;
}

TEST(Reference, SaysWhatIsWrong) {
    EXPECT_EQ(reason(""), "the image is empty");
    EXPECT_EQ(reason(":v1"), "image `:v1` has no repository");
    EXPECT_EQ(reason("ghcr.io/Acme/app:v1"),
              "image `ghcr.io/Acme/app:v1` has upper-case letters in its repository, which must be "
              "lower case");
    EXPECT_EQ(reason("acme/a..b"),
              "image `acme/a..b`: `a..b` is no part of a repository: lower-case letters and digits "
              "were expected, with single `.` or `_`, `__` or dashes between them");
    EXPECT_EQ(reason("app:v1+2"),
              "image `app:v1+2`: `v1+2` is no tag: letters, digits, `_`, `.` and `-` were "
              "expected, not `.` or `-` first");
    EXPECT_EQ(reason("app:"), "image `app:` has an empty tag");
    EXPECT_EQ(reason("app@sha256:12ab"),
              "image `app@sha256:12ab`: `sha256:12ab` is no digest: 64 lower-case hexadecimal "
              "digits were expected, 4 characters found");
    EXPECT_EQ(reason("app@md5:12ab"),
              "image `app@md5:12ab`: `md5:12ab` is no digest: `sha256:`, `sha384:` or `sha512:` "
              "was expected");
    EXPECT_EQ(reason(std::string(5000, 'a')),
              "an image of 5000 characters, at most 4096 are allowed");
}

struct Defaulted {
    std::string text, registry, path, base_name;
};

TEST(Reference, AppliesDockersDefaults) {
    const std::vector<Defaulted> cases = {
        {"nginx", "docker.io", "library/nginx", "nginx"},
        {"nginx:1.27", "docker.io", "library/nginx", "nginx"},
        {"docker.io/nginx", "docker.io", "library/nginx", "nginx"},
        {"index.docker.io/nginx", "docker.io", "library/nginx", "nginx"},
        {"kedacore/keda:2.15.0", "docker.io", "kedacore/keda", "keda"},
        {"registry.k8s.io/descheduler/descheduler:v0.29.0", "registry.k8s.io",
         "descheduler/descheduler", "descheduler"},
        {"localhost/app", "localhost", "app", "app"},
        {"localhost:5000/team/app:1", "localhost:5000", "team/app", "app"},
        {"[::1]:5000/app", "[::1]:5000", "app", "app"},
        {"Host/app", "Host", "app", "app"},
    };
    for (const Defaulted& expected : cases) {
        const Result<Reference> reference = Reference::parse(expected.text);
        ASSERT_TRUE(reference.has_value()) << expected.text;
        EXPECT_EQ(reference->registry(), expected.registry) << expected.text;
        EXPECT_EQ(reference->path(), expected.path) << expected.text;
        EXPECT_EQ(reference->base_name(), expected.base_name) << expected.text;
    }
}

struct Pieces {
    std::string text, name, tag, digest;
};

TEST(Split, TakesTextsApartAsKustomizeDoes) {
    const std::vector<Pieces> cases = {
        {"", "", "", ""},
        {"nginx", "nginx", "", ""},
        {"nginx:1.27", "nginx", "1.27", ""},
        {"localhost:5000/app", "localhost:5000/app", "", ""},
        {"localhost:5000/app:v1@" + sha256, "localhost:5000/app", "v1", sha256},
        {"app@" + sha256, "app", "", sha256},
        {"app@sha256:short", "app", "", "sha256:short"},
        {"app:$(TAG)", "app", "$(TAG)", ""},
        {"app:", "app", "", ""},
        {"{{ .Values.image.repository }}:{{ .Values.image.tag }}", "{{ .Values.image.repository }}",
         "{{ .Values.image.tag }}", ""},
        {"${REGISTRY:-ghcr.io}/app:v1", "${REGISTRY:-ghcr.io}/app", "v1", ""},
        {"ko://github.com/acme/app/cmd", "ko://github.com/acme/app/cmd", "", ""},
        {"controller:latest", "controller", "latest", ""},
        {"App:V1 ", "App", "V1 ", ""},
        {"@", "", "", ""},
    };
    for (const Pieces& expected : cases) {
        const Parts parts = split(expected.text);
        EXPECT_EQ(parts.name, expected.name) << expected.text;
        EXPECT_EQ(parts.tag, expected.tag) << expected.text;
        EXPECT_EQ(parts.digest, expected.digest) << expected.text;
    }
}

TEST(Split, AgreesWithParseOnEveryValidReference) {
    for (const std::string& text :
         {std::string("a/b/c:d"), std::string("h:1/a:b"), "h.io/a@" + sha256, "a:t@" + sha256}) {
        const Result<Reference> reference = Reference::parse(text);
        ASSERT_TRUE(reference.has_value()) << text;
        const Parts parts = split(text);
        EXPECT_EQ(parts.name, reference->name());
        EXPECT_EQ(parts.tag, reference->tag());
        EXPECT_EQ(parts.digest, reference->digest());
    }
}

}  // namespace
}  // namespace lockstep::oci
