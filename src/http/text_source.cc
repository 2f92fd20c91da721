#include "http/text_source.h"

#include <algorithm>
#include <cstring>

namespace lockstep::http {

Result<std::size_t> TextSource::read(char* buffer, std::size_t capacity) {
    const std::size_t count = std::min(capacity, text_.size() - at_);
    std::memcpy(buffer, text_.data() + at_, count);
    at_ += count;
    return count;
}

bool TextSource::rewind() {
    at_ = 0;
    return true;
}

}  // namespace lockstep::http
