// Whatever a repository holds: what reaches a terminal is printable, fits, and the caret stands
// under the mark; what reaches a page has no markup of its own.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "json/utf8.h"
#include "report/excerpt.h"
#include "report/printable.h"
#include "report/xml.h"

namespace {

using namespace lockstep;

void check_printable(std::string_view text) {
    while (!text.empty()) {
        const json::CodePoint point = json::decode(text);
        CHECK(point.is_valid);
        CHECK(point.value >= 0x20 && point.value != 0x7F);
        CHECK(point.value < 0x80 || point.value >= 0xA0);
        text.remove_prefix(point.length);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const unsigned column = data[0], length = data[1], room = data[2];
    const std::string_view line(reinterpret_cast<const char*>(data) + 3, size - 3);

    const report::Excerpt excerpt = report::make_excerpt(line, column, length, room);
    const std::string shown = excerpt.before + excerpt.marked + excerpt.after;
    check_printable(shown);
    CHECK(report::display_width(excerpt.before) == excerpt.indent);
    CHECK(report::display_width(excerpt.marked) == excerpt.width);
    CHECK(report::display_width(shown) <= (room < 8 ? 8 : room));

    const std::string printable = report::printable(line);
    check_printable(printable);
    CHECK(report::display_width(report::cut(printable, room)) <= room);
    CHECK(report::printable(printable) == printable);

    const std::string escaped = report::xml_escaped(line);
    CHECK(escaped.find_first_of("<>\"'") == std::string::npos);
    CHECK(json::valid_utf8(escaped) == escaped);
    return 0;
}
