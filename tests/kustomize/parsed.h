#pragma once

#include <memory>
#include <string>
#include <utility>

#include "yaml/emit.h"
#include "yaml/node.h"
#include "yaml/parse.h"

namespace lockstep::testing {

/// A document that may be changed: of texts that a test knows to be right.
inline yaml::Node* parsed(yaml::Arena& arena, std::string text,
                          yaml::Dialect dialect = yaml::Dialect::resource) {
    auto document = yaml::Document::parse(
        "test.yaml", std::make_shared<const std::string>(std::move(text)), dialect);
    if (!document.has_value() || (*document)->roots().empty()) return nullptr;
    yaml::Node* const root = clone(arena, *(*document)->roots().front());
    arena.keep(*document);
    return root;
}

/// As kustomize prints it, or "error: " and the error's words.
inline std::string printed(const yaml::Node& node) {
    std::string text;
    const Result<void> result = emit(node, text);
    return result.has_value() ? text : "error: " + to_string(result.error());
}

}  // namespace lockstep::testing
