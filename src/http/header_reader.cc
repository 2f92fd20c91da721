#include "http/header_reader.h"

#include <string>

namespace lockstep::http {

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

/// 200 of "HTTP/1.1 200 OK"; 0 where it is no status line.
int status_of(std::string_view line) {
    if (!line.starts_with("HTTP/")) return 0;
    line.remove_prefix(std::min(line.find(' '), line.size()));
    line = trimmed(line).substr(0, 3);
    int status = 0;
    for (const char c : line) {
        if (c < '0' || c > '9') return 0;
        status = status * 10 + (c - '0');
    }
    return line.size() == 3 ? status : 0;
}

}  // namespace

Result<void> HeaderReader::take(std::string_view line) {
    bytes_ += line.size();
    if (bytes_ > bytes_max_)
        return fail(Error::Kind::invalid,
                    "more than " + std::to_string(bytes_max_) + " bytes of headers");
    const bool is_interim = status_ < 200;
    if (is_complete_ && !is_interim) return {};
    if (const int status = is_complete_ || status_ == 0 ? status_of(line) : 0; status != 0) {
        status_ = status;
        is_complete_ = false;
        headers_ = {};
        return {};
    }
    const std::string_view text = trimmed(line);
    const std::size_t colon = text.find(':');
    if (text.empty())
        is_complete_ = true;
    else if (line[0] != ' ' && line[0] != '\t' && colon != std::string_view::npos)
        headers_.add(std::string(trimmed(text.substr(0, colon))),
                     std::string(trimmed(text.substr(colon + 1))));
    return {};
}

}  // namespace lockstep::http
