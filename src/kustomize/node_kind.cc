#include "kustomize/node_kind.h"

namespace lockstep::kustomize {

static const char* name_of(yaml::Kind kind) {
    switch (kind) {
        case yaml::Kind::mapping:
            return "MappingNode";
        case yaml::Kind::sequence:
            return "SequenceNode";
        case yaml::Kind::scalar:
            return "ScalarNode";
    }
    return "";
}

std::string wrong_node_kind(yaml::Kind expected, const yaml::Node& found) {
    return std::string("wrong node kind: expected ") + name_of(expected) + " but got " +
           name_of(found.kind);
}

}  // namespace lockstep::kustomize
