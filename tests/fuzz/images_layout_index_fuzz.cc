// "tag\n%%\nindex.json": what is put into an index is found again, in it and in its text, and what
// others wrote stays.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "images/layout_index.h"
#include "input_parts.h"
#include "oci/media_type.h"
#include "oci/members.h"
#include "oci/reference.h"

namespace {

using namespace lockstep;
using images::LayoutIndex;

std::vector<std::string> digests_of(const LayoutIndex& index) {
    std::vector<std::string> digests;
    for (const oci::Descriptor& entry : index.entries()) digests.push_back(entry.digest.str());
    return digests;
}

LayoutIndex read_again(const LayoutIndex& index) {
    const Result<std::string> text = index.text();
    CHECK(text.has_value());
    Result<LayoutIndex> again = LayoutIndex::parse("again", *text);
    CHECK(again.has_value());
    CHECK(digests_of(*again) == digests_of(index));
    CHECK(again->tags() == index.tags());
    return *std::move(again);
}

void look_up(const LayoutIndex& index) {
    CHECK(std::ranges::is_sorted(index.tags()));
    for (const std::string& tag : index.tags()) {
        const auto found = index.find_tag(tag);
        CHECK(!found || found->has_value());  // an error where several share it
    }
    for (const oci::Descriptor& entry : index.entries()) CHECK(index.find(entry.digest) != nullptr);
    const Result<oci::Descriptor> only = index.find_only();
    CHECK(only.has_value() || !only.error().message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string tag(next_part(text));
    Result<LayoutIndex> index = LayoutIndex::parse("index", text);
    if (!index.has_value()) {
        CHECK(!index.error().message.empty());
        return 0;
    }
    look_up(*index);
    if (index->entries().size() + 1 > oci::entries_max) return 0;
    (void)read_again(*index);

    const oci::Descriptor manifest{.media_type = std::string(oci::media_type::oci_manifest),
                                   .digest = oci::Digest::of("new"),
                                   .size = 3};
    index->add(manifest);
    CHECK(index->find(manifest.digest) != nullptr);
    if (!oci::Reference::parse("a:" + tag).has_value() || tag.contains('@')) return 0;
    index->put_tag(tag, manifest);
    const LayoutIndex again = read_again(*index);
    for (const LayoutIndex* const either : {&std::as_const(*index), &again}) {
        const auto found = either->find_tag(tag);
        CHECK(found.has_value() && found->has_value() && (*found)->digest == manifest.digest);
    }
    index->remove_bare({index->entries().begin(), index->entries().end()});
    CHECK(index->find_tag(tag).has_value() && index->find_tag(tag)->has_value());
    (void)read_again(*index);
    return 0;
}
