#include "cluster/identity.h"

#include <ctime>

#include "base/base64.h"
#include "cluster/plugin.h"
#include "os/file.h"

namespace lockstep::cluster {

namespace {

/// Credentials that are over in a moment are over by the time they arrive.
constexpr std::int64_t margin_s = 5;

Result<std::string> text_or_file(const std::string& text, const std::string& file) {
    if (!text.empty() || file.empty()) return text;
    return os::read_file(file, 1u << 20);
}

std::string trimmed(std::string text) {
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    text.erase(end == std::string::npos ? 0 : end + 1);
    text.erase(0, text.find_first_not_of(" \t\r\n"));
    return text;
}

}  // namespace

Result<Credentials> Identity::make() {
    const User& user = access_->user;
    if (!user.unsupported.empty())
        return fail(Error::Kind::unsupported,
                    "the user of this context has `" + user.unsupported + "`, which is not read",
                    "use a token, a certificate or an `exec` plugin");
    Credentials made;
    made.certificate = TRY(text_or_file(user.certificate_data, user.certificate_file));
    made.key = TRY(text_or_file(user.key_data, user.key_file));
    if (!user.token_file.empty()) {
        // As kubectl does: where the file cannot be read, the token that stands beside it counts.
        const auto token = os::read_file(user.token_file, 1u << 20);
        if (!token && user.token.empty())
            return detail::passed_up(token, std::string("the token of the cluster's user"));
        made.authorization = "Bearer " + (token ? trimmed(*token) : user.token);
    } else if (!user.token.empty()) {
        made.authorization = "Bearer " + user.token;
    } else if (!user.name.empty()) {
        made.authorization = "Basic " + encode_base64(user.name + ":" + user.password);
    } else if (user.plugin) {
        PluginAnswer answer = TRY(ask_plugin(*user.plugin, access_->server));
        if (!answer.token.empty()) made.authorization = "Bearer " + answer.token;
        if (!answer.certificate.empty()) {
            made.certificate = std::move(answer.certificate);
            made.key = std::move(answer.key);
        }
        expires_ = answer.expires;
    }
    return made;
}

bool Identity::is_due() const {
    if (!made_) return true;
    if (expires_ && *expires_ - margin_s <= std::time(nullptr)) return true;
    return !access_->user.token_file.empty() &&
           std::chrono::steady_clock::now() - made_at_ > file_age_max;
}

Result<Credentials> Identity::current() {
    if (!is_due()) return *made_;
    expires_.reset();
    made_ = TRY(make());
    made_at_ = std::chrono::steady_clock::now();
    return *made_;
}

bool Identity::forget() {
    made_.reset();
    return access_->user.plugin.has_value() || !access_->user.token_file.empty();
}

}  // namespace lockstep::cluster
