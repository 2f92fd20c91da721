#include "kustomize/merge_elements.h"

#include <string>

namespace lockstep::kustomize {

namespace {

bool has_fields(const yaml::Node& element, const ElementKey& key) {
    for (std::size_t i = 0; i < key.keys.size(); ++i) {
        const yaml::Node* const field = element.find(key.keys[i]);
        if (field == nullptr || field->text != key.values[i]) return false;
    }
    return true;
}

/// One field of an element, as `put_element` compares it.
Result<bool> has_field(const yaml::Node& element, std::string_view key, std::string_view value) {
    if (key.empty()) {
        if (element.is_scalar()) return element.text == value;
        return fail(Error::Kind::invalid,
                    "found a mapping or a list in a list of scalars that is merged",
                    "write scalars only", element.mark.location());
    }
    if (!element.is_mapping())
        return fail(Error::Kind::invalid,
                    "found an element that is no mapping in a list that is merged by `" +
                        std::string(key) + "`",
                    "write mappings that have `" + std::string(key) + "`", element.mark.location());
    const yaml::Node* const field = element.find(key);
    return field != nullptr && (value.empty() || field->text == value);
}

/// Keys beyond the values are not asked for, but for the first.
Result<bool> is_named(const yaml::Node& element, const ElementKey& key) {
    if (key.values.empty()) return false;
    for (std::size_t i = 0; i < key.keys.size() && i < key.values.size(); ++i)
        if (!TRY(has_field(element, key.keys[i], key.values[i]))) return false;
    return true;
}

}  // namespace

std::string_view key_text(const yaml::Node& element, std::string_view key) {
    const yaml::Node* const field = element.find(key);
    return field == nullptr || field->is_null() ? std::string_view() : field->text;
}

yaml::Node* find_element(const yaml::Node& list, const ElementKey& key) {
    const bool of_scalars = key.keys.front().empty();
    for (yaml::Node* const element : list.items) {
        if (of_scalars ? element->text == key.values.front()
                       : element->is_mapping() && has_fields(*element, key))
            return element;
    }
    return nullptr;
}

Result<void> put_element(yaml::Arena& arena, yaml::Node& list, yaml::Node* element,
                         const ElementKey& key) {
    const bool by_field =
        !key.keys.front().empty() && !key.values.empty() && !key.values.front().empty();
    bool found = false;
    // What is kept is written over what was read: never more than one for one.
    yaml::Node** const items = list.items.begin();
    const std::size_t count = list.items.size();
    list.items.clear();
    for (std::size_t i = 0; i < count; ++i) {
        yaml::Node* const item = items[i];
        if (item->is_null() || (item->is_mapping() && item->pairs.empty())) continue;
        if (!item->is_mapping() && by_field) {
            list.items.push_back(arena, item);
        } else if (!TRY(is_named(*item, key))) {
            if (!key.values.empty()) list.items.push_back(arena, item);
        } else {
            found = true;
            if (element != nullptr) list.items.push_back(arena, element);
        }
    }
    if (element != nullptr && !element->is_null() && !found) list.items.push_back(arena, element);
    return {};
}

}  // namespace lockstep::kustomize
