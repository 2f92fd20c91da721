#include "manifest/container_images.h"

#include <algorithm>
#include <cstddef>

#include "base/glob.h"
#include "manifest/field_path.h"
#include "manifest/image_text.h"

namespace lockstep::manifest {

namespace {

using Report = std::function<void(NamedImage)>;

Certainty of_variable(std::string_view name, const Fields& fields) {
    const bool configured =
        std::any_of(fields.environment.begin(), fields.environment.end(),
                    [name](const std::string& glob) { return matches_glob(glob, name); });
    if (configured || name.starts_with("RELATED_IMAGE_")) return Certainty::certain;
    return name.find("IMAGE") == std::string_view::npos ? Certainty::unlikely : Certainty::likely;
}

/// `flag` with its dashes, empty for an argument that follows none.
Certainty of_flag(std::string_view flag, const Fields& fields) {
    const auto& configured = fields.arguments;
    if (std::find(configured.begin(), configured.end(), flag) != configured.end())
        return Certainty::certain;
    return flag.ends_with("image") ? Certainty::likely : Certainty::unlikely;
}

void find_in_environment(const yaml::Node& list, const std::string& field, const Fields& fields,
                         const Report& found) {
    for (std::size_t at = 0; at < list.items.size(); ++at) {
        const yaml::Node* const value = list.items[at]->find("value");
        if (value == nullptr || !value->is_string()) continue;
        if (is_image(value->text, of_variable(list.items[at]->text_of("name"), fields)))
            found({value, with_key(with_index(field, at), "value"), value->text});
    }
}

void find_in_arguments(const yaml::Node& list, const std::string& field, const Fields& fields,
                       const Report& found) {
    std::string_view waiting;  // a flag whose value is the next argument
    for (std::size_t at = 0; at < list.items.size(); ++at) {
        const yaml::Node& item = *list.items[at];
        std::string_view flag = waiting;
        waiting = {};
        if (!item.is_string()) continue;
        std::string_view value = item.text;
        if (value.starts_with('-')) {
            const std::size_t equals = value.find('=');
            flag = value.substr(0, equals);
            if (equals == std::string_view::npos) {
                waiting = flag;
                continue;
            }
            value.remove_prefix(equals + 1);
        }
        if (is_image(value, of_flag(flag, fields))) found({&item, with_index(field, at), value});
    }
}

}  // namespace

void find_container_images(const yaml::Node& container, const std::string& field,
                           const Fields& fields, const Report& found) {
    for (const yaml::Pair& pair : container.pairs) {
        const std::string_view key = pair.key->text;
        const yaml::Node& value = *pair.value;
        if (key == "image" && value.is_scalar() && !value.is_null() && !value.text.empty())
            found({&value, with_key(field, key), value.text});
        if (key == "env") find_in_environment(value, with_key(field, key), fields, found);
        if (key == "args" || key == "command")
            find_in_arguments(value, with_key(field, key), fields, found);
    }
}

}  // namespace lockstep::manifest
