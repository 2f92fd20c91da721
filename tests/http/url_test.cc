#include "http/url.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::http {
namespace {

std::string read(std::string_view text) {
    const Result<Url> url = Url::parse(text);
    return url ? url->str() : to_string(url.error());
}

TEST(Url, HasParts) {
    const Url url = Url::parse("HTTPS://Registry.Example:5000/v2/a%2Fb?n=1&last=#top").value();
    EXPECT_EQ(url.scheme(), "https");
    EXPECT_EQ(url.host(), "registry.example");
    EXPECT_EQ(url.port(), 5000u);
    EXPECT_EQ(url.target(), "/v2/a%2Fb?n=1&last=");
    EXPECT_EQ(url.authority(), "registry.example:5000");
    EXPECT_EQ(url.host_port(), "registry.example:5000");
    EXPECT_EQ(url.str(), "https://registry.example:5000/v2/a%2Fb?n=1&last=");
    EXPECT_EQ(url.shown(), "https://registry.example:5000/v2/a%2Fb");
    EXPECT_TRUE(url.is_secure());
}

TEST(Url, LeavesTheUsualPortOut) {
    EXPECT_EQ(read("https://a:443/"), "https://a/");
    EXPECT_EQ(read("http://a:80"), "http://a/");
    EXPECT_EQ(read("http://a:443"), "http://a:443/");
    EXPECT_EQ(read("http://a:"), "http://a/");
    EXPECT_EQ(Url::parse("https://a").value().host_port(), "a:443");
}

TEST(Url, WritesWhatIsLeftOut) {
    EXPECT_EQ(read("http://a?x=1"), "http://a/?x=1");
    EXPECT_EQ(read("http://a#x"), "http://a/");
    EXPECT_EQ(read("http://a/\xc3\xa4?\xff"), "http://a/%C3%A4?%FF");
    EXPECT_EQ(read("http://a/../b/./c"), "http://a/../b/./c");  // as it was asked for
}

TEST(Url, KnowsAddresses) {
    EXPECT_EQ(read("http://[0:0::1]:8080/"), "http://[::1]:8080/");
    EXPECT_EQ(read("http://[::FFFF:127.0.0.1]/"), "http://[::ffff:127.0.0.1]/");
    EXPECT_EQ(Url::parse("http://[::1]/").value().host(), "::1");
    for (const char* odd :
         {"127.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.1."})
        EXPECT_EQ(read("http://" + std::string(odd) + "/"), "http://127.0.0.1/") << odd;
    EXPECT_EQ(read("http://1.2.3.4.example/"), "http://1.2.3.4.example/");
}

TEST(Url, RefusesWhatItDoesNotSpeak) {
    constexpr const char* scheme = "a URL that begins with neither http:// nor https://";
    for (const char* text : {"", "a", "/v2/", "ftp://a/", "file:///etc/passwd", "//a/", "://a"})
        EXPECT_EQ(read(text), scheme) << text;
    EXPECT_EQ(read("http:a"), "a URL without // behind its scheme");
    EXPECT_EQ(read("http://"), "a URL without a host");
    EXPECT_EQ(read("http:///x"), "a URL without a host");
    EXPECT_EQ(read("http://:80/"), "a URL without a host");
    EXPECT_EQ(read("http://a b/"), "a URL with a space or a control character in it");
    EXPECT_EQ(read("http://a/\r\nX: y"), "a URL with a space or a control character in it");
    EXPECT_EQ(read("http://a/" + std::string(8192, 'x')), "a URL of more than 8192 characters");
    EXPECT_EQ(read("http://a/" + std::string(4000, '\xff')), "a URL of more than 8192 characters");
}

TEST(Url, RefusesHostsThatAreNone) {
    constexpr const char* characters = "a URL with characters in its host that no name has";
    for (const char* host : {"a\\b", "a%2eb", "\xc3\xa4", "a,b", "a]", "*"})
        EXPECT_EQ(read("http://" + std::string(host) + "/"), characters) << host;
    constexpr const char* brackets = "a URL with brackets around what is no IPv6 address";
    for (const char* host : {"[", "[]", "[::1", "[127.0.0.1]", "[fe80::1%25eth0]", "[::g]"})
        EXPECT_EQ(read("http://" + std::string(host) + "/"), brackets) << host;
    EXPECT_EQ(read("http://[::1]x/"), "a URL with more behind its host");
    for (const char* host : {"1.2.3.4.5", "256.1.1.1", "1.2.3.999"})
        EXPECT_EQ(read("http://" + std::string(host) + "/"),
                  "a URL with a host that is neither a name nor an address");
    for (const char* port : {"0", "65536", "x", "-1", "80x", "99999999999"})
        EXPECT_EQ(read("http://a:" + std::string(port) + "/"), "a URL with a port that is none");
}

TEST(Url, NeverSaysAPassword) {
    for (const char* text :
         {"https://user:secret@a/", "https://secret@a/", "https://a:secret@b@c/"})
        EXPECT_EQ(read(text), "a URL with a user or a password in it") << text;
    EXPECT_EQ(read("https://a\\@b/"), "a URL with a user or a password in it");
}

// RFC 3986 section 5.4, fragments left out.
TEST(Url, ResolvesReferences) {
    const Url base = Url::parse("http://a/b/c/d;p?q").value();
    const std::pair<const char*, const char*> cases[] = {
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g/"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q"},
        {"g#s", "http://a/b/c/g"},
        {";x", "http://a/b/c/;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"https://h/x/../y?z", "https://h/y?z"},
    };
    for (const auto& [reference, meant] : cases)
        EXPECT_EQ(base.resolve(reference).value().str(), meant) << reference;
}

TEST(Url, RefusesReferencesAsItRefusesUrls) {
    const Url base = Url::parse("https://a:5000/v2/").value();
    EXPECT_EQ(base.resolve("//user:secret@b/").error().message,
              "a URL with a user or a password in it");
    EXPECT_EQ(base.resolve("file:///etc/passwd").error().message,
              "a URL that begins with neither http:// nor https://");
    EXPECT_EQ(base.resolve("/a b").error().message,
              "a URL with a space or a control character in it");
    EXPECT_EQ(base.resolve("/a").value().str(), "https://a:5000/a");
}

TEST(Url, TakesParameters) {
    const Url url = Url::parse("http://a/v2/").value();
    EXPECT_EQ(url.with_query("n", "1").with_query("last", "a/b c&d").str(),
              "http://a/v2/?n=1&last=a%2Fb%20c%26d");
    EXPECT_EQ(escaped("AZaz09-._~ \xc3\xa4+"), "AZaz09-._~%20%C3%A4%2B");
}

TEST(Url, ComparesOrigins) {
    const Url url = Url::parse("https://a/x").value();
    EXPECT_TRUE(url.has_origin_of(Url::parse("https://A:443/y?z").value()));
    for (const char* other : {"http://a/x", "https://b/x", "https://a:444/x", "https://a.b/x"})
        EXPECT_FALSE(url.has_origin_of(Url::parse(other).value())) << other;
}

}  // namespace
}  // namespace lockstep::http
