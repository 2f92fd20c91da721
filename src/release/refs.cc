#include "release/refs.h"

namespace lockstep::release {

git::ObjectId value_of(const git::Refs& refs, std::string_view ref) {
    const auto found = refs.find(ref);
    return found == refs.end() ? git::ObjectId() : found->second;
}

git::ObjectId object_id(const std::string& hex) {
    const auto id = git::ObjectId::parse(hex);
    return id ? *id : git::ObjectId();
}

}  // namespace lockstep::release
