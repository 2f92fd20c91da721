#include "manifest/image_mapping.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "oci/reference.h"

namespace lockstep::manifest {

namespace {

/// The first of `keys` whose value is a scalar.
const yaml::Node* find_scalar(const yaml::Node& mapping,
                              std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        const yaml::Node* const value = mapping.find(key);
        if (value != nullptr && value->is_scalar()) return value;
    }
    return nullptr;
}

std::string_view text_of(const yaml::Node* scalar) {
    return scalar == nullptr || scalar->is_null() ? std::string_view() : scalar->text;
}

/// Part of an image's name: no URL, no template, no sentence.
bool may_name_image(std::string_view text) {
    return !text.empty() && text.find("://") == std::string_view::npos &&
           text.find_first_of(" {}$\n\t") == std::string_view::npos;
}

bool ends_with_part(std::string_view name, std::string_view part) {
    return name == part || (name.ends_with(part) && name[name.size() - part.size() - 1] == '/');
}

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string digest_of(const yaml::Node& mapping) {
    const std::string_view text =
        text_of(find_scalar(mapping, {"digest", "imageDigest", "sha", "sha256"}));
    if (text.size() == 64 && is_hex(text)) return "sha256:" + std::string(text);
    return text.find(':') == std::string_view::npos ? std::string() : std::string(text);
}

/// The scalars that spell the name, in order; none where the mapping names no image.
std::vector<const yaml::Node*> name_parts(const yaml::Node& mapping, std::string_view key,
                                          bool tagged) {
    const yaml::Node* const repository = find_scalar(mapping, {"repository", "imageRepository"});
    const yaml::Node* const image = find_scalar(mapping, {"image", "imageName"});
    const yaml::Node* const name = mapping.find("name");
    const std::string_view in_repository = text_of(repository);
    const bool named = name != nullptr && name->is_scalar() && may_name_image(name->text);
    if (may_name_image(in_repository)) {
        if (may_name_image(text_of(image)) && !ends_with_part(in_repository, image->text))
            return {repository, image};
        // A list item's `name` is the container's, an image's is part of it.
        if (named && is_image_key(key) && !ends_with_part(in_repository, name->text))
            return {repository, name};
        return tagged || is_image_key(key) ? std::vector{repository}
                                           : std::vector<const yaml::Node*>{};
    }
    if (may_name_image(text_of(image)) && tagged && oci::split(image->text).tag.empty())
        return {image};
    const bool surely = named && (name->text.find('/') != std::string_view::npos ||
                                  (is_image_key(key) && mapping.find("tag") != nullptr));
    if (surely && find_scalar(mapping, {"tag", "imageTag", "digest"}) != nullptr) return {name};
    return {};
}

std::string join_name(const yaml::Node& mapping, const std::vector<const yaml::Node*>& parts) {
    std::string name(text_of(find_scalar(mapping, {"registry", "imageRegistry"})));
    if (!may_name_image(name)) name.clear();
    for (const yaml::Node* const part : parts) {
        if (!name.empty() && !name.ends_with('/')) name += '/';
        name += part->text;
    }
    return name;
}

}  // namespace

bool is_image_key(std::string_view key) {
    return key.find("image") != std::string_view::npos || key.ends_with("Image") ||
           key.ends_with("Images");
}

std::optional<ImageMapping> read_image_mapping(const yaml::Node& mapping, std::string_view key) {
    if (!mapping.is_mapping()) return std::nullopt;
    ImageMapping image;
    image.tag = find_scalar(mapping, {"tag", "imageTag", "version", "release"});
    image.tag_text = text_of(image.tag);
    image.digest = digest_of(mapping);
    const auto parts = name_parts(mapping, key, image.tag != nullptr || !image.digest.empty());
    if (parts.empty()) return std::nullopt;
    image.name = join_name(mapping, parts);
    image.named_by = parts.back();
    return image;
}

}  // namespace lockstep::manifest
