// What is read of a WWW-Authenticate field is written by the grammar again, and reads the same.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "images/challenge.h"

namespace {

using lockstep::images::Challenge;

bool is_lower(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string written(const Challenge& challenge) {
    std::string text = challenge.scheme;
    std::string_view between = " ";
    for (const auto& [name, value] : challenge.parameters) {
        text += std::string(between) + name + "=\"";
        for (const char c : value) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
        between = ", ";
    }
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::images;
    const std::string_view field(reinterpret_cast<const char*>(data), size);
    const std::vector<Challenge> challenges = parse_challenges(field);
    std::string all;
    std::size_t characters = 0;
    for (const Challenge& challenge : challenges) {
        CHECK(!challenge.scheme.empty() && is_lower(challenge.scheme));
        characters += challenge.scheme.size();
        for (const auto& [name, value] : challenge.parameters) {
            CHECK(!name.empty() && is_lower(name));
            characters += name.size() + value.size();
        }
        if (!challenge.parameters.empty()) (void)challenge.find(challenge.parameters[0].first);
        all += (all.empty() ? "" : ", ") + written(challenge);
    }
    CHECK(characters <= size);
    CHECK(parse_challenges(all) == challenges);
    return 0;
}
