// A configuration is whatever a file in a repository says: what is read of it has keys as git
// prints them.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "git/configuration_file.h"

using namespace lockstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto entries = git::parse_configuration_file(input);
    if (!entries) return 0;
    for (const git::ConfigurationEntry& entry : *entries) {
        const std::size_t first = entry.key.find('.');
        CHECK(first != std::string::npos && first != 0);
        CHECK(entry.key.rfind('.') + 1 < entry.key.size());
        CHECK(!entry.key.starts_with("include"));
        CHECK(!entry.value || entry.value->size() <= size);
    }
    return 0;
}
