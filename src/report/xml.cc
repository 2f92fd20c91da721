#include "report/xml.h"

#include "json/utf8.h"
#include "report/printable.h"

namespace lockstep::report {

namespace {

std::string_view entity_of(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";  // always: "]]>" may not stand in XML
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

/// U+FFFE and U+FFFF are no characters of XML, though valid UTF-8.
bool is_no_character(char32_t point) {
    return (point & 0xFFFE) == 0xFFFE;
}

}  // namespace

std::string xml_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const json::CodePoint point = json::decode(text);
        const std::string_view bytes = text.substr(0, point.length);
        if (const std::string_view entity = entity_of(text.front()); !entity.empty())
            out += entity;
        else if (bytes == "\n" || bytes == "\t")
            out += bytes;
        else
            out +=
                point.is_valid && is_no_character(point.value) ? "\xef\xbf\xbd" : printable(bytes);
        text.remove_prefix(point.length);
    }
    return out;
}

}  // namespace lockstep::report
