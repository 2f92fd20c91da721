#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/options.h"

namespace lockstep::cli {

/// What one or more containers of a pod run.
struct RunningImage {
    std::string containers;  // "manager, sidecar"
    std::string image_id;    // as the runtime wrote it
};
struct TracedPod {
    std::string name_space, name;
    std::vector<RunningImage> images;
};

/// Reads the pod that "pod/NAME" or "pod/NAMESPACE/NAME" names from the cluster that the options
/// mean; nothing where `text` names no pod. `unavailable`: nothing runs in it yet; `usage`: a name
/// that no pod has, or the cluster may not be asked.
Result<std::optional<TracedPod>> traced_pod(std::string_view text, const Options& options);

}  // namespace lockstep::cli
