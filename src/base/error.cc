#include "base/error.h"

namespace lockstep {

std::string to_string(const Location& location) {
    std::string text = location.path;
    if (location.line == 0) return text;
    text += ':' + std::to_string(location.line);
    if (location.column != 0) text += ':' + std::to_string(location.column);
    return text;
}

const char* to_string(Error::Kind kind) {
    switch (kind) {
        case Error::Kind::usage:
            return "usage";
        case Error::Kind::invalid:
            return "invalid";
        case Error::Kind::unsupported:
            return "unsupported";
        case Error::Kind::not_found:
            return "not found";
        case Error::Kind::denied:
            return "denied";
        case Error::Kind::conflict:
            return "conflict";
        case Error::Kind::corrupt:
            return "corrupt";
        case Error::Kind::unavailable:
            return "unavailable";
        case Error::Kind::internal:
            return "internal";
    }
    return "internal";
}

std::string to_string(const Error& error) {
    if (!error.at) return error.message;
    return to_string(*error.at) + ": " + error.message;
}

}  // namespace lockstep
