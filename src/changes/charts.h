#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/file_tree.h"
#include "changes/upgrade.h"

namespace lockstep::changes {

/// The files of a chart in one revision; null where they are not there.
struct ChartFiles {
    Blob chart, values;  // Chart.yaml, values.yaml
};

/// What differs in the values and the description of the chart at `path`; nothing where they are
/// alike. Paths of fields begin with the file: "values.yaml:image.tag". What cannot be read is said
/// in `reason`.
std::optional<ChartChange> compare_chart(const std::string& path, const ChartFiles& before,
                                         const ChartFiles& after);

}  // namespace lockstep::changes
