#include "json/value.h"

namespace lockstep::json {

const Value* Value::find(std::string_view key) const {
    const Object* object = as<Object>();
    if (object == nullptr) return nullptr;
    for (const Member& member : *object)
        if (member.key == key) return &member.value;
    return nullptr;
}

std::string_view Value::text(std::string_view key) const {
    const Value* const member = find(key);
    const auto* const found = member == nullptr ? nullptr : member->as<std::string>();
    return found == nullptr ? std::string_view() : std::string_view(*found);
}

bool Value::operator==(const Value& other) const {
    return data == other.data;
}

}  // namespace lockstep::json
