#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "kustomize/kustomization.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// How a part of a text is taken or given.
struct ReplacementOptions {
    Text delimiter, encoding;
    std::int64_t index = 0;
    bool create = false;
};

/// The value of a replacement: a field of the one object of this id.
struct ReplacementSource {
    Text group, version, kind, name, space, path;
    std::optional<ReplacementOptions> options;
};

struct ReplacementTarget {
    std::optional<SelectorEntry> select;
    std::vector<SelectorEntry> reject;
    std::vector<Text> paths;
    std::optional<ReplacementOptions> options;
};

/// One entry of `replacements`.
struct Replacement {
    Text path;  // of a file with more of them
    std::optional<ReplacementSource> source;
    std::optional<Text> value;
    std::optional<std::vector<ReplacementTarget>> targets;
    yaml::Mark mark;
};

/// Errors: `invalid` where a field is unknown or of the wrong type.
Result<Replacement> decode_replacement(const yaml::Node& node);

}  // namespace lockstep::kustomize
