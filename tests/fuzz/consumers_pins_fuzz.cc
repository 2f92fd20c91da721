// Whatever a file of a GitOps repository holds: each pin and each override stands in it.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "consumers/judge.h"
#include "consumers/read_pins.h"

namespace {

void check_place(const lockstep::manifest::Place& place, std::string_view path,
                 std::ptrdiff_t lines) {
    CHECK(place.at.path == path);
    CHECK(place.at.line >= 1 && place.at.line <= lines + 1);
    CHECK(place.at.column >= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::consumers;
    const auto text =
        std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
    const std::ptrdiff_t lines = std::ranges::count(*text, '\n');
    for (const std::string_view path : {"kustomization.yaml", "Chart.yaml", "app.yaml"}) {
        const Found found = read_pins_of(path, text);
        for (const Pin& pin : found.pins) {
            check_place(pin.place, path, lines);
            for (const Override& over : pin.overrides) check_place(over.place, path, lines);
        }
        for (const auto& gap : found.gaps) CHECK(!gap.error.message.empty());
        // Of what nothing is known, nothing is fine.
        for (const JudgedPin& judged : judge(found, {}).pins)
            CHECK(judged.verdict == Verdict::unchecked || judged.verdict == Verdict::floating);
    }
    return 0;
}
