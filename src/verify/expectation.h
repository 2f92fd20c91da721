#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/evidence.h"
#include "manifest/declaration.h"
#include "project/project.h"
#include "verify/own_images.h"
#include "verify/series.h"
#include "verify/timeline.h"
#include "verify/verdict.h"
#include "version/version.h"

namespace lockstep::verify {

/// Everything judgement looks up besides the declaration itself. Borrows the history and the
/// project.
struct Background {
    Background(const evidence::History& history, const project::Project& project);

    const evidence::History& history;
    const project::Project& project;
    Timelines timelines;
    SeriesTable series;
    OwnImages own;

    const Timeline& product() const { return timelines.product(); }
};

/// What is expected of one declaration in one release.
struct Expectation {
    enum class Kind {
        foreign,      // not the project's own: not judged
        ignored,      // the configuration leaves it out
        version,      // `version` is expected
        independent,  // has versions of its own, judged elsewhere
        own_release,  // of an independent chart at its own tag: any release of the product will do
        placeholder,  // never changes: filled in when it is packaged
    };
    Kind kind = Kind::foreign;
    std::optional<version::Version> version;
    bool may_float = false;     // a floating tag is intended
    std::string text;           // `version` as it should be written here: "v1.2.3"
    bool text_is_rule = false;  // the same version in another writing is a fault: configured, or
                                // all neighbours agree
};

/// Whether a declaration stands below a folder whose name says that it moves ("overlays/dev").
bool says_that_it_moves(const manifest::Declaration& declaration);

Expectation expect(const manifest::Declaration& declaration, const evidence::Unit& unit,
                   const evidence::Release& release, const Background& background);

/// The Git tag family of a chart ("descheduler-helm-chart-{version}"), as components are named in
/// the history; empty where the chart has no tags of its own.
std::string chart_component(std::string_view chart, const evidence::History& history);

}  // namespace lockstep::verify
