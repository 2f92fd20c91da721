#include "http/header_list.h"

#include <curl/curl.h>

#include <algorithm>
#include <string_view>

namespace lockstep::http {

namespace {

bool is_name(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const auto is_good = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.contains(c);
    };
    return !text.empty() && std::ranges::all_of(text, is_good);
}

bool is_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f';
    });
}

}  // namespace

HeaderList::HeaderList() = default;
HeaderList::HeaderList(HeaderList&&) noexcept = default;
HeaderList& HeaderList::operator=(HeaderList&&) noexcept = default;
HeaderList::~HeaderList() = default;

Result<void> HeaderList::set(const Headers& headers) {
    if (!lines_.empty() && headers.fields() == fields_) return {};
    lines_.clear();
    nodes_.clear();
    for (const auto& [name, value] : headers.fields()) {
        if (!is_name(name) || !is_value(value))
            return fail(Error::Kind::invalid, "a header that cannot be sent as one line");
        // To libcurl "Name:" means "do not send it", "Name;" one that is empty.
        lines_.push_back(value.empty() ? name + ";" : name + ": " + value);
    }
    // What libcurl would add on its own: a type for bodies that it takes for forms, and a wait
    // before large ones for servers that may want to refuse them.
    if (headers.find("Content-Type") == nullptr) lines_.emplace_back("Content-Type:");
    if (headers.find("Expect") == nullptr) lines_.emplace_back("Expect:");
    fields_ = headers.fields();
    nodes_.resize(lines_.size());
    for (std::size_t at = 0; at < lines_.size(); ++at)
        nodes_[at] = {lines_[at].data(), at + 1 < lines_.size() ? &nodes_[at + 1] : nullptr};
    return {};
}

curl_slist* HeaderList::first() {
    return nodes_.empty() ? nullptr : nodes_.data();
}

}  // namespace lockstep::http
