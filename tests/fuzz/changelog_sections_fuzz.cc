// Whatever a change log holds: sections lie in the text one behind the other, their number and
// their notes are bounded, and no note is empty.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "changelog/notes.h"
#include "changelog/sections.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::changelog;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const char* last = text.data();
    unsigned line = 0;
    const auto sections = sections_of(text);
    CHECK(sections.size() <= 10'000);
    for (const Section& section : sections) {
        CHECK(section.line > line);
        line = section.line;
        if (section.body.empty()) continue;
        CHECK(section.body.data() >= last);
        last = section.body.data() + section.body.size();
        CHECK(last <= text.data() + text.size());
        for (const Note& note : notes_of(section.body))
            CHECK(!note.text.empty() && note.text.size() < 2100);
    }
    CHECK(notes_of(text, 10).size() <= 10);
    return 0;
}
