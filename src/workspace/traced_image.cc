#include "workspace/traced_image.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "oci/manifest.h"
#include "version/style.h"

namespace lockstep::workspace {

namespace {

/// Versions first, the newest before the others.
void order_tags(std::vector<std::string>& tags) {
    std::vector<std::pair<std::optional<version::Written>, std::string>> written;
    for (std::string& tag : tags) {
        auto read = version::read_written(tag);
        written.emplace_back(std::move(read), std::move(tag));
    }
    std::ranges::stable_sort(written, [](const auto& a, const auto& b) {
        if (!a.first || !b.first) return a.first.has_value() && !b.first.has_value();
        return b.first->version < a.first->version;
    });
    tags.clear();
    for (auto& [read, tag] : written) tags.push_back(std::move(tag));
}

/// "sha256-….sig" and the fallback index of referrers are no tags of an image.
bool is_of_digest(std::string_view tag) {
    return tag.starts_with("sha256-") && tag.size() >= 71;
}

bool stands_for(const images::RawManifest& manifest, const std::string& digest) {
    if (manifest.descriptor.digest.str() == digest) return true;
    const auto document =
        oci::parse_document("manifest", manifest.descriptor.media_type, manifest.bytes);
    const oci::Index* const index = document ? std::get_if<oci::Index>(&*document) : nullptr;
    return index != nullptr && std::ranges::any_of(index->manifests, [&](const auto& entry) {
               return entry.digest.str() == digest;
           });
}

void read_tags(trace::TracedImage& image, images::Store& store, const std::string& repository) {
    Result<std::vector<std::string>> all = store.tags(repository);
    const oci::Parts asked = oci::split(image.reference);
    if (!all) image.tags_unknown = "its tags could not be listed: " + to_string(all.error());
    std::vector<std::string> tags = all ? *std::move(all) : std::vector<std::string>();
    std::erase_if(tags, is_of_digest);
    order_tags(tags);
    if (!asked.tag.empty()) {
        std::erase(tags, std::string(asked.tag));
        tags.emplace(tags.begin(), asked.tag);
    }
    if (tags.size() > traced_tags_max) {
        image.tags_unknown = "there are " + std::to_string(tags.size()) + " tags; the newest " +
                             std::to_string(traced_tags_max) + " were asked for";
        tags.resize(traced_tags_max);
    }
    std::vector<images::ManifestName> names;
    for (const std::string& tag : tags) names.push_back({repository, tag});
    const auto manifests = store.read_manifests(names);
    for (std::size_t at = 0; at < tags.size(); ++at) {
        if (manifests[at] && stands_for(*manifests[at], image.seen.digest))
            image.tags.push_back(tags[at]);
        else if (!manifests[at] && manifests[at].error().kind != Error::Kind::not_found &&
                 image.tags_unknown.empty())
            image.tags_unknown =
                "`" + tags[at] + "` could not be read: " + to_string(manifests[at].error());
    }
}

}  // namespace

void look_around(trace::TracedImage& image, const Answerer& answerer) {
    const auto reference = oci::Reference::parse(image.reference);
    if (!reference || image.seen.state != evidence::SeenImage::State::found) return;
    read_tags(image, *answerer.store, reference->path());
    read_attachments(image, *answerer.store, reference->path());
}

}  // namespace lockstep::workspace
