#include "report/sarif_text.h"

#include <cstdint>

#include "report/printable.h"

namespace lockstep::report {

std::string uri_of(std::string_view path) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string uri;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') ||
                              std::string_view("-._~/").find(c) != std::string_view::npos;
        if (is_plain)
            uri += c;
        else
            uri += {'%', hex[byte >> 4], hex[byte & 15]};
    }
    return uri;
}

std::string message_text(std::string_view text) {
    const std::string shown = printable(text);
    if (shown.find("](") == std::string::npos) return shown;
    std::string escaped;
    for (const char c : shown) {
        if (c == '[' || c == ']') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string fingerprint(std::initializer_list<std::string_view> parts) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3u; };
    for (const std::string_view part : parts) {
        for (const char c : part) add(static_cast<unsigned char>(c));
        add(0);
    }
    std::string digits;
    for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(hash >> shift) & 15];
    return digits;
}

}  // namespace lockstep::report
