#include "http/proxies.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <map>
#include <string>

namespace lockstep::http {
namespace {

/// The proxy on the way to a URL, in an environment of these proxy variables only.
std::string find(const std::map<std::string, std::string>& environment, std::string_view url) {
    for (const char* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy",
                             "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
        const auto at = environment.find(name);
        if (at == environment.end())
            ::unsetenv(name);
        else
            ::setenv(name, at->second.c_str(), 1);
    }
    return std::string(Proxies::from_environment().find(Url::parse(url).value()));
}

TEST(Proxies, AreNamedByScheme) {
    EXPECT_EQ(find({}, "http://a/"), "");
    EXPECT_EQ(find({{"http_proxy", "p:1"}}, "http://a/"), "p:1");
    EXPECT_EQ(find({{"http_proxy", "p:1"}}, "https://a/"), "");
    EXPECT_EQ(find({{"https_proxy", "p:1"}}, "https://a/"), "p:1");
    EXPECT_EQ(find({{"HTTPS_PROXY", "p:1"}}, "https://a/"), "p:1");
    EXPECT_EQ(find({{"HTTP_PROXY", "p:1"}}, "http://a/"), "");
    EXPECT_EQ(find({{"all_proxy", "p:1"}, {"http_proxy", "q:1"}}, "https://a/"), "p:1");
    EXPECT_EQ(find({{"ALL_PROXY", "p:1"}, {"http_proxy", "q:1"}}, "http://a/"), "q:1");
    EXPECT_EQ(find({{"http_proxy", ""}}, "http://a/"), "");
}

TEST(Proxies, HaveExceptions) {
    const auto is_proxied = [](const std::string& except, const std::string& host) {
        return !find({{"http_proxy", "p:1"}, {"no_proxy", except}}, "http://" + host + "/").empty();
    };
    for (const auto& [except, host] : std::map<std::string, std::string>{
             {"*", "a.example"},
             {"A.example", "a.EXAMPLE"},
             {"example", "a.example"},
             {".example", "a.example"},
             {".other.", "b.other."},
             {"x, y ,a.example", "a.example"},
             {"x\ty a.example", "a.example"},
             {"10.0.0.1", "10.0.0.1"},
             {"10.0.0.0/8", "10.200.0.1"},
             {"10.16.0.0/12", "10.31.255.255"},
             {"::1", "[::1]"},
             {"[fd00::1]", "[fd00:0::1]"},
             {"fd00::/8", "[fdff::1]"},
         })
        EXPECT_FALSE(is_proxied(except, host)) << except << " " << host;
    for (const auto& [except, host] : std::map<std::string, std::string>{
             {"", "a.example"},
             {",", "a.example"},
             {".", "a.example"},
             {"b.example", "a.example"},
             {"ample", "a.example"},
             {"a.example.com", "a.example"},
             {"10.0.0.0/8", "11.0.0.1"},
             {"10.16.0.0/12", "10.32.0.0"},
             {"10.0.0.0/33", "10.0.0.0"},
             {"10.0.0.0/", "10.0.0.0"},
             {"10.0.0.0/x", "10.0.0.0"},
             {"fd00::/8", "[fe00::1]"},
             {"10.0.0.2", "10.0.0.1"},
         })
        EXPECT_TRUE(is_proxied(except, host)) << except << " " << host;
    EXPECT_EQ(find({{"http_proxy", "p:1"}, {"NO_PROXY", "a"}}, "http://a/"), "");
}

}  // namespace
}  // namespace lockstep::http
