#include "git/object_type.h"

namespace lockstep::git {

const char* to_string(ObjectType type) {
    switch (type) {
        case ObjectType::commit:
            return "commit";
        case ObjectType::tree:
            return "tree";
        case ObjectType::blob:
            return "blob";
        case ObjectType::tag:
            return "tag";
    }
    return "object";
}

std::optional<ObjectType> object_type(std::string_view word) {
    for (const ObjectType type :
         {ObjectType::commit, ObjectType::tree, ObjectType::blob, ObjectType::tag})
        if (word == to_string(type)) return type;
    return std::nullopt;
}

}  // namespace lockstep::git
