#pragma once

#include <string_view>

#include "evidence/evidence.h"
#include "manifest/declaration.h"
#include "verify/timeline.h"

namespace lockstep::verify {

/// Whether the releases of `component` are those of a chart, by its tags.
bool is_chart_component(std::string_view component, const evidence::History& history);

/// The releases whose versions the images in a release of `component` bear: a chart's are those of
/// the product.
const Timeline& timeline_of_images(std::string_view component, const evidence::History& history,
                                   const Timelines& timelines);

/// Whether a declaration belongs to a component of a mono-repository: its image or chart, its file
/// or one of its folders is called like it, and its image not like another component. The release
/// of a chart says nothing about what stands outside of the chart.
bool is_of_component(const manifest::Declaration& declaration, std::string_view component,
                     const evidence::History& history);

}  // namespace lockstep::verify
