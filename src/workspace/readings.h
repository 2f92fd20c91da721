#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/file_tree.h"
#include "evidence/evidence.h"
#include "workspace/traced_tree.h"

namespace lockstep::workspace {

/// What was read so far at one place (a kustomization, a chart, a file) of many trees. Costs per
/// question do not grow with the number of readings.
class Readings {
  public:
    using Unit = std::shared_ptr<const evidence::Unit>;

    /// A reading that holds in `tree` too, or null. `content` is the id of what is at the place.
    Unit find(const FileTree& tree, std::string_view content) const;
    /// Nothing where the trace cannot be compared.
    void add(std::string_view content, Trace trace, Unit unit);

  private:
    struct Reading {
        Trace trace;
        Unit unit;
    };
    std::vector<Reading> readings_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_content_;
};

}  // namespace lockstep::workspace
