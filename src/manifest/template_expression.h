#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "manifest/chart_file.h"
#include "yaml/node.h"

namespace lockstep::manifest {

/// What a piece of a template becomes.
struct Expanded {
    std::string text;
    const yaml::Node* scalar = nullptr;  // the last scalar of values.yaml that was asked for
    bool from_chart = false;             // the last part that was filled in came from Chart.yaml
};

/// Fills in the simple expressions that image lines are made of: `.Values.a.b`, `.Chart.Version`,
/// `.Chart.AppVersion`, with `default`, `printf`, `quote`, `trimPrefix`, `required`, `tpl` and
/// parentheses. Nothing where anything else is in it: this is no renderer, and it never guesses.
/// `values` may be null.
std::optional<Expanded> expand(std::string_view text, const ChartFile& chart,
                               const yaml::Node* values);

}  // namespace lockstep::manifest
