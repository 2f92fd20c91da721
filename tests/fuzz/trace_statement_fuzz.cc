// Whatever an attestation holds: what is read of it is whole, and its envelope's payload too.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "trace/statement.h"

namespace {

bool is_lower_hexadecimal(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void check(const lockstep::trace::Statement& statement) {
    CHECK(!statement.predicate_type.empty());
    for (const std::string& subject : statement.subjects) CHECK(subject.starts_with("sha256:"));
    for (const auto& source : statement.dependencies) {
        CHECK(source.commit.size() == 40 || source.commit.size() == 64);
        CHECK(is_lower_hexadecimal(source.commit));
        const std::string repository = lockstep::trace::repository_of_uri(source.uri);
        CHECK(repository.empty() || repository.contains('/'));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::trace;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto statement = parse_statement("input", text);
    if (statement) check(*statement);
    if (!statement) CHECK(!statement.error().message.empty());
    const auto envelope = parse_envelope("input", text);
    if (!envelope) return 0;
    if (const auto inner = parse_statement("payload", envelope->payload)) check(*inner);
    return 0;
}
