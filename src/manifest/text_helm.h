#pragma once

#include <string_view>
#include <vector>

#include "manifest/declaration.h"
#include "manifest/place.h"

namespace lockstep::manifest {

/// Where the line at which `lines` stands begins a helm command with a `--version`: appends what it
/// declares (a chart_version whose image is the chart's name). Follows a backslash at the end of
/// the line, with a `lines` of its own.
void read_helm_command(std::string_view path, Lines lines, std::vector<Declaration>& found);

}  // namespace lockstep::manifest
