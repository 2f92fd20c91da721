#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "changes/kubernetes_version.h"
#include "changes/upgrade.h"
#include "yaml/node.h"

namespace lockstep::changes {

/// What one entry point renders to. Borrows the objects.
struct RootObjects {
    struct Objects {
        Root::State state = Root::State::missing;
        std::span<const yaml::Node* const> objects = {};  // of `found`
        std::string reason = {};                          // of `unknown`
    };
    std::string root;
    Objects before, after;
};

struct JudgeOptions {
    /// The cluster's version, where it was named: then also what does not differ is held against
    /// it.
    std::optional<KubernetesVersion> kubernetes = {};
};

/// Compares the entry points of `roots` and says what each difference means. Adds to `upgrade`.
void judge(std::span<const RootObjects> roots, const JudgeOptions& options, Upgrade& upgrade);

}  // namespace lockstep::changes
