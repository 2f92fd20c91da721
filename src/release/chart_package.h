#pragma once

#include <string>

#include "base/file_tree.h"
#include "base/result.h"
#include "release/item_places.h"
#include "release/site.h"
#include "release/state.h"

namespace lockstep::release {

/// A chart as registries hold it (helm.sh/docs/topics/registries): a config that is Chart.yaml as
/// JSON, and one layer, the archive that `helm package` would make of the same files but for their
/// order. The same commit gives the same bytes.
struct ChartPackage {
    std::string config;   // JSON
    std::string archive;  // .tgz with one folder, called like the chart
    std::string name, version;
};

/// The chart in the folder `path` of a commit, as Git has it: charts that it depends on are in it
/// where they are committed. `time`: of its files, seconds since 1970 UTC.
Result<ChartPackage> package_chart(Site& site, const git::ObjectId& commit, const std::string& path,
                                   std::int64_t time);

/// Name and version that a Chart.yaml says. `invalid` where it lacks one.
struct ChartName {
    std::string name, version;
};
Result<ChartName> read_chart_name(const FileTree& tree, const std::string& path);

/// Puts the package under the tag of `place`, over whatever is there. Its digest.
Result<std::string> push_chart(const Held& place, const ChartPackage& package);

}  // namespace lockstep::release
