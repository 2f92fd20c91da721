#include "images/registry_error.h"

#include <gtest/gtest.h>

namespace lockstep::images {
namespace {

http::Response answer(int status, std::string body) {
    return {.status = status,
            .headers = {},
            .body = std::move(body),
            .url = *http::Url::parse("https://registry.example.com/v2/app/manifests/1?sig=secret")};
}

TEST(RegistryError, SaysWhatTheRegistrySaid) {
    const Error error = error_of(
        answer(404, R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]})"),
        "reading `app:1`");
    EXPECT_EQ(error.kind, Error::Kind::not_found);
    EXPECT_EQ(error.message,
              "reading `app:1`: registry.example.com answered 404 MANIFEST_UNKNOWN (manifest "
              "unknown)");
}

TEST(RegistryError, KindsByStatus) {
    using enum Error::Kind;
    const std::pair<int, Error::Kind> kinds[] = {
        {401, denied},      {403, denied},      {404, not_found},   {409, conflict},
        {412, conflict},    {400, invalid},     {413, invalid},     {429, unavailable},
        {500, unavailable}, {503, unavailable}, {599, unavailable}, {302, invalid}};
    for (const auto& [status, kind] : kinds)
        EXPECT_EQ(error_of(answer(status, ""), "asking").kind, kind) << status;
}

// A body may be a page, a novel, or an attack on the terminal.
TEST(RegistryError, OtherBodiesSayNothing) {
    const std::string deep = std::string(100'000, '[');
    for (const std::string& body :
         {std::string("404 page not found\n"), std::string("<html>"), std::string("{}"), deep,
          std::string(R"({"errors":{}})"), std::string(R"({"errors":[1,null,{"code":2}]})")}) {
        const RegistryErrors said = parse_registry_errors(body);
        EXPECT_TRUE(said.codes.empty());
        EXPECT_EQ(said.message, "");
    }
    const std::string hostile =
        R"({"errors":[{"code":"A\u001b[2J","message":")" + std::string(5'000, 'x') + R"("}]})";
    const RegistryErrors said = parse_registry_errors(hostile);
    EXPECT_TRUE(said.has("A[2J"));
    EXPECT_EQ(said.message.size(), 300u);
}

}  // namespace
}  // namespace lockstep::images
