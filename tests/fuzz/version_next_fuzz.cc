// A version and commit messages, as a repository has them: each step leads upwards, and the
// messages of foreign commits ask for a step or for none.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "version/conventional.h"
#include "version/next.h"

using namespace lockstep::version;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string_view line = text.substr(0, text.find('\n'));
    const auto asked = step_of(text.substr(line.size() + (line.size() < text.size() ? 1 : 0)));
    CHECK(!asked || *asked != Step::rc);
    const auto current = Version::parse(line);
    if (!current) return 0;
    for (const Step step : {Step::major, Step::minor, Step::patch, Step::rc})
        for (const Stage stage : {Stage::release, Stage::candidate}) {
            const auto made = next(*current, step, stage);
            if (!made) continue;
            CHECK(*made > *current);
            CHECK(made->is_prerelease() == (step == Step::rc || stage == Stage::candidate));
        }
    return 0;
}
