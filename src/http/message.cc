#include "http/message.h"

#include <strings.h>

#include <algorithm>

namespace lockstep::http {

bool is_same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::remove:
            return "DELETE";
    }
    return "GET";
}

void Headers::add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::remove(std::string_view name) {
    std::erase_if(fields_, [&](const auto& field) { return is_same_name(field.first, name); });
}

const std::string* Headers::find(std::string_view name) const {
    for (const auto& [other, value] : fields_)
        if (is_same_name(other, name)) return &value;
    return nullptr;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [other, value] : fields_)
        if (is_same_name(other, name)) values.emplace_back(value);
    return values;
}

}  // namespace lockstep::http
