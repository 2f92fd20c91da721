#include "report/printable.h"

#include <algorithm>
#include <iterator>

#include "json/utf8.h"

namespace lockstep::report {

namespace {

struct Range {
    char32_t first, last;
};

template <std::size_t N>
bool is_in(const Range (&ranges)[N], char32_t point) {
    const auto after =
        std::upper_bound(std::begin(ranges), std::end(ranges), point,
                         [](char32_t wanted, const Range& range) { return wanted < range.first; });
    return after != std::begin(ranges) && point <= std::prev(after)->last;
}

// Controls, and what changes the direction of text or cannot be seen.
constexpr Range unprintable[] = {{0x0, 0x1F},      {0x7F, 0x9F},      {0xAD, 0xAD},
                                 {0x61C, 0x61C},   {0x180E, 0x180E},  {0x200B, 0x200F},
                                 {0x2028, 0x202E}, {0x2060, 0x206F},  {0xFEFF, 0xFEFF},
                                 {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};

// Combining marks of the scripts one meets in manifests and READMEs (Unicode 14).
constexpr Range zero_wide[] = {
    {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},   {0x64B, 0x65F},
    {0x6D6, 0x6DC},   {0x900, 0x902},   {0x941, 0x948},   {0x94D, 0x94D},   {0xE31, 0xE31},
    {0xE34, 0xE3A},   {0xE47, 0xE4E},   {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20F0},
    {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}};

// East Asian Wide and Fullwidth (Unicode 14), neighbouring blocks joined.
constexpr Range double_wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
    {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CD5}, {0x1AFF0, 0x1B2FB}, {0x1F004, 0x1F004},
    {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320},
    {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA},
    {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
    {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
    {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
    {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2},
    {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0},
    {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAF6},
    {0x20000, 0x3FFFD}};

std::string hex(char32_t value, unsigned least_digits) {
    std::string digits;
    for (; value != 0 || digits.size() < least_digits; value >>= 4)
        digits.insert(digits.begin(), "0123456789abcdef"[value & 15]);
    return digits;
}

std::string escaped(const json::CodePoint& point) {
    if (point.value == '\n') return "\\n";
    if (point.value == '\r') return "\\r";
    if (point.value == '\t') return "\\t";
    if (point.value < 0x80 || !point.is_valid) return "\\x" + hex(point.value, 2);
    return "\\u{" + hex(point.value, 2) + "}";
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const json::CodePoint point = json::decode(text);
        if (!point.is_valid || is_in(unprintable, point.value))
            out += escaped(point);
        else
            out += text.substr(0, point.length);
        text.remove_prefix(point.length);
    }
    return out;
}

unsigned display_width(char32_t point) {
    if (point < 0x300) return 1;
    if (is_in(zero_wide, point)) return 0;
    return is_in(double_wide, point) ? 2 : 1;
}

unsigned display_width(std::string_view text) {
    unsigned width = 0;
    while (!text.empty()) {
        const json::CodePoint point = json::decode(text);
        width += display_width(point.value);
        text.remove_prefix(point.length);
    }
    return width;
}

std::string cut(std::string_view text, unsigned width) {
    if (display_width(text) <= width) return std::string(text);
    if (width == 0) return {};
    std::string out;
    unsigned used = 1;  // the ellipsis
    while (!text.empty()) {
        const json::CodePoint point = json::decode(text);
        used += display_width(point.value);
        if (used > width) break;
        out += text.substr(0, point.length);
        text.remove_prefix(point.length);
    }
    return out + "…";
}

std::string cut_middle(std::string_view text, unsigned width) {
    if (display_width(text) <= width) return std::string(text);
    std::string head = cut(text, width / 2);
    std::string_view tail = text;
    while (!tail.empty() && display_width(head) + display_width(tail) > width)
        tail.remove_prefix(json::decode(tail).length);
    return head.append(tail);
}

std::vector<std::string> lines_within(std::string_view text, unsigned width) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        if (lines.empty() || display_width(lines.back()) + 1 + display_width(word) > width)
            lines.emplace_back(word);
        else
            lines.back().append(" ").append(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string padded(std::string text, unsigned width) {
    const unsigned used = display_width(text);
    if (used < width) text.append(width - used, ' ');
    return text;
}

}  // namespace lockstep::report
