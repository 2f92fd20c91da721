// URLs come from users, configurations, registries and redirects. The input is a base and, behind a
// newline, a reference.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "http/url.h"

using namespace lockstep;

namespace {

void check(const http::Url& url) {
    const Result<http::Url> again = http::Url::parse(url.str());
    CHECK(again && *again == url && again->str() == url.str());
    CHECK(url.str().size() <= 8192);
    CHECK(url.scheme() == "http" || url.scheme() == "https");
    CHECK(!url.host().empty() && url.port() > 0 && url.port() < 65536);
    CHECK(url.target().starts_with('/') && !url.target().contains('#'));
    CHECK(!url.authority().contains('@') && !url.shown().contains('?'));
    CHECK(url.has_origin_of(*again));
    for (const char c : url.str()) CHECK(c > ' ' && c < '\x7f');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string_view base = text.substr(0, text.find('\n'));
    const Result<http::Url> url = http::Url::parse(base);
    if (!url) {
        CHECK(url.error().kind == Error::Kind::invalid);
        return 0;
    }
    check(*url);
    if (base.size() == size) return 0;
    const Result<http::Url> other = url->resolve(text.substr(base.size() + 1));
    if (!other) {
        CHECK(other.error().kind == Error::Kind::invalid);
        return 0;
    }
    check(*other);
    // Nothing is left to resolve.
    const Result<http::Url> same = url->resolve(other->str());
    CHECK(same && same->has_origin_of(*other));
    return 0;
}
