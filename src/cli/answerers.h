#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/layouts.h"
#include "cli/options.h"
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
    Answerers(const workspace::Workspace& workspace, const Options& options, AskRegistry asking,
              Layouts::Use use = Layouts::Use::read);

    /// What people must know: mirrors that are not asked.
    const std::vector<std::string>& notices() const { return notices_; }
    /// Why no registry can be asked at all, where that is so: broken credentials.
    const Result<images::Stores>& stores() const { return stores_; }

    Result<workspace::Answerer> find(const oci::Reference& reference);

  private:
    const project::Project& project_;
    const Options& options_;
    Layouts layouts_;
    std::vector<std::string> notices_;
    Result<images::Stores> stores_;
};

}  // namespace lockstep::cli
