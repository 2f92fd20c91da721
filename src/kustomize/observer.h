#pragma once

#include <string_view>

#include "base/result.h"
#include "kustomize/render.h"
#include "kustomize/resource.h"

namespace lockstep::kustomize {

/// Watches a build, for who wants to know how its result came about.
class Observer {
  public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer() = default;

    /// `doer` ("resources", "ImageTagTransformer") is done with `objects`, which are those gathered
    /// so far by the kustomization file `asked_by`. An object is the same Resource from its first
    /// step to its last.
    virtual void step(std::string_view doer, std::string_view asked_by,
                      const Resources& objects) = 0;
};

/// As `render`, told to `observer` step by step.
Result<Rendering> render_observed(const FileTree& tree, std::string_view directory,
                                  const Options& options, Observer& observer);

}  // namespace lockstep::kustomize
