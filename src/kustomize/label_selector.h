#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// A label selector of Kubernetes, "app=web,tier!=db,env in (a,b),!legacy": all its requirements
/// must hold. An empty one matches anything.
class LabelSelector {
  public:
    /// Errors: `invalid`, without a place.
    static Result<LabelSelector> parse(std::string_view text);

    /// `labels` is the mapping of labels or annotations; null where there is none.
    bool matches(const yaml::Node* labels) const;

  private:
    enum class Operator { exists, absent, in, not_in, greater, less };
    struct Requirement {
        std::string key;
        Operator op;
        std::vector<std::string> values;

        bool holds(const yaml::Node* labels) const;
    };
    friend class SelectorParser;

    std::vector<Requirement> requirements_;
};

}  // namespace lockstep::kustomize
