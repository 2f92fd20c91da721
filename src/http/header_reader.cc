#include "http/header_reader.h"

#include <algorithm>
#include <string>
#include <utility>

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

bool is_length(std::string_view value) {
    constexpr std::size_t digits_max = 18;  // so that it fits in 63 bits
    return !value.empty() && value.size() <= digits_max &&
           std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
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
    if (trimmed(line).empty()) {
        is_complete_ = true;
        return {};
    }
    return take_field(line);
}

Result<void> HeaderReader::take_field(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (line[0] == ' ' || line[0] == '\t' || colon == std::string_view::npos) return {};
    std::string name(trimmed(line.substr(0, colon)));
    std::string value(trimmed(line.substr(colon + 1)));
    if (is_same_name(name, "Content-Length")) {
        // libcurl reads on to the end of the connection where it cannot read the number, and takes
        // the last of several.
        const std::string* before = headers_.find(name);
        if (!is_length(value) || (before != nullptr && *before != value))
            return fail(Error::Kind::invalid, "the answer is no HTTP: its length is no number");
    }
    headers_.add(std::move(name), std::move(value));
    return {};
}

}  // namespace lockstep::http
