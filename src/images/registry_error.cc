#include "images/registry_error.h"

#include <algorithm>

#include "json/parse.h"
#include "json/utf8.h"
#include "json/value.h"

namespace lockstep::images {

namespace {

constexpr std::size_t message_max = 300;

/// For a terminal: one line, nothing that moves the cursor.
std::string printable(std::string_view text) {
    std::string result = json::valid_utf8(text.substr(0, message_max));
    std::erase_if(result, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; });
    return result;
}

Error::Kind kind_of(int status) {
    using enum Error::Kind;
    if (status == 401 || status == 403) return denied;
    if (status == 404) return not_found;
    if (status == 409 || status == 412) return conflict;
    if (status == 429 || status >= 500) return unavailable;
    return invalid;
}

std::string hint_for(int status) {
    if (status == 401 || status == 403)
        return "log in where docker or podman keep credentials (`docker login`), with the rights "
               "that this needs";
    if (status == 429) return "the registry limits requests: log in, or try again later";
    if (status >= 500) return "try again later";
    return {};
}

}  // namespace

bool RegistryErrors::has(std::string_view code) const {
    return std::ranges::find(codes, code) != codes.end();
}

RegistryErrors parse_registry_errors(std::string_view body) {
    RegistryErrors result;
    const Result<json::Value> document =
        json::parse("answer", body, {.bytes = 64u << 10, .values = 1'000, .depth = 20});
    if (!document) return result;
    const json::Value* const errors = document->find("errors");
    const auto* const list = errors == nullptr ? nullptr : errors->as<json::Array>();
    if (list == nullptr) return result;
    for (const json::Value& entry : *list) {
        const json::Value* const code = entry.find("code");
        const json::Value* const message = entry.find("message");
        if (code != nullptr && code->as<std::string>() != nullptr)
            result.codes.push_back(printable(*code->as<std::string>()));
        if (result.message.empty() && message != nullptr && message->as<std::string>() != nullptr)
            result.message = printable(*message->as<std::string>());
    }
    return result;
}

Error error_of(const http::Response& response, std::string_view doing) {
    const RegistryErrors said = parse_registry_errors(response.body);
    std::string message = std::string(doing) + ": " + response.url.authority() + " answered " +
                          std::to_string(response.status);
    if (!said.codes.empty()) message += ' ' + said.codes.front();
    if (!said.message.empty()) message += " (" + said.message + ')';
    return {.kind = kind_of(response.status),
            .message = std::move(message),
            .hint = hint_for(response.status),
            .at = std::nullopt};
}

}  // namespace lockstep::images
