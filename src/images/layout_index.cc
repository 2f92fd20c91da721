#include "images/layout_index.h"

#include <algorithm>
#include <utility>

#include "json/parse.h"
#include "json/writer.h"
#include "oci/media_type.h"
#include "oci/members.h"
#include "oci/reference.h"

namespace lockstep::images {

namespace {

constexpr std::string_view name_annotation = "org.opencontainers.image.ref.name";

std::string_view name_of(const oci::Descriptor& entry) {
    const auto found = entry.annotations.find(name_annotation);
    return found == entry.annotations.end() ? std::string_view() : found->second;
}

/// The tag that an entry's name stands for: the name itself, or the tag of a whole reference. Empty
/// where it has none.
std::string tag_of(std::string_view name) {
    if (name.empty()) return {};
    if (oci::Reference::parse("a:" + std::string(name)).has_value() && !name.contains('@'))
        return std::string(name);
    const Result<oci::Reference> reference = oci::Reference::parse(name);
    return reference.has_value() ? reference->tag() : std::string();
}

/// The list of entries, made where it is missing.
json::Array& list_of(json::Value& document) {
    json::Object& object = std::get<json::Object>(document.data);
    auto found = std::ranges::find(object, "manifests", &json::Member::key);
    if (found == object.end())
        found = object.insert(object.end(), {.key = "manifests", .value = {json::Array()}});
    if (found->value.is_null()) found->value.data = json::Array();
    return std::get<json::Array>(found->value.data);
}

}  // namespace

Result<LayoutIndex> LayoutIndex::parse(std::string name, std::string_view text) {
    oci::Document document = TRY(oci::parse_document(name, oci::media_type::oci_index, text));
    json::Value value = TRY(json::parse(name, text, {.bytes = oci::manifest_bytes_max}));
    return LayoutIndex(std::move(name), std::move(value),
                       std::move(std::get<oci::Index>(document)));
}

Result<std::optional<oci::Descriptor>> LayoutIndex::find_tag(std::string_view tag) const {
    const oci::Descriptor* found = nullptr;
    bool is_exact = false;
    for (const oci::Descriptor& entry : index_.manifests) {
        const std::string_view name = name_of(entry);
        const bool is_name = name == tag;
        if (!is_name && (is_exact || tag_of(name) != tag)) continue;
        if (found != nullptr && is_name == is_exact && found->digest != entry.digest)
            return fail(Error::Kind::invalid,
                        "tag `" + std::string(tag) + "` names both " + found->digest.str() +
                            " and " + entry.digest.str(),
                        "name the one you mean by its digest", Location{name_, 0, 0});
        if (found == nullptr || (is_name && !is_exact)) found = &entry;
        is_exact = is_exact || is_name;
    }
    if (found == nullptr) return std::nullopt;
    return std::optional(*found);
}

Result<oci::Descriptor> LayoutIndex::find_only() const {
    if (index_.manifests.empty())
        return fail(Error::Kind::not_found, "the image layout is empty", "", Location{name_, 0, 0});
    const oci::Descriptor& first = index_.manifests.front();
    const bool is_only = std::ranges::all_of(index_.manifests, [&](const oci::Descriptor& entry) {
        return entry.digest == first.digest;
    });
    if (is_only) return first;
    std::string hint = "name one by its tag or digest";
    const std::vector<std::string> tags = this->tags();
    for (std::size_t at = 0; at < std::min<std::size_t>(tags.size(), 5); ++at)
        hint += (at == 0 ? "; tags are `" : "`, `") + tags[at];
    if (!tags.empty()) hint += tags.size() > 5 ? "`, …" : "`";
    return fail(Error::Kind::usage,
                "the image layout lists " + std::to_string(index_.manifests.size()) + " images",
                std::move(hint), Location{name_, 0, 0});
}

const oci::Descriptor* LayoutIndex::find(const oci::Digest& digest) const {
    const auto found = std::ranges::find(index_.manifests, digest, &oci::Descriptor::digest);
    return found == index_.manifests.end() ? nullptr : &*found;
}

std::vector<std::string> LayoutIndex::tags() const {
    std::vector<std::string> tags;
    for (const oci::Descriptor& entry : index_.manifests)
        if (std::string tag = tag_of(name_of(entry)); !tag.empty()) tags.push_back(std::move(tag));
    std::ranges::sort(tags);
    tags.erase(std::ranges::unique(tags).begin(), tags.end());
    return tags;
}

template <typename Goes>
void LayoutIndex::remove_if(Goes goes) {
    json::Array& list = list_of(document_);
    std::size_t kept = 0;
    for (std::size_t at = 0; at < index_.manifests.size(); ++at) {
        if (goes(index_.manifests[at])) continue;
        if (kept != at) {
            index_.manifests[kept] = std::move(index_.manifests[at]);
            list[kept] = std::move(list[at]);
        }
        ++kept;
    }
    index_.manifests.erase(index_.manifests.begin() + static_cast<std::ptrdiff_t>(kept),
                           index_.manifests.end());
    list.resize(kept);
}

void LayoutIndex::append(const oci::Descriptor& manifest, std::string_view tag) {
    oci::Descriptor entry{.media_type = manifest.media_type,
                          .digest = manifest.digest,
                          .size = manifest.size,
                          .artifact_type = manifest.artifact_type};
    json::Object object = {
        {"mediaType", {entry.media_type}},
        {"digest", {entry.digest.str()}},
        {"size", {static_cast<std::int64_t>(entry.size)}},
    };
    if (!entry.artifact_type.empty()) object.push_back({"artifactType", {entry.artifact_type}});
    if (!tag.empty()) {
        entry.annotations.emplace(name_annotation, tag);
        object.push_back(
            {"annotations", {json::Object{{std::string(name_annotation), {std::string(tag)}}}}});
    }
    index_.manifests.push_back(std::move(entry));
    list_of(document_).push_back({std::move(object)});
}

void LayoutIndex::put_tag(std::string_view tag, const oci::Descriptor& manifest) {
    remove_if([&](const oci::Descriptor& entry) { return tag_of(name_of(entry)) == tag; });
    remove_if([&](const oci::Descriptor& entry) {
        return entry.annotations.empty() && entry.digest == manifest.digest;
    });
    append(manifest, tag);
}

void LayoutIndex::add(const oci::Descriptor& manifest) {
    if (find(manifest.digest) == nullptr) append(manifest, {});
}

void LayoutIndex::remove_bare(const std::vector<oci::Descriptor>& manifests) {
    std::vector<oci::Digest> digests;
    for (const oci::Descriptor& manifest : manifests) digests.push_back(manifest.digest);
    std::ranges::sort(digests);
    remove_if([&](const oci::Descriptor& entry) {
        return entry.annotations.empty() && entry.artifact_type.empty() &&
               std::ranges::binary_search(digests, entry.digest);
    });
}

void LayoutIndex::remove(const oci::Digest& digest) {
    remove_if([&](const oci::Descriptor& entry) { return entry.digest == digest; });
}

Result<std::string> LayoutIndex::text() const {
    std::string text = json::write(document_, json::Style::compact);
    if (text.size() > oci::manifest_bytes_max || index_.manifests.size() > oci::entries_max)
        return fail(Error::Kind::invalid,
                    "the index of the layout would be too large: " +
                        std::to_string(index_.manifests.size()) + " entries in " +
                        std::to_string(text.size()) + " bytes",
                    "use another layout, or remove what is not needed from this one",
                    Location{name_, 0, 0});
    return text;
}

}  // namespace lockstep::images
