#include "json/value.h"

namespace lockstep::json {

const Value* Value::find(std::string_view key) const {
    const Object* object = as<Object>();
    if (object == nullptr) return nullptr;
    for (const Member& member : *object)
        if (member.key == key) return &member.value;
    return nullptr;
}

bool Value::operator==(const Value& other) const {
    return data == other.data;
}

}  // namespace lockstep::json
