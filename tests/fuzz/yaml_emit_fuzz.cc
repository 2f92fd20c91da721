// What was printed reads as what was printed: printing it again gives the same bytes, and the tree
// read back from it is equal to the next one.
//
// Printing itself is not the identity on what was read (numbers are normalised, folded scalars
// grow, dates become strings), so the first printing is the start and not the first tree. U+2028
// and U+2029 are written as line breaks and come back with the spaces of the indentation.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "yaml/emit.h"
#include "yaml/parse.h"

namespace {

using namespace lockstep;
using namespace lockstep::yaml;

constexpr Limits limits{.bytes = 1 << 20, .nodes = 20'000, .alias_nodes = 5'000, .depth = 100};

Result<std::shared_ptr<const Document>> parse(std::string text) {
    return Document::parse("f", std::make_shared<const std::string>(std::move(text)),
                           Dialect::resource, limits);
}

bool has_rare_breaks(const std::string& text) {
    return text.find("\xE2\x80\xA8") != text.npos || text.find("\xE2\x80\xA9") != text.npos;
}

void check_again(const Node& root) {
    std::string first;
    if (!emit(root, first) || has_rare_breaks(first)) return;
    const auto document = parse(first);
    CHECK(document.has_value());
    if ((*document)->roots().empty()) return;  // `{}` and null count as empty
    const Node& read = *(*document)->roots()[0];
    std::string second;
    CHECK(emit(read, second).has_value());
    CHECK(first == second);
    const auto next = parse(second);
    CHECK(next.has_value() && equal(read, *(*next)->roots()[0]));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = parse(std::string(data, data + size));
    if (!document) return 0;
    for (const Node* const root : (*document)->roots()) check_again(*root);
    return 0;
}
