#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "images/layout.h"
#include "images/stores.h"
#include "project/project.h"
#include "workspace/ask_images.h"
#include "workspace/workspace.h"

namespace lockstep::cli {

/// Finds who answers for a reference that stands in a repository: the layout that lockstep.yaml
/// puts in place of its registry, else the registry, by way of the cache. Borrows the workspace and
/// the options.
class Answerers {
  public:
    Answerers(const workspace::Workspace& workspace, const Options& options, AskRegistry asking);

    /// What people must know: mirrors that are not asked.
    const std::vector<std::string>& notices() const { return notices_; }
    /// Why no registry can be asked at all, where that is so: broken credentials.
    const Result<images::Stores>& stores() const { return stores_; }

    Result<workspace::Answerer> find(const oci::Reference& reference);

  private:
    const project::Registry* entry_for(std::string_view name) const;
    Result<workspace::Answerer> layout(const project::Registry& entry);
    Result<std::unique_ptr<images::Layout>> opened(const project::Registry& entry) const;

    const project::Project& project_;
    std::optional<std::string> root_;  // of lockstep.yaml, where that lies on disk
    const Options& options_;
    std::vector<std::string> notices_;
    Result<images::Stores> stores_;
    std::map<std::string, Result<std::unique_ptr<images::Layout>>, std::less<>> layouts_;
};

}  // namespace lockstep::cli
