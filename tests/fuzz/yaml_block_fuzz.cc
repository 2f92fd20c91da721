// Any bytes: our reader of the block style declines them, or its events are libyaml's, to the byte.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "yaml/both_readers.h"

namespace {

using namespace lockstep;
using namespace lockstep::yaml;

void check(BlockReader& reader, const Source& source, const Piece& piece) {
    const auto ours = block_events(reader, piece);
    if (!ours) return;
    BytePositions positions(*source.text, Encoding::utf8, false);
    CHECK(*ours == library_events(source, positions, piece));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Source source{"f", std::make_shared<const std::string>(data, data + size)};
    const std::string_view text = *source.text;
    BlockReader reader(source);
    check(reader, source, {text, 0, 0});
    const auto pieces = cut_documents(text, "f");
    if (!pieces) return 0;
    for (const Piece& piece : *pieces) check(reader, source, piece);
    return 0;
}
