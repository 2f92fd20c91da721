#include "workspace/remote_files.h"

#include "git/remote.h"

namespace lockstep::workspace {

namespace {

constexpr std::size_t file_bytes_max = 32u << 20;

/// As Go's net/http names the statuses that are met.
std::string_view status_text(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 410:
            return "Gone";
        case 429:
            return "Too Many Requests";
        case 500:
            return "Internal Server Error";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return "";
    }
}

}  // namespace

RemoteFiles::RemoteFiles(const Options& options) : options_(options) {}

Result<Blob> RemoteFiles::load(std::string_view url) {
    const std::lock_guard lock(mutex_);
    if (const auto known = loaded_.find(std::string(url)); known != loaded_.end())
        return known->second;
    return loaded_.emplace(url, load_anew(url)).first->second;
}

Result<Blob> RemoteFiles::load_anew(std::string_view url) {
    const std::string shown = '`' + git::without_credentials(url) + '`';
    if (options_.offline || !options_.fetch)
        return fail(
            Error::Kind::unavailable, "remote file " + shown + " was not fetched",
            options_.offline
                ? "run it without --offline"
                : "allow it with --remote-bases: the hosts that the manifests name are then asked");
    if (client_ == nullptr)
        client_ = std::make_unique<http::Client>(
            http::Options{.may_reach_private = options_.may_reach_private});
    const http::Response response =
        TRY(client_->send({.url = TRY(http::Url::parse(url)), .body_bytes_max = file_bytes_max}),
            "fetching " + shown);
    if (response.status < 200 || response.status > 299)
        return fail(Error::Kind::not_found,
                    "HTTP Error: status code " + std::to_string(response.status) + " (" +
                        std::string(status_text(response.status)) + ')',
                    "open the address in a browser: it has to be the file itself");
    return std::make_shared<const std::string>(response.body);
}

}  // namespace lockstep::workspace
