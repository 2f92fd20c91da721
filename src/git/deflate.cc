#include "git/deflate.h"

#include <zlib.h>

#include "base/check.h"

namespace lockstep::git {

std::string deflate(std::string_view bytes) {
    std::string stream;
    stream.resize_and_overwrite(::compressBound(bytes.size()), [&](char* to, std::size_t room) {
        uLongf size = room;
        CHECK(::compress2(reinterpret_cast<Bytef*>(to), &size,
                          reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(),
                          Z_BEST_SPEED) == Z_OK);
        return size;
    });
    return stream;
}

}  // namespace lockstep::git
