// Any bytes, both dialects: a tree whose places lie inside the text, or an error with a place.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "yaml/parse.h"

namespace {

using namespace lockstep::yaml;

constexpr Limits limits{.bytes = 1 << 20, .nodes = 20'000, .alias_nodes = 5'000, .depth = 100};

void check(const Node& node, std::size_t size, std::size_t depth) {
    CHECK(depth <= limits.depth + 1);
    CHECK(node.mark.source != nullptr && node.mark.line > 0 && node.mark.column > 0);
    CHECK(std::size_t{node.mark.offset} + node.mark.length <= size);
    for (const Node* const item : node.items) check(*item, size, depth + 1);
    for (const Pair& pair : node.pairs) {
        CHECK(pair.key->is_string());
        check(*pair.key, size, depth + 1);
        check(*pair.value, size, depth + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = std::make_shared<const std::string>(data, data + size);
    for (const Dialect dialect : {Dialect::resource, Dialect::kustomization}) {
        const auto document = Document::parse("f", text, dialect, limits);
        if (!document) {
            CHECK(document.error().at.has_value() && !document.error().message.empty());
            continue;
        }
        for (const Node* const root : (*document)->roots()) check(*root, size, 0);
    }
    return 0;
}
