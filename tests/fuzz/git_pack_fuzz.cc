// A pack and its index are whatever the bytes of a repository say. Input: how long the index is
// (four bytes, the highest first), the index, the pack. What can be read has the size and type that
// its header says, at every offset, whether or not the index names it.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "git/big_endian.h"
#include "git/pack.h"

using namespace lockstep;

namespace {

void read_at(const git::Pack& pack, std::uint64_t offset, git::PackReading& reading) {
    constexpr std::size_t small = 1u << 16;
    const auto object = pack.read(offset, small, reading);
    const auto header = pack.header(offset, reading);
    if (!object) return;
    CHECK(object->bytes.size() <= small);
    CHECK(header && header->type == object->type && header->size == object->bytes.size());
}

void read_all(std::string_view index, std::string_view bytes, std::size_t id_bytes) {
    const auto pack = git::Pack::over(index, bytes, id_bytes);
    if (!pack) return;
    git::PackReading reading;
    for (std::uint32_t at = 0; at < pack->index().count(); ++at) {
        const auto id = git::ObjectId::from_bytes(pack->index().id_at(at));
        CHECK(id);
        if (const auto offset = pack->index().find(*id)) read_at(*pack, *offset, reading);
    }
    for (std::uint64_t offset = 0; offset <= bytes.size(); ++offset)
        read_at(*pack, offset, reading);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.size() < 4 || input.size() > 8192) return 0;
    const std::size_t length = git::big_endian<std::uint32_t>(input, 0);
    input.remove_prefix(4);
    if (length > input.size()) return 0;
    for (const std::size_t id_bytes : {20u, 32u})
        read_all(input.substr(0, length), input.substr(length), id_bytes);
    return 0;
}
