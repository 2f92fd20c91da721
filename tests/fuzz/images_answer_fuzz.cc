// A registry's whole answer to a question about a manifest, head and body apart by a line "%%"; the
// first byte says whether it was asked for by a digest. What is taken is what its digest names.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "http/header_reader.h"
#include "images/manifest_answer.h"
#include "images/registry_error.h"
#include "images/token.h"
#include "input_parts.h"
#include "oci/media_type.h"

namespace {

using namespace lockstep;

bool is_printable(std::string_view text) {
    return std::ranges::none_of(
        text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; });
}

void check_error(const http::Response& response) {
    const images::RegistryErrors errors = images::parse_registry_errors(response.body);
    CHECK(is_printable(errors.message) && errors.message.size() <= 1000);
    CHECK(std::ranges::all_of(errors.codes, is_printable));
    const Error error = images::error_of(response, "asking");
    CHECK(error.message.starts_with("asking: ") && is_printable(error.message));
    const Result<images::Token> token = images::parse_token(response);
    if (!token.has_value()) return;
    CHECK(!token->text.empty() && token->lifetime.count() > 0);
    CHECK(is_printable(token->text) && !token->text.contains(' '));
}

void check_manifest(const http::Response& response, const images::ManifestName& name) {
    const auto described = images::described_by(response, name);
    if (described.has_value() && described->has_value()) {
        CHECK(oci::media_type::is_manifest((*described)->media_type));
        CHECK(!name.is_digest() || (*described)->digest.str() == name.tag_or_digest);
    }
    const auto manifest = images::manifest_in(response, name);
    if (!manifest.has_value()) {
        CHECK(!manifest.error().message.empty());
        return;
    }
    CHECK(manifest->bytes == response.body && manifest->descriptor.size == response.body.size());
    CHECK(images::is_named_by(manifest->descriptor.digest, manifest->bytes));
    CHECK(oci::media_type::is_manifest(manifest->descriptor.media_type));
    CHECK(!name.is_digest() || manifest->descriptor.digest.str() == name.tag_or_digest);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::string_view head = next_part(text);
    http::HeaderReader reader(4096);
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find('\n'));
        head.remove_prefix(std::min(line.size() + 1, head.size()));
        if (!reader.take(line)) return 0;
    }
    const http::Response response{
        .status = reader.status(),
        .headers = std::move(reader.headers()),
        .body = std::string(text),
        .url = http::Url::parse("https://registry.example.com/v2/").value()};
    check_error(response);
    check_manifest(response, {"app", "v1"});
    if (data[0] % 2 == 1)
        check_manifest(response, {"app", oci::Digest::of(response.body).str()});
    else
        check_manifest(response, {"app", oci::Digest::of("another").str()});
    return 0;
}
