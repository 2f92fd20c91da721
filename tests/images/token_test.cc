#include "images/token.h"

#include <gtest/gtest.h>

namespace lockstep::images {
namespace {

http::Url url(std::string_view text) {
    return *http::Url::parse(text);
}

http::Response answer(std::string body, int status = 200) {
    return {.status = status,
            .headers = {},
            .body = std::move(body),
            .url = url("https://auth.example.com/token?service=x")};
}

TEST(TokenRequest, AsksWithAPassword) {
    const http::Request request =
        token_request({.realm = url("https://auth.example.com/token?a=b"),
                       .service = "reg one",
                       .scopes = {"repository:a/b:pull", "repository:c:pull,push"},
                       .credential = Credential{.user = "kim", .password = "s:t"}});
    EXPECT_EQ(request.method, http::Method::get);
    EXPECT_EQ(request.url.target(),
              "/token?a=b&service=reg%20one&scope=repository%3Aa%2Fb%3Apull&scope="
              "repository%3Ac%3Apull%2Cpush");
    EXPECT_EQ(*request.headers.find("authorization"), "Basic a2ltOnM6dA==");
}

TEST(TokenRequest, AsksWithARefreshToken) {
    const http::Request request =
        token_request({.realm = url("https://auth.example.com/token"),
                       .service = "reg",
                       .scopes = {"repository:a:pull"},
                       .credential = Credential{.identity_token = "r+t"}});
    EXPECT_EQ(request.method, http::Method::post);
    EXPECT_EQ(request.body,
              "grant_type=refresh_token&client_id=lockstep&service=reg&scope=repository%3Aa%3Apull"
              "&refresh_token=r%2Bt");
    EXPECT_EQ(request.headers.find("authorization"), nullptr);
}

TEST(Token, IsReadWithItsLifetime) {
    const Result<Token> token = parse_token(answer(R"({"token":"abc.def","expires_in":300})"));
    ASSERT_TRUE(token.has_value());
    EXPECT_EQ(token->text, "abc.def");
    EXPECT_EQ(token->lifetime, std::chrono::seconds(300));
    EXPECT_EQ(parse_token(answer(R"({"access_token":"x"})"))->lifetime, std::chrono::seconds(60));
    EXPECT_EQ(parse_token(answer(R"({"token":"x","expires_in":-1})"))->lifetime,
              std::chrono::seconds(60));
}

// It goes into a header; and no message may show it.
TEST(Token, RefusesWhatIsNone) {
    for (const std::string& body :
         {std::string("secret"), std::string("{}"), std::string(R"({"token":""})"),
          std::string(R"({"token":"secret\r\nX: y"})"), std::string(R"({"token":"secret b"})"),
          R"({"token":"secret)" + std::string(100'000, 'x') + "\"}"}) {
        const Result<Token> token = parse_token(answer(body));
        ASSERT_FALSE(token.has_value()) << body.substr(0, 50);
        EXPECT_EQ(token.error().kind, Error::Kind::invalid);
        EXPECT_FALSE(to_string(token.error()).contains("secret")) << token.error().message;
    }
    EXPECT_EQ(parse_token(answer("{}", 403)).error().kind, Error::Kind::denied);
}

TEST(Realm, MustBeAsSafeAsTheRegistry) {
    const http::Url registry = url("https://registry.example.com");
    EXPECT_TRUE(checked_realm(registry, "https://auth.example.com/token").has_value());
    EXPECT_TRUE(checked_realm(url("http://localhost:5000"), "http://localhost:5001/t").has_value());
    for (const char* realm : {"http://auth.example.com/token", "", "token", "file:///etc/passwd",
                              "https://user:pw@auth.example.com/"}) {
        const Result<http::Url> checked = checked_realm(registry, realm);
        ASSERT_FALSE(checked.has_value()) << realm;
        EXPECT_EQ(checked.error().kind, Error::Kind::denied);
        EXPECT_FALSE(checked.error().message.contains("pw"));
    }
}

}  // namespace
}  // namespace lockstep::images
