#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "evidence/evidence.h"
#include "kustomize/render.h"
#include "workspace/workspace.h"

/// What is seen of two revisions of a project, for who goes from one to the other.
namespace lockstep::workspace {

/// What one entry point is in one revision.
struct Rendered {
    enum class State : std::uint8_t {
        missing,  // nothing of that kind is there
        found,
        unknown,  // it could not be rendered
    };
    State state = State::missing;
    std::optional<Error> error = {};                             // of `unknown`
    std::shared_ptr<const kustomize::Rendering> rendering = {};  // of `found`
};

/// A directory with a kustomization, or a file of plain manifests, in both revisions.
struct RenderedRoot {
    std::string root;  // "" is the root of the tree
    Rendered before, after;
};

/// A file in which the newer revision says what changed.
struct SeenNotes {
    std::string path;
    Blob text;
};

/// The files of a chart in both revisions; null where they are not there.
struct SeenChart {
    struct Files {
        Blob chart, values;  // Chart.yaml, values.yaml
    };
    std::string path;
    Files before, after;
};

/// A release behind the first revision, with what its tag says.
struct PassedRelease {
    evidence::Release release;
    std::string message;
};

/// Two revisions, their entry points, and the releases between.
struct SeenUpgrade {
    Revision from, to;
    /// Releases of the same component behind `from`, up to `to` and it too; oldest first.
    std::vector<PassedRelease> path;
    std::vector<RenderedRoot> roots;  // by name
    std::vector<SeenChart> charts;    // of either
    std::vector<SeenNotes> notes;
    std::vector<std::string> notices;  // what people must know
};

/// `roots`: the directories and files that are compared; none: every entry point of either
/// revision, and its files of manifests that no kustomization names, those for developers and
/// examples left aside (see manifest/layout.h). `not_found` where a name is no revision, or one of
/// `roots` is a kustomization in neither.
Result<SeenUpgrade> see_upgrade(Workspace& workspace, std::string_view from, std::string_view to,
                                std::span<const std::string> roots);

}  // namespace lockstep::workspace
