#include "cluster/status.h"

#include <string>

#include "json/parse.h"

namespace lockstep::cluster {

namespace {

using Kind = Error::Kind;

constexpr std::size_t message_max = 500;

Kind kind_of(std::int64_t code) {
    switch (code) {
        case 401:
        case 403:
            return Kind::denied;
        case 404:
            return Kind::not_found;
        case 410:
            return Kind::conflict;
        case 429:
            return Kind::unavailable;
        default:
            return code >= 500 ? Kind::unavailable : Kind::invalid;
    }
}

std::string hint_of(std::int64_t code) {
    switch (code) {
        case 401:
            return "log in again; the kubeconfig's user is not known there";
        case 403:
            return "ask for the rights to get, list and watch it";
        case 429:
        case 503:
            return "the cluster is busy or starting; try again later";
        default:
            return {};
    }
}

Error error(std::int64_t code, std::string_view message) {
    std::string text = "the cluster answers " + std::to_string(code);
    if (!message.empty()) text += ": " + std::string(message.substr(0, message_max));
    return {kind_of(code), std::move(text), hint_of(code), {}};
}

}  // namespace

Error error_of(const http::Response& response) {
    const Result<json::Value> status = json::parse("answer", response.body);
    const bool is_status = status && status->text("kind") == "Status";
    return error(response.status, is_status ? status->text("message") : std::string_view());
}

Error error_of(const json::Value& status) {
    const json::Value* const code = status.find("code");
    const std::int64_t* const number = code == nullptr ? nullptr : code->as<std::int64_t>();
    return error(number == nullptr ? 500 : *number, status.text("message"));
}

}  // namespace lockstep::cluster
