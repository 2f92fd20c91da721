#pragma once

#include <string>
#include <string_view>

#include "http/url.h"

namespace lockstep::http {

/// The proxies that the environment names, by the variables that curl reads: `http_proxy` (in lower
/// case only: a CGI program's HTTP_PROXY is a request's header), `https_proxy`, `all_proxy`,
/// `no_proxy`, the last three also in upper case.
///
/// libcurl is told which proxy to use for each request and looks none up itself, because whether an
/// address is judged depends on it.
class Proxies {
  public:
    static Proxies from_environment();
    /// This one, whatever the URL.
    static Proxies always(const std::string& proxy);

    /// The proxy on the way to `url`, as libcurl takes it; empty: none.
    std::string_view find(const Url& url) const;

  private:
    bool is_excepted(const std::string& host) const;

    std::string http_, https_, except_;
};

}  // namespace lockstep::http
