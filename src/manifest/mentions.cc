#include "manifest/mentions.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "manifest/place.h"
#include "manifest/text_words.h"
#include "oci/reference.h"

namespace lockstep::manifest {

namespace {

constexpr std::size_t mention_limit = 1'000;
constexpr std::size_t line_limit = 16u << 10;
constexpr std::string_view naming_keys[] = {"image", "Image",     "newName",
                                            "name",  "reference", "repository"};

bool is_naming_key(std::string_view key) {
    return std::any_of(std::begin(naming_keys), std::end(naming_keys),
                       [key](std::string_view each) { return key.ends_with(each); });
}

void add(std::string_view name, std::vector<std::string>& names) {
    while (name.ends_with(':') || name.ends_with('@')) name.remove_suffix(1);
    if (name.empty() || name.starts_with('.') || names.size() >= mention_limit) return;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

/// The name of what may be an image: what stands before a template counts where it ends the name.
void add_image(std::string_view word, bool named, std::vector<std::string>& names) {
    const oci::Parts parts = oci::split(word);
    const bool tagged = !parts.tag.empty() || !parts.digest.empty() || word.ends_with(':');
    if (named || (tagged && parts.name.find('/') != std::string_view::npos)) add(parts.name, names);
}

/// `image: {{ .Values.image }}`: no part of the name is written. In `{{ .Registry }}/app` one is.
bool hides_name(std::string_view value) {
    const std::size_t begin = value.find_first_not_of(" \t\"':");
    if (begin == std::string_view::npos) return false;
    value.remove_prefix(begin);
    const bool templated =
        value.starts_with("{{") || value.starts_with('$') || value.starts_with('%');
    return templated && value.find('/') == std::string_view::npos;
}

bool is_image_key(std::string_view key) {
    return key.ends_with("image") || key.ends_with("Image");
}

[[nodiscard]] bool add_line(std::string_view line, std::vector<std::string>& names) {
    bool named = false;
    for (const Word& word : words_of(line)) {
        const std::string_view rest = line.substr(word.offset + word.text.size());
        std::string_view text = word.text;
        if (const std::size_t equals = text.rfind('='); equals != std::string_view::npos)
            text.remove_prefix(equals + 1);
        if (is_naming_key(text) && rest.find(':') <= 1) {
            if (is_image_key(text) && hides_name(rest)) return false;
            named = true;
            continue;
        }
        add_image(text, named, names);
        named = false;
    }
    return true;
}

}  // namespace

bool add_mentions(std::string_view text, std::vector<std::string>& names) {
    bool all = true;
    for (Lines lines(text); lines.next();)
        all = add_line(lines.line().substr(0, line_limit), names) && all;
    return all && names.size() < mention_limit;
}

std::vector<std::string> mentions_of(std::string_view text) {
    std::vector<std::string> names;
    if (!add_mentions(text, names)) names.clear();
    return names;
}

bool looks_like_manifest(std::string_view text) {
    for (Lines lines(text); lines.next();)
        if (lines.line().starts_with("apiVersion:") || lines.line().starts_with("kind:"))
            return true;
    return false;
}

}  // namespace lockstep::manifest
