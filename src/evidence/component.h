#pragma once

#include <string>
#include <string_view>

namespace lockstep::evidence {

/// What a chart, or the family of its tags, is called without the words that say that it is a
/// chart: "descheduler-helm-chart" and "charts/descheduler" are both "descheduler". Empty where
/// nothing else is said ("helm-chart").
std::string chart_called(std::string_view name);

/// The component of charts whose tags name none of them ("chart-{version}").
inline constexpr std::string_view any_chart = "chart";

}  // namespace lockstep::evidence
