#include "http/redirect.h"

namespace lockstep::http {

bool is_redirect(Method method, int status) {
    const bool is_reading = method == Method::get || method == Method::head;
    const bool is_elsewhere =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    return is_reading && is_elsewhere;
}

Result<Url> redirect_target(const Url& from, std::string_view location) {
    Url to = TRY(from.resolve(location), "it redirects to what lockstep does not follow");
    if (from.is_secure() && !to.is_secure())
        return fail(Error::Kind::denied, "it redirects from https to " + to.shown(),
                    "ask the server's operators to redirect to https");
    return to;
}

void remove_credentials(Headers& headers) {
    for (const char* name : {"Authorization", "Proxy-Authorization", "Cookie"})
        headers.remove(name);
}

}  // namespace lockstep::http
