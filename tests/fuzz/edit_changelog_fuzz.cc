// Whatever a change log holds: what is edited keeps every byte that was there, but for the tag that
// a link compares with, and edited again it is left alone or refused.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "edit/changelog.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::edit;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Options options{.tag = "v9.8.7", .version = "9.8.7", .date = "2026-11-28"};
    const auto edit = release_changes("CHANGELOG.md", text, options);
    if (!edit || edit->edits.empty()) return 0;
    CHECK(edit->edits.size() == edit->replacements.size());
    std::size_t at = 0;
    for (const ByteEdit& each : edit->edits) {
        CHECK(each.offset >= at && each.end() <= text.size());
        if (each.length != 0) CHECK(each.after == "v9.8.7");
        at = each.end();
    }
    const std::string after = applied(text, edit->edits);
    CHECK(after.find("9.8.7") != std::string::npos);
    const auto again = release_changes("CHANGELOG.md", after, options);
    CHECK(!again || again->edits.empty());
    return 0;
}
