// What a foreign server says to a push or when it is asked for its refs: a list of refs is one of
// those that were asked for, a push is never accepted that the answer does not name, and what is
// shown has neither control characters nor the password.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "git/push_command.h"
#include "git/remote_refs.h"
#include "git/user_configuration.h"

using namespace lockstep;

namespace {

bool is_fit_to_be_shown(std::string_view text) {
    return !text.contains("s3cr3t") && std::ranges::none_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

void push(std::string_view out, std::string_view err) {
    const auto value = git::ObjectId::parse(std::string(40, '1'));
    const std::vector<git::RefUpdate> updates = {
        {.ref = "refs/heads/main", .expected = {}, .value = *value}};
    const auto pushed =
        git::read_push({.exit = {}, .out = std::string(out), .err = std::string(err)}, updates,
                       "https://me:s3cr3t@host/x");
    if (!pushed) {
        CHECK(is_fit_to_be_shown(pushed.error().message));
        return;
    }
    CHECK(is_fit_to_be_shown(pushed->reason));
    if (pushed->outcome == git::Pushed::Outcome::accepted) CHECK(out.contains("refs/heads/main"));
}

void list(std::string_view out) {
    const std::vector<std::string> patterns = {"refs/tags/*"};
    const auto refs = git::parse_remote_refs(out, patterns);
    if (!refs) return;
    for (const auto& [ref, id] : refs->refs) CHECK(ref.starts_with("refs/tags/"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string_view out = text.substr(0, text.find('\0'));
    push(out, text.substr(std::min(out.size() + 1, text.size())));
    list(text);
    static_cast<void>(git::to_text(git::parse_configuration(text)));
    return 0;
}
