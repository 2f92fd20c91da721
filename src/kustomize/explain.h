#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kustomize/render.h"

namespace lockstep::kustomize {

/// A scalar of the output: a field of some objects.
struct ScalarPath {
    std::string kind, name;          // of the object; empty ones match any
    std::vector<std::string> field;  // parts, as replacements name them
};

/// "Deployment/web:spec.template.spec.containers.0.image"; "Deployment:…" is any of that kind, a
/// path without a colon that of any object. Elements of lists are written 0 or [name=web], with or
/// without a dot before the bracket. The name may be the one before prefixes, suffixes and hashes.
/// `usage` where there is no field.
Result<ScalarPath> parse_scalar_path(std::string_view text);

/// How a scalar of the output came about.
struct Explanation {
    struct Step {
        std::string doer;                  // a field ("resources") or a transformer of kustomize
        std::string asked_by;              // the kustomization file
        std::optional<Location> at;        // the scalar that decided it; none where nothing did
        std::optional<std::string> value;  // none: it is gone since this step
    };
    std::string object;       // "Deployment/prod-web", "Deployment/shop/prod-web" in a namespace
    std::vector<Step> steps;  // that changed it or what decides it, first to last
};

/// One explanation for each object of the output that has the scalar, in the order of the output.
/// Errors: those of `render`; `not_found` where no object has it.
Result<std::vector<Explanation>> explain(const FileTree& tree, std::string_view directory,
                                         const ScalarPath& path, const Options& options);

}  // namespace lockstep::kustomize
