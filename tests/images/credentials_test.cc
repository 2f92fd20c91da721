#include "images/credentials.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "support/temp_dir.h"

namespace lockstep::images {
namespace {

constexpr const char* variables[] = {"REGISTRY_AUTH_FILE", "DOCKER_CONFIG", "XDG_RUNTIME_DIR",
                                     "HOME", "PATH"};

/// A home of its own, with a folder of programs that is alone on PATH before the system's.
class Home {
  public:
    Home() {
        for (const char* name : variables) {
            const char* const value = ::getenv(name);
            before_.emplace_back(value == nullptr ? std::nullopt
                                                  : std::optional<std::string>(value));
            ::unsetenv(name);
        }
        ::setenv("HOME", dir_.path().c_str(), 1);
        ::setenv("PATH", ((dir_ / "bin") + ":/usr/bin:/bin").c_str(), 1);
    }
    ~Home() {
        for (std::size_t at = 0; at < before_.size(); ++at)
            if (before_[at])
                ::setenv(variables[at], before_[at]->c_str(), 1);
            else
                ::unsetenv(variables[at]);
    }
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;
    std::string write(const std::string& path, const std::string& text) const {
        dir_.write(path, text);
        return dir_ / path;
    }
    void helper(const std::string& name, const std::string& script) const {
        const std::string path = write("bin/docker-credential-" + name, "#!/bin/sh\n" + script);
        ::chmod(path.c_str(), 0700);
    }
    std::string path() const { return dir_.path().string(); }

  private:
    testing::TempDir dir_;
    std::vector<std::optional<std::string>> before_;
};

std::string found(const Credentials& credentials, std::string_view host,
                  std::string_view repository = "a/b") {
    const Result<std::optional<Credential>> credential = credentials.find(host, repository);
    if (!credential) return "error: " + credential.error().message;
    if (!*credential) return "nobody";
    return (*credential)->user + '/' + (*credential)->password + '/' +
           (*credential)->identity_token;
}

TEST(Credentials, OfDockersFile) {
    const Home home;
    home.write(".docker/config.json", R"({"auths": {
        "registry.example.com": {"auth": "a2ltOnM6dA=="},
        "registry.example.com:5000/a": {"auth": "YTpi"},
        "https://index.docker.io/v1/": {"auth": "aHViOnB3"},
        "https://quay.example.com/v1/": {"username": "q", "password": "w"},
        "token.example.com": {"auth": "PHRva2VuPjo=", "identitytoken": "refresh"},
        "empty.example.com": {}}})");
    const Result<Credentials> credentials = Credentials::from_environment();
    ASSERT_TRUE(credentials.has_value());
    EXPECT_EQ(found(*credentials, "registry.example.com"), "kim/s:t/");
    EXPECT_EQ(found(*credentials, "registry.example.com:5000", "a/b"), "a/b/");
    EXPECT_EQ(found(*credentials, "registry.example.com:5000", "ab"), "nobody");
    EXPECT_EQ(found(*credentials, "docker.io", "library/nginx"), "hub/pw/");
    EXPECT_EQ(found(*credentials, "quay.example.com"), "q/w/");
    EXPECT_EQ(found(*credentials, "token.example.com"), "<token>//refresh");
    EXPECT_EQ(found(*credentials, "empty.example.com"), "nobody");
    EXPECT_EQ(found(*credentials, "elsewhere.example.com"), "nobody");
}

TEST(Credentials, RegistryAuthFileComesAlone) {
    const Home home;
    home.write(".docker/config.json", R"({"auths": {"a.example.com": {"auth": "YTpi"}}})");
    const std::string file =
        home.write("auth.json", R"({"auths": {"b.example.com": {"auth": "YzpkAA=="}}})");
    ::setenv("REGISTRY_AUTH_FILE", file.c_str(), 1);
    const Result<Credentials> credentials = Credentials::from_environment();
    ASSERT_TRUE(credentials.has_value());
    EXPECT_EQ(found(*credentials, "a.example.com"), "nobody");
    EXPECT_EQ(found(*credentials, "b.example.com"), "c/d/");
}

TEST(Credentials, OfAHelper) {
    const Home home;
    home.write("docker/config.json", R"({"credHelpers": {"a.example.com": "one"},
        "credsStore": "two", "auths": {"b.example.com": {"auth": "YjpiYg=="}}})");
    ::setenv("DOCKER_CONFIG", (home.path() + "/docker").c_str(), 1);
    home.helper("one", R"(read server; echo "$1 $server" >>"$HOME/asked"
        echo '{"ServerURL":"a.example.com","Username":"u","Secret":"p"}')");
    home.helper("two", R"(read server; test "$server" = c.example.com && {
        echo '{"ServerURL":"c","Username":"<token>","Secret":"refresh"}'; exit 0; }
        echo 'credentials not found in native keychain'; exit 1)");
    const Result<Credentials> credentials = Credentials::from_environment();
    ASSERT_TRUE(credentials.has_value());
    EXPECT_EQ(found(*credentials, "a.example.com"), "u/p/");
    EXPECT_EQ(found(*credentials, "a.example.com", "other"), "u/p/");
    EXPECT_EQ(found(*credentials, "b.example.com"), "b/bb/");
    EXPECT_EQ(found(*credentials, "c.example.com"), "//refresh");
    EXPECT_EQ(found(*credentials, "d.example.com"), "nobody");
    std::ifstream asked(home.path() + "/asked");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(asked), {}), "get a.example.com\n");
}

// "Anonymous" would be a guess.
TEST(Credentials, WhatIsBrokenIsSaid) {
    const Home home;
    home.write(".docker/config.json", R"({"credsStore": "broken"})");
    home.helper("broken", "echo secret; exit 3");
    const Result<Credentials> credentials = Credentials::from_environment();
    ASSERT_TRUE(credentials.has_value());
    EXPECT_EQ(found(*credentials, "a.example.com"),
              "error: `docker-credential-broken` ended with exit status 3 when asked for "
              "a.example.com");
    for (const char* text :
         {"{", R"({"auths": {"a": {"auth": "c2VjcmV0"}}})", R"({"auths": []})"}) {
        home.write(".docker/config.json", text);
        const Result<Credentials> broken = Credentials::from_environment();
        ASSERT_FALSE(broken.has_value()) << text;
        EXPECT_EQ(broken.error().kind, Error::Kind::usage);
        EXPECT_FALSE(broken.error().message.contains("c2VjcmV0"));
    }
}

}  // namespace
}  // namespace lockstep::images
