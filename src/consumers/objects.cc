#include "consumers/objects.h"

#include "manifest/image_mapping.h"
#include "manifest/remote_url.h"
#include "oci/reference.h"

namespace lockstep::consumers {

namespace {

/// A token or a password in a URL is nobody's business.
std::string without_user(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (!url.starts_with("http") || scheme == std::string_view::npos) return std::string(url);
    const std::size_t host = scheme + 3;
    const std::size_t at = url.substr(host, url.find('/', host) - host).rfind('@');
    if (at == std::string_view::npos) return std::string(url);
    return std::string(url.substr(0, host)) + std::string(url.substr(host + at + 1));
}

std::string_view text_of(const yaml::Node* node) {
    return node == nullptr || !node->is_scalar() || node->is_null() ? std::string_view()
                                                                    : node->text;
}

void add_mapping(const yaml::Node& mapping, std::string_view key,
                 std::vector<Override>& overrides) {
    const auto image = manifest::read_image_mapping(mapping, key);
    const bool is_set = image && (!image->tag_text.empty() || !image->digest.empty());
    if (is_set) {
        const yaml::Mark& mark = image->tag != nullptr ? image->tag->mark : mapping.mark;
        overrides.push_back({.image = image->name,
                             .tag = std::string(image->tag_text),
                             .digest = image->digest,
                             .place = manifest::place_of(mark)});
        return;
    }
    // `image: {tag: v1}` alone: the chart says what the image is called.
    const yaml::Node* const tag = mapping.find("tag");
    if (!manifest::is_image_key(key) || text_of(tag).empty()) return;
    overrides.push_back({.image = {},
                         .tag = std::string(tag->text),
                         .digest = {},
                         .place = manifest::place_of(tag->mark)});
}

void add_values(const yaml::Node& values, std::string_view key, unsigned depth,
                std::vector<Override>& overrides) {
    constexpr std::size_t overrides_max = 1'000;
    if (depth > 32 || overrides.size() >= overrides_max) return;
    if (values.is_mapping()) add_mapping(values, key, overrides);
    for (const yaml::Pair& pair : values.pairs)
        add_values(*pair.value, pair.key->text, depth + 1, overrides);
    for (const yaml::Node* item : values.items) add_values(*item, {}, depth + 1, overrides);
}

}  // namespace

Pin make_pin(Source source, const yaml::Node* url, const yaml::Node* revision) {
    Pin pin{.source = source};
    pin.url = without_user(text_of(url));
    const auto remote = manifest::parse_remote_url(pin.url);
    if (remote && !pin.url.starts_with("oci:")) pin.repository = remote->repository;
    pin.revision = text_of(revision);
    pin.form = form_of(pin.revision);
    const yaml::Node* const shown = text_of(revision).empty() ? url : revision;
    if (shown != nullptr) pin.place = manifest::place_of(shown->mark);
    return pin;
}

ObjectKey key_of(const yaml::Node& object) {
    const yaml::Node* const metadata = object.find("metadata");
    const auto text = [&](std::string_view key) {
        return metadata == nullptr ? std::string() : std::string(metadata->text_of(key));
    };
    return {std::string(object.text_of("kind")), text("namespace"), text("name")};
}

std::string title_of(const yaml::Node& object) {
    const ObjectKey key = key_of(object);
    return key.kind + ' ' + (key.name_space.empty() ? "" : key.name_space + '/') + key.name;
}

Override override_of(std::string_view text, const yaml::Mark& mark) {
    // "name=new" replaces the name, too: what runs is the new one.
    const std::size_t equals = text.find('=');
    const oci::Parts parts =
        oci::split(equals == std::string_view::npos ? text : text.substr(equals + 1));
    return {.image = std::string(parts.name),
            .tag = std::string(parts.tag),
            .digest = std::string(parts.digest),
            .place = manifest::place_of(mark)};
}

void add_value_images(const yaml::Node& values, std::vector<Override>& overrides) {
    add_values(values, {}, 0, overrides);
}

}  // namespace lockstep::consumers
